"""What an import would do with a record of the ERP, as SuperOffice's preview says it."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """`CHECK`: SuperOffice found something like it. `TWICE`: the ERP has it twice."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CHECK = "check"
    TWICE = "twice"
    UNKNOWN = "unknown"

    @property
    def needs_a_look(self) -> bool:
        """Whether somebody has to decide about the record before it is imported."""
        return self in (Outcome.CHECK, Outcome.TWICE)

    @property
    def is_imported(self) -> bool:
        """Whether an import would write something."""
        return self in (Outcome.NEW, Outcome.CHANGED)


_ENDINGS = {"Added": Outcome.NEW, "Updated": Outcome.CHANGED, "NoChange": Outcome.SAME}
_WHOLE = {"Obs": Outcome.CHECK, "ObsERPDuplicate": Outcome.TWICE}


def outcome_of(operation: str) -> Outcome:
    """Of the operation of a line: `ContactAdded`, `PersonNoChange`, `Obs` ..."""
    if operation in _WHOLE:
        return _WHOLE[operation]
    return next((each for end, each in _ENDINGS.items() if operation.endswith(end)), Outcome.UNKNOWN)
