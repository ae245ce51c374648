"""How a check goes on, ends early, shares its time and tells what it found."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.wire import hosts
from tests.wire.hosts import connector, http, server, soap, text_field
from wizard.domain.check import CONNECTOR_STAGES, Outcome, Stage, StageResult, Verdict
from wizard.domain.fields import FieldType
from wizard.outside import soap as codec
from wizard.outside.connector.checks import run as check
from wizard.outside.connector.checks.run import CheckLimits, CheckReport, Endpoint
from wizard.outside.http import Failure, Policy, TimeIsUp
from wizard.outside.soap.contract import (
    OPERATIONS,
    UNKNOWN_CONNECTION_ID,
    ZERO_GUID,
    FieldMetadata,
    FieldsResult,
    ListResult,
    Operation,
    Result,
    State,
    TestConfigRequest,
)

POLICY = Policy(loopback=True)


def list_field(name: str) -> FieldMetadata:
    return FieldMetadata(field_key=f"{name}Key", field_type=FieldType.LIST, list_name=name)


def at(port: int) -> Endpoint:
    return Endpoint(f"http://127.0.0.1:{port}/x.svc")


def answering(**answers: Any) -> hosts.Speak:
    """A connector that gives these results, or is silent where there is None."""

    def speak(connection: socket.socket) -> None:
        while True:
            line, headers, _ = hosts.read_request(connection)
            if not line:
                return
            name = headers["soapaction"].strip('"').rpartition("/")[2]
            result = answers.get(name, OPERATIONS[name].result(is_ok=True))
            if result is not None:
                connection.sendall(http(soap(name, result)))

    return speak


def by_stage(report: CheckReport) -> dict[Stage, StageResult]:
    return {result.stage: result for result in report.results}


@dataclass
class Recorder:
    """An observer that keeps what is reported to it, and is out of time when a stage starts, if one is given."""

    out_of_time_at: Stage | None = None
    stages: list[Stage] = field(default_factory=list)
    results: list[StageResult] = field(default_factory=list)

    def started(self, stage: Stage) -> None:
        self.stages.append(stage)
        if stage == self.out_of_time_at:
            raise TimeIsUp

    def ended(self, result: StageResult) -> None:
        self.results.append(result)


def test_an_observer_is_notified_of_each_stage_in_order() -> None:
    recorder = Recorder()
    with server(connector()) as port:
        report = check.check_connector(at(port), policy=POLICY, observer=recorder)

    assert recorder.stages == [stage for stage in CONNECTOR_STAGES if stage != Stage.TLS]
    assert [result.stage for result in recorder.results] == list(CONNECTOR_STAGES)
    assert recorder.results == list(report.results)


def test_the_first_failure_skips_the_rest() -> None:
    report = check.check_connection(Endpoint("ftp://erp.example/"), {}, policy=POLICY)
    assert report.verdict == Verdict.FAILED
    assert [result.outcome for result in report.results] == [Outcome.FAILED, *[Outcome.SKIPPED] * 7]


def test_a_check_that_is_cancelled_before_it_begins_has_looked_at_the_address_only() -> None:
    report = check.check_connector(
        Endpoint("http://erp.example/"), policy=POLICY, cancelled=lambda: True, resolve=lambda host, port: []
    )
    assert report.verdict == Verdict.CANCELLED
    assert [result.stage for result in report.results] == [Stage.ADDRESS]


def test_a_list_is_asked_for_once_and_given_to_each_of_its_fields() -> None:
    asked: list[bytes] = []

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        assert operation is not None
        if operation.name == "WSGetConfigData":
            fields = (
                list_field("Ledgers"),
                FieldMetadata(field_key="B", field_type=FieldType.LIST, list_name="Ledgers"),
            )
            return http(soap(operation.name, FieldsResult(is_ok=True, field_meta_data_objects=fields)))
        asked.append(body)
        return http(soap(operation.name, ListResult(is_ok=True, list_items={"1": "One", "2": None})))

    with server(hosts.replying(reply)) as port:
        report = check.check_connector(at(port), policy=POLICY)

    assert len(asked) == 1
    assert ZERO_GUID.encode() in asked[0]
    assert [[(item.key, item.label) for item in field.items or ()] for field in report.fields or ()] == [
        [("1", "One"), ("2", "2")]
    ] * 2


def test_lists_that_never_come_leave_time_for_the_configuration() -> None:
    fields = FieldsResult(is_ok=True, field_meta_data_objects=(list_field("A"), list_field("B"), text_field()))
    with server(answering(WSGetConfigData=fields, WSGetList=None)) as port:
        report = check.check_connection(at(port), {}, policy=POLICY, limits=CheckLimits(1.0))

    stages = by_stage(report)
    assert stages[Stage.FIELDS].reason == "fields.list_unavailable"
    assert stages[Stage.FIELDS].facts["missing"] == "2"
    assert stages[Stage.CONFIG].outcome == Outcome.PASSED


def test_a_check_whose_time_is_up_between_two_calls_is_a_timeout() -> None:
    observer = Recorder(out_of_time_at=Stage.CONTRACT)
    with server(connector()) as port:
        report = check.check_connector(at(port), policy=POLICY, observer=observer, limits=CheckLimits(7.0))

    stages = by_stage(report)
    assert stages[Stage.HTTP].outcome == Outcome.PASSED
    assert stages[Stage.CONTRACT].reason == "http.timeout"
    assert stages[Stage.CONTRACT].facts["limit_seconds"] == "7"


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 OK\r\n\r\n<wsdl:"])
def test_a_wsdl_that_never_comes_is_still_the_wrong_service(beginning: bytes) -> None:
    fault = http(codec.write_fault("a:ActionNotSupported", "no such action"), "500 Error")

    def speak(connection: socket.socket) -> None:
        line, _, _ = hosts.read_request(connection)
        if line.startswith("POST"):
            connection.sendall(fault)
        else:
            connection.sendall(beginning)
        connection.recv(1)

    with server(speak) as port:
        report = check.check_connector(at(port), policy=POLICY, limits=CheckLimits(1.0))
    assert by_stage(report)[Stage.CONTRACT].reason == "contract.wrong_service"


def test_a_late_call_that_is_not_known_is_the_wrong_service_at_its_stage() -> None:
    fault = http(codec.write_fault("s:Client", "Procedure 'WSTestConfigData' not present"), "500 Error")
    with server(connector({"WSTestConfigData": fault})) as port:
        report = check.check_connection(at(port), {}, policy=POLICY)
    assert report.results[-1].reason == "contract.wrong_service"


def test_a_value_that_xml_cannot_carry_is_refused_without_being_shown() -> None:
    with server(connector()) as port:
        report = check.check_connection(at(port), {"Company": "a\x01secret"}, ["a\x01secret"], policy=POLICY)
    assert report.results[-1].reason == "config.rejected"
    assert "secret" not in str(report.results)


def test_a_connection_that_is_not_known_is_saved_again_once() -> None:
    tested: list[bytes] = []

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        assert operation is not None
        if operation.name == "WSGetConfigData":
            return http(hosts.HEALTHY)
        if operation.name == "WSTestConnection":
            tested.append(body)
            if len(tested) == 1:
                unknown = Result(is_ok=False, state=State.ERROR, error_code=UNKNOWN_CONNECTION_ID)
                return http(soap(operation.name, unknown))
        return http(soap(operation.name, operation.result(is_ok=True)))

    with server(hosts.replying(reply)) as port:
        report = check.save_connection(at(port), ZERO_GUID, {}, policy=POLICY)
    assert len(tested) == 2
    assert report.verdict == Verdict.PASSED


def test_a_connector_that_will_not_forget_a_connection_is_reported() -> None:
    refused = Result(is_ok=False, state=State.ERROR)
    with server(answering(WSDeleteConnection=refused)) as port:
        report = check.delete_connection(at(port), ZERO_GUID, policy=POLICY)
    assert (report.verdict, report.results[0].reason) == (Verdict.FAILED, "save.rejected")


def test_a_connection_that_its_connector_does_not_know_is_forgotten() -> None:
    unknown = Result(is_ok=False, state=State.ERROR, error_code=UNKNOWN_CONNECTION_ID)
    with server(answering(WSDeleteConnection=unknown)) as port:
        assert check.delete_connection(at(port), ZERO_GUID, policy=POLICY).verdict == Verdict.PASSED


def test_a_client_for_other_uses_calls_what_it_is_asked_to() -> None:
    with server(connector()) as port, check.client_for(at(port), (), policy=POLICY, limits=CheckLimits()) as found:
        client, _ = found
        assert [each.field_key for each in client.config_data().field_meta_data_objects or ()] == ["Company"]
        assert client.call("WSTestConfigData", TestConfigRequest(connection_info={}))[0].is_ok


def test_a_client_for_other_uses_is_not_had_where_nothing_answers() -> None:
    with (
        pytest.raises(Failure, match=r"address\.unsupported_scheme"),
        check.client_for(Endpoint("ftp://x/"), (), policy=POLICY, limits=CheckLimits()),
    ):
        pass


@pytest.mark.parametrize("secret", ["20", "1", "0", "12"])
def test_a_secret_of_a_character_or_two_leaves_ports_and_limits_readable(secret: str) -> None:
    with server(answering(WSTestConfigData=None)) as port:
        report = check.check_connection(at(port), {"P": secret}, [secret], policy=POLICY, limits=CheckLimits(0.5))
    facts = report.results[-1].facts
    assert (facts["port"], facts["limit_seconds"]) == (str(port), "0.5")


def test_a_secret_in_headers_status_and_texts_is_nowhere_shown() -> None:
    secret = "hunter2-hunter2"
    response = http(soap("WSGetConfigData", hosts.fields_result()), "200 OK", hosts.TEXT_XML, f"Server: {secret}")
    broken = f"{secret} is no HTTP\r\n".encode()
    for answer in (broken, http(b"no", f"403 {secret}", "text/plain", f"Server: {secret}", f"X: {secret}")):
        with server(connector({"WSGetConfigData": response, "WSTestConfigData": answer})) as port:
            report = check.check_connection(at(port), {"Password": secret}, [secret], policy=POLICY)
        assert report.verdict == Verdict.FAILED
        assert "hunter2" not in str(report.results)


def test_a_fault_of_megabytes_that_nearly_says_the_secret_costs_no_time() -> None:
    secret = "a" * 100 + "b"
    fault = http(codec.write_fault("s:Server", "a" * 3_000_000, "a" * 3_000_000), "500 Error")
    with server(connector({"WSTestConfigData": fault})) as port:
        report = check.check_connection(at(port), {"P": secret}, [secret], policy=POLICY)
    assert report.results[-1].reason == "contract.fault"
    assert all(len(text) <= 4000 for _, text in report.results[-1].evidence)


def test_the_default_of_a_password_is_neither_shown_nor_kept() -> None:
    fields = hosts.fields_result(
        FieldMetadata(field_key="Token", field_type=FieldType.PASSWORD, default_value="theirs"),
        FieldMetadata(field_key="Name", field_type=FieldType.TEXT, default_value="Acme", display_name="x" * 30_000),
    )
    with hosts.server(answering(WSGetConfigData=fields)) as port:
        report = check.check_connector(at(port), policy=POLICY)

    assert [field.default for field in report.fields or ()] == ["", "Acme"]
    assert [len(field.label) for field in report.fields or ()] == [0, 20_000]


def test_a_report_without_a_secret_shows_it_nowhere() -> None:
    fields = hosts.fields_result(
        FieldMetadata(field_key="Name", field_type=FieldType.TEXT, default_value="hunter2", display_name="was hunter2")
    )
    with hosts.server(answering(WSGetConfigData=fields)) as port:
        report = check.check_connector(at(port), policy=POLICY)

    assert "hunter2" in str(report)
    assert "hunter2" not in str(report.without(["hunter2"]))
