"""Conformance runs against a host that answers each operation with what a test has given."""

from __future__ import annotations

from tests.wire import hosts
from tests.wire.hosts import http, server, soap
from wizard.domain.fields import FieldType
from wizard.outside.connector import CheckLimits, Endpoint
from wizard.outside.connector.conformance import Finding, run_conformance
from wizard.outside.http import Policy
from wizard.outside.soap import contract as c
from wizard.outside.soap.contract import FieldMetadata, FieldsResult, Operation, StringsResult

TYPES = "WSGetSupportedActorTypes"
CUSTOMER = http(soap(TYPES, StringsResult(is_ok=True, items=("Customer",))))
TYPE_FIELDS = "WSGetSupportedActorTypeFields"


def conformance(
    answers: dict[str, bytes | None], seconds: float = 10.0, secrets: tuple[str, ...] = (), in_all: float = 60.0
) -> tuple[list[str], tuple[Finding, ...]]:
    """The operations that were called, and the findings; where it has None the host is silent.

    A call may take `seconds`, and none is begun after `in_all`.
    """
    called: list[str] = []

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        assert operation is not None
        called.append(operation.name)
        usual = hosts.fields_result() if operation.name == "WSGetConfigData" else operation.result(is_ok=True)
        answer = answers.get(operation.name, http(soap(operation.name, usual)))
        return answer or b""

    with server(hosts.replying(reply)) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        limits, policy = CheckLimits(seconds), Policy(loopback=True)
        return called, run_conformance(endpoint, {}, secrets, policy=policy, limits=limits, seconds=in_all)


def named(findings: tuple[Finding, ...], beginning: str) -> Finding:
    return next(finding for finding in findings if finding.name.startswith(beginning))


FIELDS = FieldsResult(
    is_ok=True,
    field_meta_data_objects=(hosts.text_field("Name"), FieldMetadata(field_key="Age", field_type=FieldType.INTEGER)),
)
ACME = c.Actor(actor_type="Customer", erp_key="1", field_values={"Name": "Acme", "Age": "[I:7]"})


def searching(answers: dict[str, tuple[c.Actor, ...]]) -> tuple[Finding, ...]:
    """The findings about customers at a host that has one record, but for these answers."""
    response = {"WSSearchActors": (ACME,), "WSGetActors": (ACME,), "WSSearchActorsAdvanced": (ACME,)} | answers
    replies: dict[str, bytes | None] = {
        name: http(soap(name, c.ActorsResult(is_ok=True, actors=actors))) for name, actors in response.items()
    }
    _, findings = conformance({TYPES: CUSTOMER, TYPE_FIELDS: http(soap(TYPE_FIELDS, FIELDS)), **replies})
    about = ("WSSearch", "WSGetActors")
    return tuple(finding for finding in findings if finding.operation.startswith(about))
