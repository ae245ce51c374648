"""The syntax of encoded values: `[marker:value]` (docs/superoffice.md: Encoded values).

Every documented variant is decoded; the first of them is what `wizard.domain.fields.types` encodes.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from wizard.domain.fields.errors import DecodeError

MAX_VALUE_LENGTH = 1023
"""Characters of an encoded value that SuperOffice stores (ConnectionConfigField.FieldValue); see `length_of`."""
UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot carry."""

_ENCODED = re.compile(r"\[(DT|TS|[DTFIMBA]):(.*)\]", re.DOTALL)
_INTEGER = re.compile(r"[+-]?\d{1,1000}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DATETIME_FORMATS = (
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


def decode_integer(text: str) -> int:
    """Raises DecodeError."""
    _, value = _split(text)
    if not _INTEGER.fullmatch(value):
        raise DecodeError(text)
    return int(value)


def decode_decimal(text: str) -> Decimal:
    """Raises DecodeError.

    The exponent has three digits at most, as a double's has: written out, a longer one would fill the memory.
    """
    _, value = _split(text)
    if not _NUMBER.fullmatch(value):
        raise DecodeError(text)
    return Decimal(value)


def decode_datetime(text: str) -> datetime:
    """Raises DecodeError."""
    marker, value = _split(text)
    if marker in ("DT", "D", ""):
        value = re.sub(r"(\.\d{6})\d+$", r"\1", value)  # .NET writes seven decimals, Python parses six
        for each in _DATETIME_FORMATS:
            try:
                return datetime.strptime(value, each)
            except ValueError:
                continue
    raise DecodeError(text)


def encode_datetime(value: datetime) -> str:
    """With seven decimals of a second, as .NET writes them."""
    return f"[DT:{value:%m/%d/}{value.year:04}{value: %H:%M:%S.%f}0]"


def _split(text: str) -> tuple[str, str]:
    """Marker and value; square brackets without a marker are plain text."""
    found = _ENCODED.fullmatch(text.strip())
    return (found[1], found[2].strip()) if found else ("", text.strip())
