"""A configuration value as a person types it, in the format of their language. A ticked box is "1", an unticked ""."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from wizard.domain.fields import numbers
from wizard.domain.fields.encoding import decode, default_value
from wizard.domain.fields.field import ConfigField, FieldType
from wizard.domain.fields.multilang import in_language

Value = bool | int | Decimal | datetime | str


def parse(field_type: FieldType, text: str, language: str) -> Value:
    """What a person of this language meant. Raises ValueError with a `code`, see `wizard.domain.fields.numbers`."""
    match field_type:
        case FieldType.CHECKBOX:
            return text == "1"
        case FieldType.INTEGER:
            return numbers.parse_integer(text)
        case FieldType.DOUBLE:
            return numbers.parse_decimal(text)
        case FieldType.DATETIME:
            return numbers.parse_datetime(text, language)
        case _:
            return text


def show(value: Value | None, language: str) -> str:
    """A value as a person of this language would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else ""
        case int():
            return str(value)
        case Decimal():
            return numbers.format_decimal(value, language)
        case datetime():
            return numbers.format_datetime(value)
        case _:
            return value


def show_encoded(field_type: FieldType, encoded: str, language: str) -> str:
    """An encoded value as it would be typed; one that cannot be decoded, as it is."""
    if encoded == "":
        return ""
    try:
        return show(decode(field_type, encoded), language)
    except ValueError:
        return encoded


def default_text(field: ConfigField, language: str) -> str:
    """What fills a field before anything is typed; a label's is its text. Template tags stay as they are."""
    if field.type == FieldType.LABEL:
        return in_language(field.default, language)
    if field.type == FieldType.PASSWORD:
        return ""
    return show(default_value(field), language)


def in_other_language(field_type: FieldType, text: str, typed_in: str, language: str) -> str:
    """A typed text, rewritten for another language's format; what cannot be read stays as it was typed."""
    if typed_in == language or text == "":
        return text
    try:
        return show(parse(field_type, text, typed_in), language)
    except ValueError:
        return text
