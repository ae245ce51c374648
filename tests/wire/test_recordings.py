"""What two real SOAP hosts sent, replayed over a socket, gives the answer or the reason that it should."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.wire import hosts
from tests.wire.hosts import http, replying, server, soap
from wizard.domain.check import Outcome, Stage
from wizard.outside import soap as codec
from wizard.outside.connector import Endpoint, check_connection, check_connector, delete_connection, save_connection
from wizard.outside.http import Policy
from wizard.outside.soap.contract import DATA_CONTRACT_DEFAULT, NAMESPACE, OPERATIONS, Namespaces, Operation

RECORDINGS = Path(__file__).parents[1] / "data" / "connector-contract"
POLICY = Policy(loopback=True)


def cases(host: str) -> dict[str, dict[str, Any]]:
    return {case["case"]: case for case in json.loads((RECORDINGS / host / "index.json").read_text())}


def recorded(host: str, name: str) -> bytes:
    """A recorded answer as a whole HTTP response."""
    case = cases(host)[name]
    suffix = "response.xml" if (RECORDINGS / host / f"{name}.response.xml").exists() else "response"
    body = (RECORDINGS / host / f"{name}.{suffix}").read_bytes()
    return http(body, f"{case['status']} Recorded", case["content_type"])


def host_of(host: str, **changes: str) -> hosts.Speak:
    """A recorded host; `changes` names another case for an operation."""
    usual = {
        "WSGetConfigData": "config-fields",
        "WSTestConfigData": "test-config-ok",
        "WSGetList": "list-before-save",
        "WSSaveConnection": "save",
        "WSTestConnection": "test",
        "WSGetSupportedActorTypes": "actor-types",
        "WSGetSupportedActorTypeFields": "actor-fields",
        "WSGetSearchableFields": "searchable-fields",
        "WSDeleteConnection": "delete",
    } | changes

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        return recorded(host, usual[operation.name] if operation else "get-wsdl")

    return replying(reply)


def answers() -> Iterator[Any]:
    for host in ("wcf-host", "soapcore-host"):
        for name, case in cases(host).items():
            if case["operation"] in OPERATIONS and case["status"] is not None:
                yield pytest.param(host, name, case, id=f"{host}: {name}")


@pytest.mark.parametrize(("host", "name", "case"), list(answers()))
def test_a_recorded_answer_is_read_or_is_the_fault_that_it_is(host: str, name: str, case: dict[str, Any]) -> None:
    body = (RECORDINGS / host / f"{name}.response.xml").read_bytes()
    operation = OPERATIONS[case["operation"]]

    if b"Fault>" in body:
        with pytest.raises(codec.SoapFault):
            codec.read_result(operation, body)
    elif body:
        answer = codec.read_result(operation, body)
        assert answer.misreads == ()
        assert answer.namespaces == Namespaces()
    else:
        assert case["status"] == 415


@pytest.mark.parametrize("host", ["wcf-host", "soapcore-host"])
def test_a_recorded_connector_passes_with_all_its_fields_and_lists(host: str) -> None:
    with server(host_of(host)) as port:
        report = check_connector(Endpoint(f"http://127.0.0.1:{port}/x.svc?ConnectorName=One"), policy=POLICY)

    assert report.verdict == "passed"
    assert [field.key for field in report.fields or ()] == [
        *("Secret", "Info", "Company", "Outcome", "BatchSize", "VatRate", "StartDate", "Sandbox", "Version")
    ]
    outcome = next(field for field in report.fields or () if field.key == "Outcome")
    assert len(outcome.items or ()) == 9


@pytest.mark.parametrize("host", ["wcf-host", "soapcore-host"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("test-config-ok", None),
        ("test-config-info", "config.info"),
        ("test-config-warning", "config.warning"),
        ("test-config-denied", "config.rejected"),
        ("test-config-silent", "config.no_explanation"),
        ("test-config-contradiction", "config.contradiction"),
        ("test-config-markup", "config.rejected"),
        ("test-config-missing-field", "config.rejected"),
        ("test-config-no-info", "config.rejected"),
        ("test-config-throws", "contract.fault"),
    ],
)
def test_each_way_in_which_a_recorded_test_ended_has_its_reason(host: str, name: str, reason: str | None) -> None:
    with server(host_of(host, WSTestConfigData=name)) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/x.svc")
        report = check_connection(endpoint, {"Secret": "s3cret"}, ["s3cret"], policy=POLICY)

    assert report.results[-1].stage == Stage.CONFIG
    assert report.results[-1].reason == reason


@pytest.mark.parametrize("host", ["wcf-host", "soapcore-host"])
def test_a_connection_is_saved_at_a_recorded_connector(host: str) -> None:
    with server(host_of(host)) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/x.svc")
        report = save_connection(endpoint, "3f2b8c1e-5a4d-4e7b-9c0a-2d6f1b7e8a90", {"Company": "A"}, policy=POLICY)
        delete_connection(endpoint, "3f2b8c1e-5a4d-4e7b-9c0a-2d6f1b7e8a90", policy=POLICY)

    assert report.verdict == "passed"
    assert list(report.catalog or {}) == ["Customer", "Supplier", "Person", "Project"]


@pytest.mark.parametrize("host", ["wcf-host", "soapcore-host"])
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"WSSaveConnection": "save-refused"}, "save.rejected"),
        ({"WSTestConnection": "test-unknown-connection"}, "connection.unknown"),
        ({"WSTestConnection": "test-malformed-guid"}, "contract.fault"),
        ({"WSGetSupportedActorTypes": "actor-types-unknown-connection"}, "catalog.rejected"),
    ],
)
def test_each_way_in_which_saving_ended_has_its_reason(host: str, changes: dict[str, str], reason: str) -> None:
    with server(host_of(host, **changes)) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/x.svc")
        report = save_connection(endpoint, "3f2b8c1e-5a4d-4e7b-9c0a-2d6f1b7e8a90", {"Company": "A"}, policy=POLICY)

    assert reason in [result.reason for result in report.results]


@pytest.mark.parametrize("host", ["wcf-host", "soapcore-host"])
@pytest.mark.parametrize("name", ["wrong-action", "wrong-namespace", "get-help-page"])
def test_what_is_no_connectors_answer_is_never_green(host: str, name: str) -> None:
    with server(host_of(host, WSGetConfigData=name)) as port:
        report = check_connector(Endpoint(f"http://127.0.0.1:{port}/x.svc"), policy=POLICY)

    assert report.verdict == "failed"


TEMPURI = "http://tempuri.org/"


@pytest.mark.parametrize(
    ("namespaces", "reason"),
    [
        (Namespaces(), None),
        (Namespaces(NAMESPACE, DATA_CONTRACT_DEFAULT), None),
        (Namespaces(TEMPURI, TEMPURI), "contract.namespace"),
        (Namespaces(TEMPURI, DATA_CONTRACT_DEFAULT), "contract.namespace"),
    ],
)
@pytest.mark.parametrize("wsdl", ["published", "broken"])
def test_the_namespaces_are_learned_from_the_answer(namespaces: Namespaces, reason: str | None, wsdl: str) -> None:
    said: list[bytes] = []

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        if line.startswith("GET"):
            action = f'soapAction="{TEMPURI}IErpConnectorWS/WSGetConfigData" targetNamespace="{TEMPURI}"'
            return http(f"<definitions {action}".encode() + (b"/>" if wsdl == "published" else b"<<<"))
        if namespaces.service.encode() not in body:
            return http(codec.write_fault("a:ActionNotSupported", "no such action"), "500 Error")
        said.append(body)
        assert operation is not None
        result = hosts.fields_result() if operation.name == "WSGetConfigData" else operation.result(is_ok=True)
        return http(soap(operation.name, result, namespaces))

    with server(replying(reply)) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/x.svc")
        report = check_connection(endpoint, {"Company": "A"}, policy=POLICY)

    assert [result.reason for result in report.results if result.reason] == ([reason] if reason else [])
    assert namespaces.data.encode() in said[-1]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (http(codec.write_fault("s:Server", "no database"), "500 Error"), "contract.fault"),
        (http(b"<html>Service unavailable</html>", "503 Busy", "text/html"), "http.unavailable"),
    ],
)
def test_a_connector_that_fails_under_the_namespaces_it_publishes_is_told_by_that(answer: bytes, reason: str) -> None:
    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        if line.startswith("GET"):
            return http(f'<x><a soapAction="{TEMPURI}IErpConnectorWS/WSGetConfigData"/></x>'.encode())
        if TEMPURI.encode() in body:
            return answer
        return http(codec.write_fault("a:ActionNotSupported", "no such action"), "500 Error")

    with server(replying(reply)) as port:
        report = check_connector(Endpoint(f"http://127.0.0.1:{port}/x.svc"), policy=POLICY)

    assert [result.reason for result in report.results if result.reason] == [reason]


@pytest.mark.parametrize("wsdl", [b"", b"not found", b"<wsdl:definitions"])
def test_a_connector_that_publishes_no_wsdl_or_a_broken_one_works(wsdl: bytes) -> None:
    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        return http(hosts.HEALTHY) if operation else http(wsdl, "404 Not Found", "text/html")

    with server(replying(reply)) as port:
        report = check_connector(Endpoint(f"http://127.0.0.1:{port}/x.svc"), policy=POLICY)

    assert {result.outcome for result in report.results} == {Outcome.PASSED, Outcome.SKIPPED}  # no TLS over http
