"""A conformance run ends, cleans up and tells, whatever the connector does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wire import hosts
from tests.wire.conforming import ACME, CUSTOMER, FIELDS, TYPE_FIELDS, TYPES, conformance, named
from tests.wire.hosts import http, soap
from wizard.domain.check import Outcome
from wizard.domain.fields import FieldType
from wizard.outside import soap as codec
from wizard.outside.connector.conformance import session
from wizard.outside.connector.conformance.with_connection import KNOWN_TYPES
from wizard.outside.soap import contract as c
from wizard.outside.soap.contract import FieldMetadata, FieldsResult, StringsResult


def test_a_connector_that_breaks_down_at_the_first_call_is_one_failed_finding() -> None:
    called, findings = conformance({"WSGetConfigData": http(b"<html>", "503 Busy", "text/html")})

    assert called == ["WSGetConfigData"]
    assert [(finding.outcome, finding.says.partition(":")[0]) for finding in findings] == [
        (Outcome.FAILED, "http.unavailable")
    ]


def test_each_type_of_the_contract_is_tried_once_and_no_other() -> None:
    response = StringsResult(is_ok=True, items=(*(f"Type{n}" for n in range(5000)), *KNOWN_TYPES, *KNOWN_TYPES))
    called, findings = conformance({TYPES: http(soap(TYPES, response))})

    assert called.count(TYPE_FIELDS) == len(KNOWN_TYPES)
    assert named(findings, "Actor types").outcome == Outcome.FAILED
    assert len(findings) < 100


def test_an_operation_that_is_silent_costs_its_limit_once_and_the_others_are_tried() -> None:
    response = http(soap(TYPES, StringsResult(is_ok=True, items=KNOWN_TYPES)))
    searchable = http(soap("WSGetSearchableFields", StringsResult(is_ok=True, items=("Name",))))
    called, findings = conformance({TYPES: response, TYPE_FIELDS: None, "WSGetSearchableFields": searchable}, 2.0)

    assert called.count(TYPE_FIELDS) == 1
    assert "limit_seconds 2" in named(findings, f"Fields of {KNOWN_TYPES[0]}").says
    assert named(findings, f"Fields of {KNOWN_TYPES[1]}").outcome == Outcome.SKIPPED
    assert named(findings, f"Searchable fields of {KNOWN_TYPES[0]}").says == "its fields are not known"
    assert called[-3:] == ["WSSaveActors", "WSDeleteConnection", "WSTestConnection"]


def test_what_is_not_tried_when_the_time_is_up_is_skipped_and_the_connection_deleted_all_the_same() -> None:
    called, findings = conformance({"WSSearchActors": None, TYPES: CUSTOMER}, 3.0, in_all=3.0)

    assert called[-2:] == ["WSSearchActors", "WSDeleteConnection"]
    untried = named(findings, "Nothing to create")
    assert (untried.outcome, untried.says) == (Outcome.SKIPPED, "not tried, as the time was up")
    assert named(findings, "Every operation").outcome == Outcome.FAILED
    assert named(findings, "The throw-away connection").outcome == Outcome.PASSED


def test_nothing_is_called_for_which_there_is_no_time() -> None:
    called, findings = conformance({}, in_all=0.0)

    assert called == []
    assert [finding.outcome for finding in findings] == [Outcome.SKIPPED, Outcome.FAILED]


def test_a_connection_that_there_is_no_time_to_save_is_not_deleted_either() -> None:
    called, _ = conformance({"WSTestConfigData": None}, 3.0, in_all=3.0)

    assert called[-1] == "WSTestConfigData"


def test_a_connection_that_stays_there_is_a_failed_finding() -> None:
    _, findings = conformance({TYPES: CUSTOMER, "WSDeleteConnection": http(b"", "500 Error")})

    assert named(findings, "The throw-away connection").outcome == Outcome.FAILED
    assert named(findings, "A deleted connection").says == "the connection is not deleted"


def test_a_connection_that_was_refused_is_neither_saved_again_nor_deleted() -> None:
    refused = http(soap("WSSaveConnection", c.Result(is_ok=False, state=c.State.ERROR, user_explanation="no")))
    called, _ = conformance({"WSSaveConnection": refused})

    assert called[-1] == "WSSaveConnection"
    assert called.count("WSSaveConnection") == 1


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            http(codec.write_fault("s:Server", "Login of hunter2 failed", "line 42"), "500 Error"),
            "contract.fault: status 500, content_type text/xml, operation WSSaveActors; "
            "s:Server Login of •••• failed; line 42",
        ),
        (
            http(b"Fatal error: hunter2", "500 Error", "text/plain"),
            "http.server_error: status 500, content_type text/plain; Fatal error: ••••",
        ),
    ],
    ids=["fault", "text"],
)
def test_a_failed_call_is_reported_with_what_the_connector_says_of_it(answer: bytes, says: str) -> None:
    _, findings = conformance({"WSSaveActors": answer}, secrets=("hunter2",))

    assert named(findings, "Nothing to save").says == says


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


@pytest.mark.parametrize("length", range(40, 80, 4))
def test_no_part_of_a_secret_is_left_where_a_text_is_cut(length: int) -> None:
    """A value, a default and a label, each of a length at which a cut could go through the secret."""
    secret = "hunter2-hunter2-hunter2"
    text = "x" * length + secret
    declared = FieldMetadata(
        field_key="A", field_type=FieldType.INTEGER, default_value=text, display_name=f':"{text}', rank=1
    )
    label = FieldsResult(is_ok=True, field_meta_data_objects=(hosts.text_field("B", display_description=f':"{text}'),))
    actor = replace(ACME, field_values={"Age": text})
    for fields in (FieldsResult(is_ok=True, field_meta_data_objects=(declared,)), label):
        _, findings = conformance(
            {
                "WSGetConfigData": http(soap("WSGetConfigData", fields)),
                TYPES: CUSTOMER,
                TYPE_FIELDS: http(soap(TYPE_FIELDS, FIELDS)),
                "WSSearchActors": http(soap("WSSearchActors", c.ActorsResult(is_ok=True, actors=(actor,)))),
            },
            secrets=(secret,),
        )
        assert named(findings, "Configuration fields").outcome == Outcome.WARNING
        assert named(findings, "Searching for Customer").outcome == Outcome.FAILED
        assert "hunter" not in str(findings)


def test_what_works_slower_than_superoffice_takes_for_normal_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "SLOW_MS", -1)
    _, findings = conformance({})

    first = named(findings, "The connector says which fields")
    assert (first.outcome, first.says.startswith("took")) == (Outcome.WARNING, True)
