"""What a conformance run finds in the answers of a connector: fields, lists and records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wire import hosts
from tests.wire.conforming import ACME, CUSTOMER, FIELDS, TYPE_FIELDS, TYPES, conformance, named, searching
from tests.wire.hosts import http, soap
from wizard.domain.check import Outcome
from wizard.domain.fields import Access, FieldType
from wizard.outside.soap import contract as c
from wizard.outside.soap.contract import FieldMetadata, FieldsResult, StringsResult


@pytest.mark.parametrize("operation", ["WSSearchActors", "WSGetActors", "WSSearchActorsAdvanced"])
@pytest.mark.parametrize(
    ("actors", "says"),
    [
        ((replace(ACME, actor_type="Person"),), "a record of type Person"),
        ((replace(ACME, field_values=None),), "1 has none of the fields that were asked for"),
        ((replace(ACME, field_values={"Bogus": "[I:x]"}),), "1 has none of the fields that were asked for"),
        ((replace(ACME, field_values={"Name": "Acme", "Age": "[I:x]"}),), "Age is no Integer: [I:x]"),
    ],
)
def test_records_that_superoffice_could_not_use_fail_whichever_operation_gives_them(
    operation: str, actors: tuple[c.Actor, ...], says: str
) -> None:
    findings = searching({operation: actors})

    assert [finding.operation for finding in findings if finding.outcome == Outcome.FAILED] == [operation]
    assert next(finding.says for finding in findings if finding.outcome == Outcome.FAILED) == says


def test_records_of_a_parent_are_looked_at_too() -> None:
    findings = searching({"WSSearchActorByParent": (replace(ACME, erp_key=""),)})

    assert named(findings, "Customer of a parent").says == "a record without a key"


@pytest.mark.parametrize("operation", ["WSSearchActors", "WSSearchActorsAdvanced"])
def test_a_record_that_is_given_twice_fails(operation: str) -> None:
    findings = searching({operation: (ACME, ACME)})

    assert [finding.says for finding in findings if finding.outcome == Outcome.FAILED] == ["2 records have the key 1"]


def test_records_as_the_contract_has_them_pass() -> None:
    findings = searching({})

    assert {finding.outcome for finding in findings if "Customer" in finding.name} == {Outcome.PASSED}


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ({"a": "A"}, "asked for ('a', 'b'), got ('a',)"),
        ({"a": "A", "b": "Z"}, "b is called 'Z' here, and 'B' in the list"),
    ],
)
def test_items_that_are_others_than_in_their_list_fail(items: dict[str, str | None], says: str) -> None:
    declared = FieldMetadata(field_key="L", field_type=FieldType.LIST, list_name="Kinds")
    _, findings = conformance(
        {
            TYPES: CUSTOMER,
            TYPE_FIELDS: http(soap(TYPE_FIELDS, FieldsResult(is_ok=True, field_meta_data_objects=(declared,)))),
            "WSGetList": http(soap("WSGetList", c.ListResult(is_ok=True, list_items={"a": "A", "b": "B", "c": "C"}))),
            "WSGetListItems": http(soap("WSGetListItems", c.ListResult(is_ok=True, list_items=items))),
        }
    )

    assert named(findings, "List Kinds").says == says


def test_an_answer_whose_state_and_is_ok_differ_fails() -> None:
    torn = http(soap("WSTestConfigData", c.Result(is_ok=False, state=c.State.OK)))
    _, findings = conformance({"WSTestConfigData": torn})

    assert "contradict each other" in named(findings, "The given configuration").says


def test_an_actor_type_that_is_named_twice_fails() -> None:
    twice = http(soap(TYPES, StringsResult(is_ok=True, items=("Customer", "Customer"))))
    _, findings = conformance({TYPES: twice})

    assert named(findings, "Actor types").says == "a type is named twice"


def test_a_searchable_field_that_the_type_does_not_have_fails() -> None:
    searchable = http(soap("WSGetSearchableFields", StringsResult(is_ok=True, items=("Name", "Ghost"))))
    fields = http(soap(TYPE_FIELDS, FIELDS))
    _, findings = conformance({TYPES: CUSTOMER, TYPE_FIELDS: fields, "WSGetSearchableFields": searchable})

    assert named(findings, "Searchable fields of Customer").says == "not among its fields: Ghost"


def test_a_record_that_changed_in_the_future_or_is_not_found_by_its_own_value_fails() -> None:
    other = replace(ACME, erp_key="2")
    findings = searching({"WSSearchActorsAdvanced": (other,), "WSGetActorsByTimestamp": (ACME,)})
    changed = http(soap("WSGetActorsByTimestamp", c.ActorsResult(is_ok=True, actors=(ACME,))))
    _, others = conformance({TYPES: CUSTOMER, "WSGetActorsByTimestamp": changed})

    assert named(findings, "Customer by a restriction").says == "Name = ('Acme',) does not find 1"
    assert named(others, "Customer changed since").says == "1 records claim to have changed in the future"


def test_an_unknown_field_of_a_record_is_passed_over() -> None:
    odd = replace(ACME, field_values={"Name": "Acme", "Age": "", "Ghost": "[I:x]"})

    assert named(searching({"WSSearchActors": (odd,)}), "Searching for Customer").outcome == Outcome.PASSED


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        (hosts.text_field("K" * 255), "is longer than 254 characters"),
        (hosts.text_field("A", list_name="L" * 255), "list name of A is longer than 254 characters"),
        (hosts.text_field("A", default_value="D" * 1024), "default value of A is longer than 1023 characters"),
    ],
)
def test_a_configuration_field_with_a_text_that_is_too_long_fails(declared: FieldMetadata, says: str) -> None:
    fields = FieldsResult(is_ok=True, field_meta_data_objects=(declared,))
    _, findings = conformance({"WSGetConfigData": http(soap("WSGetConfigData", fields))})

    assert says in named(findings, "Configuration fields").says


def test_an_error_needs_an_explanation_for_the_user() -> None:
    needed = FieldsResult(is_ok=True, field_meta_data_objects=(hosts.text_field("A", access=Access.MANDATORY),))
    mute = http(soap("WSTestConfigData", c.Result(is_ok=False, state=c.State.ERROR)))
    fields = http(soap("WSGetConfigData", needed))
    _, findings = conformance({"WSGetConfigData": fields, "WSTestConfigData": mute})

    assert named(findings, "An empty configuration").says == "an error without an explanation for the user"


def test_an_unknown_guid_needs_the_code_by_which_superoffice_repairs_it() -> None:
    other = http(soap("WSTestConnection", c.Result(is_ok=False, state=c.State.ERROR, error_code="E1")))
    _, findings = conformance({"WSTestConnection": other})

    assert "error code 'E1'" in named(findings, "A GUID that is not known").says
