"""Values as people type them: formatted for another language and parsed, encoded and decoded, without any loss."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from tests.unit.domain.fields.values import languages, typed_values
from wizard.domain.fields import ConfigField, FieldType


@given(typed_values, languages)
def test_a_formatted_value_is_parsed_again(pair: tuple[FieldType, Any], language: str) -> None:
    kind, value = pair
    assert kind.value_type.parse(kind.value_type.format(value, language), language) == value


@given(typed_values, languages)
def test_a_formatted_encoded_value_is_parsed_again(pair: tuple[FieldType, Any], language: str) -> None:
    kind, value = pair
    formatted = kind.value_type.format_encoded(kind.value_type.encode(value), language)
    assert kind.value_type.parse(formatted, language) == value


@given(typed_values, languages, languages)
def test_a_change_of_language_keeps_the_value(pair: tuple[FieldType, Any], one: str, other: str) -> None:
    kind, value = pair
    moved = kind.value_type.reformat(kind.value_type.format(value, one), one, other)
    assert kind.value_type.parse(moved, other) == value


@pytest.mark.parametrize("text", ["about ten", "1.234", ""])
def test_a_change_of_language_leaves_what_cannot_be_read(text: str) -> None:
    assert FieldType.DOUBLE.value_type.reformat(text, "en", "nl") == text


def test_a_number_typed_in_english_is_dutch_for_a_dutch_reader() -> None:
    assert FieldType.DOUBLE.value_type.reformat("25.5", "en", "nl") == "25,5"


@pytest.mark.parametrize(
    ("kind", "encoded", "formatted"),
    [
        (FieldType.DOUBLE, "[F:25.5]", "25,5"),
        (FieldType.INTEGER, "lots", "lots"),
        (FieldType.INTEGER, "", ""),
        (FieldType.CHECKBOX, "[I:0]", ""),
        (FieldType.CHECKBOX, "[I:1]", "1"),
        (FieldType.DATETIME, "[DT:01/02/2026 03:04:00.0000000]", "2026-01-02T03:04"),
    ],
)
def test_an_encoded_value_is_formatted_as_it_would_be_typed(kind: FieldType, encoded: str, formatted: str) -> None:
    assert kind.value_type.format_encoded(encoded, "nl") == formatted


@pytest.mark.parametrize(
    ("field", "formatted"),
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
def test_a_default_fills_the_field_in_the_readers_format(field: ConfigField, formatted: str) -> None:
    assert field.default_text("nl") == formatted


def test_types_of_values_are_distinguished() -> None:
    assert FieldType.INTEGER.value_type.parse("5", "en") == 5
    assert FieldType.DOUBLE.value_type.parse("5,0", "nl") == Decimal("5.0")
    assert FieldType.DATETIME.value_type.parse("2026-01-01T00:00", "nl") == datetime(2026, 1, 1)
    assert FieldType.CHECKBOX.value_type.parse("", "nl") is False
