"""What of a configuration another connection can have."""

from __future__ import annotations

from tests.factories.configuration import CUSTOMER, PROJECT, make_linked_schema, make_schema
from wizard.domain.configuration import Configuration, Direction, FieldSettings, Problem, Refusal, Schema, TypeSettings
from wizard.services.configuration.copy import fitting

NAME = FieldSettings("NAME", "NAME", Direction.BOTH)
EMAIL = FieldSettings("EMAIL", "EMAIL", Direction.TO_SUPEROFFICE)


def of_customer(*fields: FieldSettings) -> Configuration:
    return Configuration((TypeSettings("Customer", True, fields),))


def test_without_a_reading_all_of_it_is_copied() -> None:
    assert fitting(of_customer(NAME), Configuration(), None, None).configuration == of_customer(NAME)


def test_keys_become_those_of_the_other_side() -> None:
    found = fitting(of_customer(NAME), Configuration(), make_linked_schema(), make_schema())

    assert found.configuration == of_customer(FieldSettings("NAME", "contact/name", Direction.BOTH))


def test_fields_that_the_other_erp_does_not_have_are_named() -> None:
    found = fitting(of_customer(NAME, FieldSettings("EAN")), Configuration(), make_schema(), None)

    assert found.configuration == of_customer(NAME)
    assert found.left_out == (Problem("Customer", "EAN", Refusal.MISSING_IN_ERP),)


def test_rows_that_the_rules_refuse_stay_as_they_were() -> None:
    schema = make_linked_schema(CUSTOMER, PROJECT, mapped_elsewhere={"Contact/contact/email": "Acme Norway"})
    before = of_customer(FieldSettings("EMAIL", default="x"))

    found = fitting(of_customer(NAME, EMAIL), before, schema, Schema())

    assert found.configuration.type("Customer").field("EMAIL") == FieldSettings("EMAIL", default="x")
    assert [(each.key, each.refusal) for each in found.left_out] == [("EMAIL", Refusal.MAPPED_ELSEWHERE)]


def test_a_superoffice_field_that_belongs_to_a_row_of_the_other_connection_stays_with_it() -> None:
    own = of_customer(FieldSettings("EMAIL", "contact/name", Direction.BOTH))
    found = fitting(of_customer(FieldSettings("NAME", "contact/name", Direction.BOTH)), own, make_linked_schema(), None)

    assert [(each.key, each.refusal) for each in found.left_out] == [("NAME", Refusal.MAPPED_TWICE)]
