"""Which of the rows that a page wants can be saved."""

from __future__ import annotations

from dataclasses import replace

from tests.factories.configuration import CUSTOMER, make_linked_schema
from wizard.domain.configuration import (
    Direction,
    FieldSettings,
    Refusal,
    Schema,
    SuperOfficeField,
    TypeSettings,
    accepted,
    without_items_of_other_lists,
)

SCHEMA = make_linked_schema()
NAME = FieldSettings("NAME", "contact/name", Direction.BOTH)
EMAIL = FieldSettings("EMAIL", "contact/email", Direction.BOTH)


def of_customer(*fields: FieldSettings) -> TypeSettings:
    return TypeSettings("Customer", True, fields)


def refused(wanted: TypeSettings, saved: TypeSettings) -> dict[str, Refusal]:
    return {each.key: each.refusal for each in accepted(wanted, saved, CUSTOMER, SCHEMA).refused}


def test_a_wrong_row_stays_as_it_was_and_the_others_are_taken() -> None:
    saved = of_customer(NAME, FieldSettings("EMAIL"))
    wrong = replace(NAME, crm_key="contact/contactid")

    found = accepted(of_customer(wrong, EMAIL), saved, CUSTOMER, SCHEMA)

    assert found.settings == of_customer(NAME, EMAIL)
    assert [(each.key, each.refusal) for each in found.refused] == [("NAME", Refusal.READ_ONLY_IN_SUPEROFFICE)]


def test_of_two_rows_with_one_superoffice_field_the_changed_one_is_refused_also_where_it_comes_first() -> None:
    saved = of_customer(FieldSettings("NAME"), EMAIL)
    wanted = of_customer(replace(NAME, crm_key="contact/email"), EMAIL)

    (problem,) = accepted(wanted, saved, CUSTOMER, SCHEMA).refused

    assert (problem.key, problem.refusal, problem.facts["other"]) == ("NAME", Refusal.MAPPED_TWICE, "E-mail")


def test_a_row_that_takes_the_field_of_one_that_is_refused_is_refused_too() -> None:
    saved = of_customer(NAME, EMAIL)
    wanted = of_customer(replace(NAME, crm_key="contact/contactid"), replace(EMAIL, crm_key="contact/name"))

    found = accepted(wanted, saved, CUSTOMER, SCHEMA)

    assert found.settings == saved
    assert refused(wanted, saved) == {"NAME": Refusal.READ_ONLY_IN_SUPEROFFICE, "EMAIL": Refusal.MAPPED_TWICE}


def test_a_superoffice_field_that_has_gone_before_it_was_saved_is_refused() -> None:
    wanted = of_customer(replace(NAME, crm_key="contact/gone"))

    assert refused(wanted, of_customer(NAME)) == {"NAME": Refusal.MISSING_IN_SUPEROFFICE}
    assert accepted(wanted, of_customer(NAME), CUSTOMER, SCHEMA).settings == of_customer(NAME)


def test_before_superoffice_was_read_nobody_knows_what_has_gone() -> None:
    wanted = of_customer(replace(NAME, crm_key="contact/udef/5"))

    assert accepted(wanted, of_customer(NAME), CUSTOMER, Schema((CUSTOMER,))).settings == wanted


def test_a_row_whose_superoffice_field_has_gone_since_can_be_changed_in_other_ways() -> None:
    saved = of_customer(replace(NAME, crm_key="contact/gone"))
    wanted = of_customer(replace(NAME, crm_key="contact/gone", show_in_tab=True))

    assert accepted(wanted, saved, CUSTOMER, SCHEMA).settings == wanted


def test_fields_that_are_swapped_are_taken() -> None:
    saved = of_customer(NAME, EMAIL)
    wanted = of_customer(replace(NAME, crm_key="contact/email"), replace(EMAIL, crm_key="contact/name"))

    assert accepted(wanted, saved, CUSTOMER, SCHEMA).settings == wanted


def test_what_was_wrong_before_and_was_not_touched_keeps_nobody_from_saving() -> None:
    wrong = replace(NAME, crm_key="contact/contactid")

    assert refused(of_customer(wrong, EMAIL), of_customer(wrong, FieldSettings("EMAIL"))) == {}


def test_a_field_that_belongs_to_another_list_now_has_no_items_of_the_first_one() -> None:
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"1": 1})
    saved = of_customer(group, FieldSettings("COUNTRY", "contact/country", Direction.BOTH, items={"NO": 578}))

    def items(crm_key: str) -> dict[str, int]:
        wanted = of_customer(replace(group, crm_key=crm_key), saved.field("COUNTRY"))
        found = without_items_of_other_lists(wanted, saved, CUSTOMER, SCHEMA)
        assert found.field("COUNTRY").items == {"NO": 578}
        return dict(found.field("GROUP").items)

    assert items("contact/category") == {"1": 1}
    assert items("contact/business") == items("contact/name") == items("") == {}


def test_a_field_that_belongs_to_another_field_with_the_same_list_keeps_its_items() -> None:
    fields = {
        "Contact": (*SCHEMA.crm_fields["Contact"], SuperOfficeField("x", "Other", list_reference="table=category"))
    }
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"1": 1})
    moved = of_customer(replace(group, crm_key="x"))

    found = without_items_of_other_lists(moved, of_customer(group), CUSTOMER, replace(SCHEMA, crm_fields=fields))

    assert found == moved
