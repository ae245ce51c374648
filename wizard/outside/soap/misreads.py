"""Places of an answer that SuperOffice would refuse or silently misread.

See docs/superoffice.md: What SuperOffice reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MisreadKind(StrEnum):
    """Why SuperOffice would not read a place as it is meant."""

    ORDER = "order"
    NAMESPACE = "namespace"
    DICTIONARY = "dictionary"
    ITEM = "item"
    RESULT = "result"
    ABSENT = "absent"
    ENUM = "enum"
    NIL = "nil"
    VALUE = "value"
    TYPE = "type"
    STRAY = "stray"
    HEADER = "header"

    @property
    def refused(self) -> bool:
        """Whether SuperOffice refuses the answer; otherwise it reads on without the member and says nothing."""
        return self not in (
            MisreadKind.ORDER,
            MisreadKind.NAMESPACE,
            MisreadKind.DICTIONARY,
            MisreadKind.ITEM,
            MisreadKind.RESULT,
            MisreadKind.ABSENT,
        )


@dataclass(frozen=True, slots=True)
class Misread:
    """A member that SuperOffice would not read as it is meant. `path` leads to it by wire names."""

    kind: MisreadKind
    path: str
    text: str = ""
