"""What may be mapped to what, and in which direction."""

from __future__ import annotations

import pytest

from tests.factories.configuration import CUSTOMER, EMPLOYEE, PROJECT, make_linked_schema, make_schema
from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    Gap,
    Part,
    Problem,
    Refusal,
    Schema,
    TypeSettings,
    allowed_fields,
    default_problems,
    directions,
    gaps,
    mapped_lists,
    problems,
)
from wizard.domain.fields import Access, FieldType

LINKED = make_linked_schema()
BOTH_WAYS = (Direction.TO_ERP, Direction.BOTH)
EVERY_WAY = (Direction.TO_SUPEROFFICE, *BOTH_WAYS)


def keys_for(key: str, schema: Schema = LINKED) -> list[str]:
    return [each.documented or each.key for each in allowed_fields(CUSTOMER.field(key), CUSTOMER, schema)]


def refused(key: str, crm_key: str, schema: Schema = LINKED, actor_type: ActorType = CUSTOMER) -> dict[Direction, str]:
    found = directions(actor_type.field(key), FieldSettings(key, crm_key), schema, actor_type)
    return {direction: refusal.value for direction, refusal in found.items() if refusal}


def of_customer(*fields: FieldSettings) -> TypeSettings:
    return TypeSettings("Customer", True, fields)


def test_only_superoffice_fields_of_a_kind_that_fits_are_offered() -> None:
    assert "NAME" in keys_for("NAME")
    assert "COUNTRY" not in keys_for("NAME")[:1]
    assert keys_for("COUNTRY") == [
        *("POSTALCITY", "POSTALCOUNTY", "POSTALSTATE", "STREETCITY", "STREETCOUNTY", "STREETSTATE", "COUNTRY"),
        *("CATEGORY", "BUSINESS", "contact/udef/blocked"),
    ]
    assert keys_for("BLOCKED") == ["contact/udef/blocked"]


def test_what_superoffice_does_not_write_is_not_offered() -> None:
    assert "contact/contactid" not in keys_for("NAME")


def test_the_values_of_a_password_are_never_mapped() -> None:
    assert keys_for("PIN") == []
    assert refused("PIN", "contact/name") == dict.fromkeys(EVERY_WAY, "secret")


@pytest.mark.parametrize(
    ("key", "crm_key", "refusal", "ways"),
    [
        ("EMAIL", "contact/email", "", ()),
        ("EMAIL", "", "no_superoffice_field", EVERY_WAY),
        ("CUSTNO", "contact/number2", "read_only_in_erp", BOTH_WAYS),
        ("EMAIL", "contact/contactid", "read_only_in_superoffice", EVERY_WAY),
        ("EMAIL", "contact/udef/gone", "missing_in_superoffice", EVERY_WAY),
        ("GONE", "contact/email", "missing_in_erp", EVERY_WAY),
        ("BLOCKED", "contact/name", "kinds_differ", EVERY_WAY),
        ("LIMIT", "contact/name", "kinds_differ", EVERY_WAY),
    ],
)
def test_a_direction_that_cannot_be_says_why(key: str, crm_key: str, refusal: str, ways: tuple[Direction, ...]) -> None:
    assert refused(key, crm_key) == dict.fromkeys(ways, refusal)


def test_what_another_connection_fills_is_not_filled_by_this_one_alone() -> None:
    schema = make_linked_schema(mapped_elsewhere={"Contact/contact/email": "Warehouse"})

    assert refused("EMAIL", "contact/email", schema) == {Direction.TO_SUPEROFFICE: "mapped_elsewhere"}
    found = problems(of_customer(FieldSettings("EMAIL", "contact/email", Direction.TO_SUPEROFFICE)), CUSTOMER, schema)
    facts = {"crm_key": "contact/email", "connection": "Warehouse"}
    assert found == [Problem("Customer", "EMAIL", Refusal.MAPPED_ELSEWHERE, facts)]


def test_a_superoffice_field_is_used_once() -> None:
    twice = of_customer(
        FieldSettings("PHONE", "contact/phone", Direction.BOTH), FieldSettings("EMAIL", "contact/phone", Direction.BOTH)
    )

    assert [(each.key, each.refusal, each.facts["other"]) for each in problems(twice, CUSTOMER, LINKED)] == [
        ("EMAIL", Refusal.MAPPED_TWICE, "Phone")
    ]


def test_a_type_that_superoffice_does_not_know_cannot_be_synced() -> None:
    schema = make_schema()

    assert problems(TypeSettings("Employee", True), EMPLOYEE, schema) == [
        Problem("Employee", "", Refusal.TYPE_NOT_SUPPORTED)
    ]
    assert problems(TypeSettings("Employee"), EMPLOYEE, schema) == []


