"""Values as people type them: into another language and back, onto the wire and back, nothing lost."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.fields import typed
from wizard.domain.fields.encoding import Value, encode
from wizard.domain.fields.field import ConfigField, FieldType
from wizard.domain.fields.numbers import DECIMAL_MARK

languages = st.sampled_from(list(DECIMAL_MARK))
VALUES: dict[FieldType, st.SearchStrategy[Value]] = {
    FieldType.CHECKBOX: st.booleans(),
    FieldType.INTEGER: st.integers(-(2**31), 2**31 - 1),
    FieldType.DOUBLE: st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30),
    FieldType.DATETIME: st.datetimes(),
    FieldType.TEXT: st.text(),
    FieldType.PASSWORD: st.text(),
    FieldType.LIST: st.text(),
    FieldType.LABEL: st.text(),
}
some_value = st.sampled_from(list(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind]))


@given(some_value, languages)
def test_a_value_that_is_shown_is_understood_again(pair: tuple[FieldType, Value], language: str) -> None:
    kind, value = pair
    assert typed.parse(kind, typed.show(value, language), language) == value


@given(some_value, languages)
def test_a_value_from_the_wire_is_understood_again(pair: tuple[FieldType, Value], language: str) -> None:
    kind, value = pair
    shown = typed.show_encoded(kind, encode(kind, value), language)
    assert typed.parse(kind, shown, language) == value


@given(some_value, languages, languages)
def test_a_change_of_language_keeps_the_value(pair: tuple[FieldType, Value], one: str, other: str) -> None:
    kind, value = pair
    moved = typed.in_other_language(kind, typed.show(value, one), one, other)
    assert typed.parse(kind, moved, other) == value


@pytest.mark.parametrize("text", ["about ten", "1.234", ""])
def test_a_change_of_language_leaves_what_cannot_be_read(text: str) -> None:
    assert typed.in_other_language(FieldType.DOUBLE, text, "en", "nl") == text


def test_a_number_typed_in_english_is_dutch_for_a_dutch_reader() -> None:
    assert typed.in_other_language(FieldType.DOUBLE, "25.5", "en", "nl") == "25,5"


@pytest.mark.parametrize(
    ("kind", "encoded", "shown"),
    [
        (FieldType.DOUBLE, "[F:25.5]", "25,5"),
        (FieldType.INTEGER, "lots", "lots"),
        (FieldType.INTEGER, "", ""),
        (FieldType.CHECKBOX, "[I:0]", ""),
        (FieldType.CHECKBOX, "[I:1]", "1"),
        (FieldType.DATETIME, "[DT:01/02/2026 03:04:00.0000000]", "2026-01-02T03:04"),
    ],
)
def test_an_encoded_value_is_shown_as_it_would_be_typed(kind: FieldType, encoded: str, shown: str) -> None:
    assert typed.show_encoded(kind, encoded, "nl") == shown


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (ConfigField("k", FieldType.TEXT, default="<name>"), "<name>"),
        (ConfigField("k", FieldType.LABEL, default='US:"Hello";NL:"Hallo"'), "Hallo"),
        (ConfigField("k", FieldType.PASSWORD, default="secret"), ""),
        (ConfigField("k", FieldType.DOUBLE, default="[F:25.5]"), "25,5"),
        (ConfigField("k", FieldType.DOUBLE, default="x"), "0,00"),
        (ConfigField("k", FieldType.INTEGER), ""),
        (ConfigField("k", FieldType.CHECKBOX, default="[I:1]"), "1"),
    ],
)
def test_a_default_fills_the_field_in_the_readers_format(field: ConfigField, shown: str) -> None:
    assert typed.default_text(field, "nl") == shown


def test_types_of_values_are_told_apart() -> None:
    assert typed.parse(FieldType.INTEGER, "5", "en") == 5
    assert typed.parse(FieldType.DOUBLE, "5,0", "nl") == Decimal("5.0")
    assert typed.parse(FieldType.DATETIME, "2026-01-01T00:00", "nl") == datetime(2026, 1, 1)
    assert typed.parse(FieldType.CHECKBOX, "", "nl") is False
