"""A configuration value as it stands in a file: `true`, `250`, `25.5`, `2026-12-31 23:59:00`; texts as they are."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from wizard.domain.fields.encoding import Value, decode, encode
from wizard.domain.fields.field import FieldType

_TICKED = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
    "": False,
}
_BARE = (FieldType.TEXT, FieldType.PASSWORD, FieldType.LIST, FieldType.LABEL)


def encode_plain(field_type: FieldType, text: str) -> str:
    """A plain value as it travels; one that is encoded already stays so. Raises ValueError."""
    if field_type in _BARE or (text == "" and field_type != FieldType.CHECKBOX):
        return text
    if text.startswith("["):
        decode(field_type, text)
        return text
    return encode(field_type, _value(field_type, text.strip()))


def show_plain(field_type: FieldType, encoded: str) -> str:
    """The plain value of one that travels; what cannot be decoded, as it is. `encode_plain` reads it back."""
    if field_type in _BARE or encoded == "":
        return encoded
    try:
        value = decode(field_type, encoded)
    except ValueError:
        return encoded
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat(" ")
        case _:
            return str(value)


def _value(field_type: FieldType, text: str) -> Value:
    match field_type:
        case FieldType.CHECKBOX:
            return _ticked(text)
        case FieldType.INTEGER | FieldType.DOUBLE:
            return decode(field_type, text)
        case _:
            value = datetime.fromisoformat(text)
            if value.tzinfo is not None:  # SuperOffice's datetimes have no time zone
                raise ValueError(text)
            return value


def _ticked(text: str) -> bool:
    if text.lower() not in _TICKED:
        raise ValueError(text)
    return _TICKED[text.lower()]
