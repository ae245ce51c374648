"""A conformance run ends, cleans up and tells, whatever the connector does."""

from __future__ import annotations

import pytest

from tests.wire import hosts
from tests.wire.hosts import http, server, soap
from wizard.connectors import contract as c
from wizard.connectors.address_policy import Policy
from wizard.connectors.check import CheckLimits, Endpoint
from wizard.connectors.conformance import KNOWN_TYPES, Finding, run_conformance
from wizard.connectors.contract import FieldMetadata, FieldsResult, Operation, StringsResult
from wizard.domain.check import Outcome
from wizard.domain.config_field import FieldType

TYPES = "WSGetSupportedActorTypes"
CUSTOMER = http(soap(TYPES, StringsResult(is_ok=True, items=("Customer",))))
TYPE_FIELDS = "WSGetSupportedActorTypeFields"


def conformance(
    answers: dict[str, bytes | None], seconds: float = 10.0, secrets: tuple[str, ...] = ()
) -> tuple[list[str], tuple[Finding, ...]]:
    """The operations that were called, and the findings; where it has None the host is silent."""
    called: list[str] = []

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        assert operation is not None
        called.append(operation.name)
        usual = hosts.fields_result() if operation.name == "WSGetConfigData" else operation.result(is_ok=True)
        answer = answers.get(operation.name, http(soap(operation.name, usual)))
        return answer or b""

    with server(hosts.replying(reply)) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        limits = CheckLimits(seconds)
        return called, run_conformance(endpoint, {}, secrets, policy=Policy(loopback=True), limits=limits)


def named(findings: tuple[Finding, ...], beginning: str) -> Finding:
    return next(finding for finding in findings if finding.name.startswith(beginning))


def test_a_connector_that_breaks_down_at_the_first_call_is_one_failed_finding() -> None:
    called, findings = conformance({"WSGetConfigData": http(b"<html>", "503 Busy", "text/html")})

    assert called == ["WSGetConfigData"]
    assert [(finding.outcome, finding.says.partition(":")[0]) for finding in findings] == [
        (Outcome.FAILED, "http.unavailable")
    ]


def test_each_type_of_the_contract_is_tried_once_and_no_other() -> None:
    told = StringsResult(is_ok=True, items=(*(f"Type{n}" for n in range(5000)), *KNOWN_TYPES, *KNOWN_TYPES))
    called, findings = conformance({TYPES: http(soap(TYPES, told))})

    assert called.count(TYPE_FIELDS) == len(KNOWN_TYPES)
    assert named(findings, "Actor types").outcome == Outcome.FAILED
    assert len(findings) < 100


def test_the_throw_away_connection_is_deleted_although_the_time_is_up() -> None:
    called, findings = conformance({"WSSearchActors": None, TYPES: CUSTOMER}, 1.0)

    assert called[-1] == "WSDeleteConnection"
    assert named(findings, "Every operation").outcome == Outcome.FAILED
    assert named(findings, "The throw-away connection").outcome == Outcome.PASSED
    assert "WSCreateActor" not in called


def test_a_connection_that_stays_there_is_a_failed_finding() -> None:
    _, findings = conformance({TYPES: CUSTOMER, TYPE_FIELDS: None, "WSDeleteConnection": http(b"", "500 Error")}, 1.0)

    assert named(findings, "The throw-away connection").outcome == Outcome.FAILED


def test_a_connection_that_was_refused_is_not_deleted() -> None:
    refused = http(soap("WSSaveConnection", c.Result(is_ok=False, state=c.State.ERROR, user_explanation="no")))
    called, _ = conformance({"WSSaveConnection": refused})

    assert "WSDeleteConnection" not in called


def test_a_field_of_an_unknown_kind_fails_wherever_superoffice_reads_it() -> None:
    fields = FieldsResult(is_ok=True, field_meta_data_objects=(FieldMetadata(field_key="A", field_type="Hologram"),))
    _, findings = conformance(
        {
            TYPES: CUSTOMER,
            TYPE_FIELDS: http(soap(TYPE_FIELDS, fields)),
        }
    )

    assert named(findings, "Fields of Customer").outcome == Outcome.FAILED
    assert "contract.misread" in named(findings, "Fields of Customer").says


@pytest.mark.parametrize("where", ["name", "says"])
def test_a_secret_is_in_no_name_and_in_no_explanation(where: str) -> None:
    refused = c.Result(is_ok=False, state=c.State.ERROR, user_explanation="hunter2")
    declared = FieldMetadata(field_key="A", field_type=FieldType.LIST, list_name="hunter2")
    answers: dict[str, bytes | None] = {
        TYPES: CUSTOMER,
        TYPE_FIELDS: http(soap(TYPE_FIELDS, FieldsResult(is_ok=True, field_meta_data_objects=(declared,)))),
        "WSTestConfigData": http(soap("WSTestConfigData", refused)),
    }
    _, findings = conformance(answers, secrets=("hunter2",))

    assert findings
    assert "hunter2" not in str([getattr(finding, where) for finding in findings])
