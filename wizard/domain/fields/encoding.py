"""How values travel: `[marker:value]`, texts and list keys bare (superoffice-facts §4, CultureDataFormatter).

Every documented variant is read; the first is written.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from wizard.domain.fields.field import ConfigField, FieldType

Value = bool | int | Decimal | datetime | str

MAX_VALUE_LENGTH = 1023
"""Characters of an encoded value that SuperOffice keeps (ConnectionConfigField.FieldValue); see `length_of`."""
UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot carry."""

_SHAPE = re.compile(r"\[(DT|TS|[DTFIMBA]):(.*)\]", re.DOTALL)
_INTEGER = re.compile(r"[+-]?\d{1,1000}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_BARE = (FieldType.TEXT, FieldType.PASSWORD, FieldType.LIST, FieldType.LABEL)
_DATES = (
    "%m/%d/%Y %H:%M:%S.%f",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y",
)


def length_of(text: str) -> int:
    """Characters as SuperOffice's database counts them: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class DecodeError(ValueError):
    """A text that is no value of the field's type."""


def encode(field_type: FieldType, value: Value) -> str:
    """A value as it travels. A decimal keeps its digits, a datetime has seven decimals of a second."""
    match field_type:
        case FieldType.CHECKBOX:
            return f"[I:{int(bool(value))}]"
        case FieldType.INTEGER:
            return f"[I:{value}]"
        case FieldType.DOUBLE:
            return f"[F:{value:f}]"
        case FieldType.DATETIME if isinstance(value, datetime):
            return f"[DT:{value:%m/%d/}{value.year:04}{value: %H:%M:%S.%f}0]"
        case _:
            return str(value)


def decode(field_type: FieldType, text: str) -> Value:
    """What a text from the wire means for a field of this type. Raises DecodeError."""
    if field_type in _BARE:
        return text
    marker, bare = _split(text)
    match field_type:
        case FieldType.CHECKBOX:
            return _integer(bare) != 0
        case FieldType.INTEGER:
            return _integer(bare)
        case FieldType.DOUBLE:
            return _decimal(bare)
        case _ if marker in ("DT", "D", ""):
            return _datetime(bare)
    raise DecodeError(text)


def default_value(field: ConfigField) -> Value | None:
    """What fills the field's widget before anything is typed; None for an empty one.

    A number that fails conversion becomes 0 or 0.00, as in SuperOffice; a date that does becomes none.
    """
    if field.type not in _BARE and field.default == "":
        return False if field.type == FieldType.CHECKBOX else None
    try:
        return decode(field.type, field.default)
    except DecodeError:
        zeros: dict[FieldType, Value] = {
            FieldType.CHECKBOX: False,
            FieldType.INTEGER: 0,
            FieldType.DOUBLE: Decimal("0.00"),
        }
        return zeros.get(field.type)


def _split(text: str) -> tuple[str, str]:
    """Marker and value; square brackets without a marker are plain text."""
    shaped = _SHAPE.fullmatch(text.strip())
    return (shaped[1], shaped[2].strip()) if shaped else ("", text.strip())


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise DecodeError(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    """The exponent has three digits at most, as a double's has: written out, a longer one would fill the memory."""
    if not _NUMBER.fullmatch(text):
        raise DecodeError(text)
    return Decimal(text)


def _datetime(text: str) -> datetime:
    text = re.sub(r"(\.\d{6})\d+$", r"\1", text)  # .NET writes seven decimals, Python reads six
    for form in _DATES:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    raise DecodeError(text)
