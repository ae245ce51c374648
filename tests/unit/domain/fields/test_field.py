"""Fields in order, stored as JSON, compared with older ones, and their inputs checked and encoded."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.fields import (
    Access,
    ConfigField,
    FieldType,
    ListItem,
    NotADate,
    NotANumber,
    NotOffered,
    TooLong,
    TooLongToStore,
    Unsendable,
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


def test_fields_that_came_and_went_are_distinguished() -> None:
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


def test_every_text_is_masked_and_what_would_be_sent_masked_is_left_out() -> None:
    field = ConfigField("onee", FieldType.LIST, label="onee", description="onee", default="onee", list_name="onee")
    choices = (ListItem("onee", "a choice"), ListItem("two", "onee"))
    masked = replace(field, items=choices).masked(str.upper)
    assert (masked.label, masked.description, masked.default) == ("ONEE", "ONEE", "")
    assert masked.items == (ListItem("two", "ONEE"),)
    assert field.masked(str.upper).items is None


def test_what_the_connector_knows_a_masked_field_by_stays() -> None:
    masked = ConfigField("key", FieldType.LIST, list_name="list").masked(str.upper)
    assert (masked.key, masked.list_name) == ("key", "list")


def test_a_default_too_short_for_a_secret_stays() -> None:
    assert ConfigField("key", FieldType.TEXT, default="no").masked(str.upper).default == "no"


A_LIST = ConfigField("k", FieldType.LIST, items=(ListItem("a", "A"),))


@pytest.mark.parametrize(
    ("field", "text", "error"),
    [
        (ConfigField("k", FieldType.TEXT, max_length=3), "four", TooLong),
        (ConfigField("k", FieldType.PASSWORD, max_length=3), "👩👩", TooLong),
        (ConfigField("k", FieldType.TEXT), "x" * 1024, TooLongToStore),
        (ConfigField("k", FieldType.DOUBLE), "1" * 1020, TooLongToStore),
        (ConfigField("k", FieldType.TEXT), "a\0b", Unsendable),
        (ConfigField("k", FieldType.LIST), "a\ud800", Unsendable),
        (A_LIST, "b", NotOffered),
        (ConfigField("k", FieldType.INTEGER), "1,5", NotANumber),
        (ConfigField("k", FieldType.DATETIME), "soon", NotADate),
    ],
)
def test_an_input_that_the_field_does_not_take_is_refused(
    field: ConfigField, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        field.encode_input(text, "en")


@pytest.mark.parametrize(
    ("field", "text", "encoded"),
    [
        (ConfigField("k", FieldType.TEXT, max_length=4), "four", "four"),
        (ConfigField("k", FieldType.TEXT), "x" * 1023, "x" * 1023),
        (ConfigField("k", FieldType.INTEGER, max_length=1), "250", "[I:250]"),
        (ConfigField("k", FieldType.DOUBLE), "25,5", "[F:25.5]"),
        (ConfigField("k", FieldType.LIST, max_length=1), "any", "any"),
        (A_LIST, "a", "a"),
        (ConfigField("k", FieldType.CHECKBOX), "", "[I:0]"),
    ],
)
def test_an_input_that_fits_is_encoded(field: ConfigField, text: str, encoded: str) -> None:
    assert field.encode_input(text, "nl") == encoded
