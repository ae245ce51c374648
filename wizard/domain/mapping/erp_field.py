"""A field of an ERP's actor as a suggestion needs it, and the directions in which values may travel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "Text"
    INTEGER = "Integer"
    DECIMAL = "Decimal"
    DATE = "Date"
    CHECKBOX = "Checkbox"
    LIST = "List"


class Direction(StrEnum):
    """Where a value is copied to."""

    TO_SUPEROFFICE = "to_superoffice"
    BOTH = "both"


@dataclass(frozen=True)
class ErpField:
    """A field by its key and the name that its users see."""

    key: str
    name: str
    kind: Kind
    read_only: bool = False
    mandatory: bool = False