def test_only_searchable_fields_are_shown_in_search() -> None:
    settings = of_customer(FieldSettings("NAME", show_in_search=True), FieldSettings("PHONE", show_in_search=True))

    assert [(each.key, each.refusal) for each in problems(settings, CUSTOMER, LINKED)] == [
        ("PHONE", Refusal.NOT_SEARCHABLE)
    ]


def test_what_went_missing_while_it_was_mapped_can_be_saved_again() -> None:
    settings = of_customer(
        FieldSettings("GONE", "contact/email", Direction.BOTH), FieldSettings("PHONE", "contact/gone", Direction.BOTH)
    )

    assert problems(settings, CUSTOMER, LINKED) == []


def test_items_are_mapped_of_lists_whose_superoffice_field_is_a_list() -> None:
    settings = of_customer(
        FieldSettings("GROUP", "contact/category", Direction.TO_SUPEROFFICE),
        FieldSettings("COUNTRY", "contact/postalcity", Direction.BOTH),
        FieldSettings("TERMS", "contact/country"),
    )

    assert [each.key for each in mapped_lists(settings, CUSTOMER, LINKED)] == ["GROUP"]


@pytest.mark.parametrize(
    ("field", "setting", "expected"),
    [
        (ActorField("A"), FieldSettings("A"), []),
        (ActorField("A"), FieldSettings("A", default="x", mandatory=True), []),
        (ActorField("A"), FieldSettings("A", ask_user=True, mandatory=True), []),
        (ActorField("A"), FieldSettings("A", mandatory=True), [Refusal.DEFAULT_NEEDED]),
        (ActorField("A", access=Access.MANDATORY), FieldSettings("A", mandatory=True), []),
        (ActorField("A", access=Access.READ_ONLY), FieldSettings("A", default="x"), [Refusal.READ_ONLY_IN_ERP]),
        (ActorField("A"), FieldSettings("A", "NAME", Direction.BOTH, default="x"), [Refusal.DEFAULT_OF_MAPPED]),
        (ActorField("A"), FieldSettings("A", "NAME", default="x"), []),
        (ActorField("A", type=FieldType.PASSWORD), FieldSettings("A", default="x"), [Refusal.SECRET]),
        (ActorField("A", type=FieldType.INTEGER), FieldSettings("A", default="[I:x]"), [Refusal.DEFAULT_INVALID]),
        (ActorField("A", type=FieldType.LIST), FieldSettings("A", default="9"), [Refusal.DEFAULT_NOT_OFFERED]),
        (ActorField("A"), FieldSettings("A", default="x" * 255), [Refusal.DEFAULT_TOO_LONG]),
        (ActorField("A", max_length=3), FieldSettings("A", default="four"), [Refusal.DEFAULT_TOO_LONG]),
    ],
)
def test_a_default_follows_superoffices_rules(
    field: ActorField, setting: FieldSettings, expected: list[Refusal]
) -> None:
    assert default_problems(field, setting, ["1", "2"]) == expected


def test_nothing_synced_keeps_from_activating() -> None:
    assert gaps(Configuration(), LINKED) == [Gap(Part.MAPPINGS, "", "", Refusal.NOTHING_SYNCED)]


def test_what_is_left_before_activating_is_named_by_page() -> None:
    customer = of_customer(
        FieldSettings("NAME", "contact/name", Direction.BOTH),
        FieldSettings("COUNTRY", "contact/country"),
        FieldSettings("GROUP", "contact/category", Direction.TO_SUPEROFFICE, items={"3": 3, "4": 3}),
        FieldSettings("PHONE", mandatory=True),
    )

    found = gaps(Configuration((customer, TypeSettings("Project"))), LINKED)

    assert found == [
        Gap(Part.MAPPINGS, "Customer", "COUNTRY", Refusal.NO_DIRECTION),
        Gap(Part.LISTS, "Customer", "GROUP", Refusal.ITEM_TWICE, {"item": "Dealer", "items": "Dealers, Export"}),
        Gap(Part.DEFAULTS, "Customer", "PHONE", Refusal.DEFAULT_NEEDED),
    ]


def test_a_type_that_is_gone_or_without_a_mapped_field_keeps_from_activating() -> None:
    project = TypeSettings("Project", True, (FieldSettings("NAME", "project/name"),))
    gone = TypeSettings("Supplier", True, (FieldSettings("NAME", "contact/name", Direction.BOTH),))

    found = gaps(Configuration((project, gone)), make_linked_schema(PROJECT))

    assert [(gap.actor_type, gap.key, gap.refusal) for gap in found] == [
        ("Project", "", Refusal.NOTHING_MAPPED),
        ("Project", "NAME", Refusal.NO_DIRECTION),
        ("Supplier", "", Refusal.MISSING_IN_ERP),
    ]
