"""The settings of fields, and the fields of both sides, as they are stored."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.configuration import CRM_LISTS, CUSTOMER, PROJECT, make_linked_schema, make_schema
from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    ListItem,
    Part,
    Refusal,
    Schema,
    SuperOfficeField,
    TypeSettings,
    changes_since,
    gaps,
    in_keys_of,
    merge_rows,
    merged_schema,
    problems,
    suggest_for,
)
from wizard.domain.fields import Access, FieldType

TEXT = st.text(max_size=8) | st.sampled_from(("Customer", "Contact", "NAME", "CATEGORY", "table=category"))
"""Some of them often enough that types, fields and lists find each other."""
BOOL = st.booleans()
SETTINGS = st.builds(
    FieldSettings,
    *(TEXT, TEXT, st.sampled_from(Direction), BOOL, BOOL),
    items=st.dictionaries(TEXT, st.integers(0, 2**31), max_size=3),
    default=st.none() | TEXT,
    ask_user=BOOL,
    mandatory=BOOL,
)
TYPES = st.builds(TypeSettings, TEXT, BOOL, st.lists(SETTINGS, max_size=3, unique_by=lambda each: each.key).map(tuple))
FIELDS = st.builds(
    ActorField,
    *(TEXT, TEXT, TEXT, st.sampled_from(FieldType), st.sampled_from(Access), TEXT, st.integers(0, 999), TEXT),
    is_searchable=BOOL,
    is_missing=BOOL,
)
SCHEMAS = st.builds(
    Schema,
    st.lists(st.builds(ActorType, TEXT, st.lists(FIELDS, max_size=2).map(tuple), BOOL), max_size=2).map(tuple),
    lists=st.dictionaries(TEXT, st.dictionaries(TEXT, TEXT, max_size=2), max_size=2),
    crm_fields=st.dictionaries(TEXT, st.tuples(st.builds(SuperOfficeField, TEXT, TEXT, TEXT, TEXT, BOOL, BOOL))),
    crm_lists=st.dictionaries(TEXT, st.tuples(st.builds(ListItem, st.integers(), TEXT)), max_size=2),
    field_ids=st.dictionaries(TEXT, st.dictionaries(TEXT, st.integers(), max_size=2), max_size=2),
    from_superoffice=BOOL,
)
NAME = FieldSettings("NAME", "NAME", Direction.BOTH)
OTHER = FieldSettings("NAME", "DEPARTMENT", Direction.BOTH)


@given(st.builds(Configuration, st.lists(TYPES, max_size=3).map(tuple)))
def test_a_configuration_survives_its_json(configuration: Configuration) -> None:
    assert Configuration.from_json(json.loads(json.dumps(configuration.to_json()))) == configuration


@given(SCHEMAS)
def test_a_schema_survives_its_json(schema: Schema) -> None:
    assert Schema.from_json(json.loads(json.dumps(schema.to_json()))) == schema


@given(TYPES, SCHEMAS)
def test_the_rules_bear_any_settings(settings: TypeSettings, schema: Schema) -> None:
    actor_type = schema.type(settings.actor_type)

    found = problems(settings, actor_type, schema)

    assert {each.key for each in found} <= {"", *settings.by_key}
    configuration = Configuration((settings,))
    assert {gap.actor_type for gap in gaps(configuration, schema)} <= {"", settings.actor_type}
    assert {gap.key for gap in changes_since(configuration, schema)} <= settings.by_key.keys()
    mapped = {each.key for each in settings.fields if each.is_mapped}
    assert mapped.isdisjoint(each.erp_key for each in suggest_for(actor_type, settings, schema))


def test_a_version_changes_with_what_the_page_edits_and_nothing_else() -> None:
    versions = {part: NAME.version(part) for part in (Part.MAPPINGS, Part.LISTS, Part.DEFAULTS)}
    asked = FieldSettings("NAME", "NAME", Direction.BOTH, ask_user=True)

    assert {part for part in versions if asked.version(part) != versions[part]} == {Part.DEFAULTS}


def test_rows_that_one_side_has_changed_are_that_sides() -> None:
    base = TypeSettings("Customer", False, (FieldSettings("NAME"), FieldSettings("EMAIL")))
    theirs = TypeSettings("Customer", True, (NAME, FieldSettings("EMAIL")))
    email = FieldSettings("EMAIL", "EMAIL", Direction.BOTH)

    merged = merge_rows(
        TypeSettings("Customer", False, (FieldSettings("NAME"), email)),
        theirs,
        base.versions(Part.MAPPINGS),
        Part.MAPPINGS,
    )

    assert (merged.settings, merged.conflicts) == (TypeSettings("Customer", True, (NAME, email)), {})


def test_a_row_that_both_sides_have_changed_is_a_conflict_unless_they_agree() -> None:
    base = TypeSettings("Customer", fields=(FieldSettings("NAME"),)).versions(Part.MAPPINGS)
    theirs = TypeSettings("Customer", fields=(NAME,))

    assert merge_rows(theirs, theirs, base, Part.MAPPINGS).conflicts == {}
    assert merge_rows(TypeSettings("Customer", fields=(OTHER,)), theirs, base, Part.MAPPINGS).conflicts == {
        "NAME": (NAME, OTHER)
    }


AT, LATER = "2026-11-24T06:00:00+00:00", "2026-11-25T06:00:00+00:00"


def test_what_is_gone_keeps_when_that_was_noticed_first() -> None:
    fewer, all_fields = make_schema(ActorType("Customer", CUSTOMER.fields[:2])), make_schema(CUSTOMER)

    gone = merged_schema(all_fields, fewer, Configuration(), AT)
    still_gone = merged_schema(gone, fewer, Configuration(), LATER)
    back = merged_schema(still_gone, all_fields, Configuration(), LATER)

    found = [each.type("Customer").fields[2].missing_since for each in (all_fields, gone, still_gone, back)]
    assert found == ["", AT, AT, ""]


def test_what_is_gone_from_the_erp_stays_and_is_marked() -> None:
    fewer = ActorType("Customer", CUSTOMER.fields[:2])

    found = merged_schema(make_schema(CUSTOMER, PROJECT), make_schema(fewer), Configuration(), AT)

    assert [each.key for each in found.type("Customer").fields] == [each.key for each in CUSTOMER.fields]
    assert [each.key for each in found.type("Customer").fields if each.is_missing] == [
        each.key for each in CUSTOMER.fields[2:]
    ]
    assert found.type("Project").is_missing
    back = merged_schema(found, make_schema(CUSTOMER, PROJECT), Configuration(), AT)
    assert not back.type("Customer").fields[3].is_missing


def test_a_superoffice_field_that_is_gone_stays_while_it_is_in_use() -> None:
    linked = make_linked_schema()
    fewer = make_linked_schema(crm_fields={**linked.crm_fields, "Contact": linked.crm_fields["Contact"][:1]})
    used = FieldSettings("EMAIL", "contact/email", Direction.BOTH)
    configuration = Configuration((TypeSettings("Customer", True, (used,)),))

    found = merged_schema(linked, fewer, configuration, AT)

    assert [(each.key, each.is_missing) for each in found.crm_fields["Contact"]] == [
        (linked.crm_fields["Contact"][0].key, False),
        ("contact/email", True),
    ]
    assert [(gap.key, gap.refusal) for gap in changes_since(configuration, found)] == [
        ("EMAIL", Refusal.MISSING_IN_SUPEROFFICE)
    ]


def test_keys_of_another_superoffice_are_those_of_this_one_as_far_as_they_are_known() -> None:
    there = Configuration(
        (TypeSettings("Customer", True, (FieldSettings("A", "contact/email"), FieldSettings("B", "contact/udef/x"))),)
    )

    found = in_keys_of(make_schema(), there).type("Customer")

    assert [each.crm_key for each in found.fields] == ["EMAIL", "contact/udef/x"]
    assert in_keys_of(make_linked_schema(), Configuration((found,))) == there


def test_items_of_another_superoffice_get_the_numbers_of_this_one_by_their_names() -> None:
    before = make_linked_schema().of_another_superoffice()
    lists = {**CRM_LISTS, "table=category": (ListItem(1, "Supplier"), ListItem(8, "Private customer"))}
    chosen = FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"1": 1, "2": 2, "4": 0})
    configuration = Configuration((TypeSettings("Customer", True, (chosen,)),))

    found = in_keys_of(make_linked_schema(crm_lists=lists), configuration, before)

    assert found.type("Customer").field("GROUP").items == {"1": 8, "4": 0}
    assert in_keys_of(make_linked_schema(crm_lists=lists), configuration, make_linked_schema()) == configuration


def test_items_and_lists_that_are_gone_are_named() -> None:
    mapped = FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"1": 1, "9": 2, "2": 77})
    configuration = Configuration((TypeSettings("Customer", True, (mapped,)),))

    def gone(schema: Schema) -> list[tuple[Refusal, str]]:
        return [(gap.refusal, gap.facts.get("erp_item", "")) for gap in changes_since(configuration, schema)]

    assert gone(make_linked_schema()) == [
        (Refusal.ITEM_MISSING_IN_ERP, "9"),
        (Refusal.ITEM_MISSING_IN_SUPEROFFICE, "Public sector"),
    ]
    assert gone(make_linked_schema(lists={})) == [(Refusal.LIST_MISSING, "")]


def suggested(schema: Schema, *fields: FieldSettings) -> list[tuple[str, str, Direction]]:
    found = suggest_for(CUSTOMER, TypeSettings("Customer", True, fields), schema)
    return [(each.erp_key, each.crm_key, each.direction) for each in found]


def test_suggestions_have_superoffices_keys_and_mandatory_fields_first() -> None:
    assert suggested(make_linked_schema()) == [
        ("NAME", "contact/name", Direction.BOTH),
        ("COUNTRY", "contact/country", Direction.BOTH),
        ("CUSTNO", "contact/number2", Direction.TO_SUPEROFFICE),
        ("EMAIL", "contact/email", Direction.BOTH),
        ("PHONE", "contact/phone", Direction.BOTH),
        ("GROUP", "contact/category", Direction.BOTH),
    ]


def test_nothing_is_suggested_that_is_taken_or_that_another_connection_fills() -> None:
    schema = make_linked_schema(mapped_elsewhere={"Contact/contact/email": "Warehouse"})
    taken = FieldSettings("TERMS", "contact/country")

    assert [each[0] for each in suggested(schema, NAME, taken)] == ["CUSTNO", "PHONE", "GROUP", "TERMS"]


def test_five_hundred_fields_with_texts_in_markup_have_suggestions() -> None:
    fields = tuple(ActorField(f"F{number}", "<script>alert(1)</script>") for number in range(499))
    actor_type = ActorType("Customer", (*fields, ActorField("NAME", "Name")))

    assert [each.erp_key for each in suggest_for(actor_type, TypeSettings("Customer"), make_schema(actor_type))] == [
        "NAME"
    ]
