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

    NONE = "none"
    TO_SUPEROFFICE = "to_superoffice"
    TO_ERP = "to_erp"
    BOTH = "both"

    @classmethod
    def of(cls, to_superoffice: bool, to_erp: bool) -> Direction:
        """The direction of SuperOffice's two members, SyncToCrm and SyncToErp."""
        if to_superoffice:
            return cls.BOTH if to_erp else cls.TO_SUPEROFFICE
        return cls.TO_ERP if to_erp else cls.NONE

    @property
    def to_superoffice(self) -> bool:
        return self in (Direction.TO_SUPEROFFICE, Direction.BOTH)

    @property
    def to_erp(self) -> bool:
        return self in (Direction.TO_ERP, Direction.BOTH)


@dataclass(frozen=True)
class ErpField:
    """A field by its key and the name that its users see."""

    key: str
    name: str
    kind: Kind
    read_only: bool = False
    mandatory: bool = False
