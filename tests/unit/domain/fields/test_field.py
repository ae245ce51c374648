"""Fields in order, kept as JSON, and compared with what they were."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.fields.field import (
    Access,
    ConfigField,
    FieldType,
    ListItem,
    compare_fields,
    count_inputs,
    fields_fingerprint,
    in_rank_order,
    secret_keys,
)

items = st.none() | st.lists(st.builds(ListItem, st.text(), st.text()), max_size=3).map(tuple)
a_field = st.builds(
    ConfigField,
    key=st.text(min_size=1, max_size=5),
    type=st.sampled_from(FieldType),
    access=st.sampled_from(Access),
    label=st.text(),
    description=st.text(),
    default=st.text(),
    list_name=st.text(max_size=5),
    max_length=st.integers(0, 300),
    rank=st.integers(-5, 5),
    items=items,
)
some_fields = st.lists(a_field, max_size=5, unique_by=lambda field: field.key)
TEXT = ConfigField("Company", FieldType.TEXT, label="Company")


@given(a_field)
def test_a_field_survives_as_json(field: ConfigField) -> None:
    assert ConfigField.from_json(json.loads(json.dumps(field.to_json()))) == field


@pytest.mark.parametrize("type", FieldType)
def test_only_a_password_is_secret_and_only_a_label_takes_no_input(type: FieldType) -> None:
    field = ConfigField("k", type)
    assert field.is_secret == (type == FieldType.PASSWORD)
    assert field.takes_input == (type != FieldType.LABEL)


@pytest.mark.parametrize("access", Access)
def test_a_field_is_mandatory_or_read_only_by_its_access(access: Access) -> None:
    field = ConfigField("k", FieldType.TEXT, access)
    assert field.is_mandatory == (access == Access.MANDATORY)
    assert field.is_read_only == (access == Access.READ_ONLY)


def test_secrets_and_inputs_are_found_among_other_fields() -> None:
    fields = [ConfigField(type.name, type) for type in (FieldType.TEXT, FieldType.PASSWORD, FieldType.LABEL)]
    assert secret_keys(fields) == {"PASSWORD"}
    assert count_inputs(fields) == 2


def test_the_lowest_rank_comes_first_and_equal_ranks_keep_their_order() -> None:
    ranked = [replace(TEXT, key=key, rank=rank) for key, rank in (("a", 20), ("b", 0), ("c", 20), ("d", -1), ("e", 0))]
    assert [field.key for field in in_rank_order(ranked)] == ["d", "b", "e", "a", "c"]


@given(some_fields)
def test_nothing_differs_from_itself_in_any_order(fields: list[ConfigField]) -> None:
    assert not compare_fields(fields, fields[::-1])
    assert fields_fingerprint(fields) == fields_fingerprint(fields[::-1])


@given(some_fields, some_fields)
def test_the_fingerprint_differs_exactly_when_the_fields_do(old: list[ConfigField], new: list[ConfigField]) -> None:
    assert (fields_fingerprint(old) != fields_fingerprint(new)) == bool(compare_fields(old, new))


def test_fields_that_came_and_went_are_told_apart() -> None:
    other = replace(TEXT, key="Other")
    changes = compare_fields([TEXT], [other])
    assert (changes.added, changes.removed, changes.changed) == ((other,), (TEXT,), ())


@pytest.mark.parametrize(
    "change",
    [{"type": FieldType.INTEGER}, {"access": Access.MANDATORY}, {"list_name": "Countries"}, {"max_length": 10}],
)
def test_a_field_that_is_filled_in_otherwise_has_changed(change: dict) -> None:
    changes = compare_fields([TEXT], [replace(TEXT, **change)])
    assert changes.changed == (replace(TEXT, **change),)


@pytest.mark.parametrize(
    "change",
    [
        {"label": "Firm"},
        {"description": "Which"},
        {"default": "x"},
        {"rank": 7},
        {"items": (ListItem("a", "A"),)},
    ],
)
def test_other_words_ranks_or_choices_are_no_change(change: dict) -> None:
    assert not compare_fields([TEXT], [replace(TEXT, **change)])


def test_every_text_is_changed_and_every_key() -> None:
    field = ConfigField("one", FieldType.LIST, label="one", description="one", default="one", list_name="one")
    changed = replace(field, items=(ListItem("one", "one"),)).map_texts(str.upper)
    assert "one" not in str(changed.to_json())
    assert changed.items == (ListItem("ONE", "ONE"),)
    assert field.map_texts(str.upper).items is None
