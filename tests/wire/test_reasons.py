"""Each way to a reason, made by a real server, is recognised at its stage."""

from __future__ import annotations

import pytest

from tests.wire import hosts
from tests.wire.hosts import connector, http, soap
from tests.wire.ways import SECRET, WAYS, Way
from wizard.connectors import check, codec
from wizard.connectors.address_policy import Policy
from wizard.connectors.contract import Namespaces, Operation
from wizard.domain.check import REASONS, Outcome, StageResult


def found(report: check.CheckReport, reason: str) -> StageResult | None:
    return next((result for result in report.results if result.reason == reason), None)


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way.url != "tempuri"], ids=lambda way: f"{way.reason}: {way.name}"
)
def test_a_way_is_recognised_by_its_stage_and_reason(way: Way) -> None:
    with way.place() as url:
        report = way.go(url)

    result = found(report, way.reason) or found(report, way.extra.get("or", ""))
    assert result is not None, [(each.stage, each.reason, each.evidence) for each in report.results if each.reason]
    assert result.stage == way.expected_stage
    assert result.outcome == REASONS[way.reason].outcome
    if result.outcome == Outcome.FAILED:
        later = report.results[report.results.index(result) + 1 :]
        assert {each.outcome for each in later} <= {Outcome.SKIPPED}
    shown = str([(each.facts, each.evidence) for each in report.results])
    assert way.goes == "check" or SECRET not in shown


def test_a_connector_that_answers_only_to_its_own_namespace_works_with_a_remark() -> None:
    own = Namespaces("http://tempuri.org/", "http://tempuri.org/")
    wsdl = (
        b'<x targetNamespace="http://tempuri.org/"><a soapAction="http://tempuri.org/IErpConnectorWS/WSGetConfigData"/>'
    )

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        if line.startswith("GET"):
            return http(wsdl)
        if b"tempuri" not in body:
            return http(codec.write_fault("a:ActionNotSupported", "x"), "500 Error")
        return http(soap("WSGetConfigData", hosts.fields_result(), own))

    with hosts.server(hosts.replying(reply)) as port:
        report = check.check_connector(check.Endpoint(f"http://127.0.0.1:{port}/"), policy=Policy(loopback=True))

    result = found(report, "contract.namespace")
    assert result is not None
    assert result.outcome == Outcome.WARNING
    assert report.fields is not None


def test_no_reason_is_without_a_way() -> None:
    assert {way.reason for way in WAYS} == set(REASONS)


def test_a_healthy_connector_passes_over_tls_with_an_own_authority() -> None:
    with hosts.server(connector(), hosts.tls()) as port:
        endpoint = check.Endpoint(f"https://localhost:{port}/", check.Trust(hosts.authority_pem()))
        report = check.check_connector(endpoint, policy=Policy(loopback=True))

    assert report.verdict == "passed", [(each.stage, each.reason, each.evidence) for each in report.results]
