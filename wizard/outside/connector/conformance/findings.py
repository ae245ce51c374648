"""What a conformance run finds, and the exceptions by which a case says so."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.domain.check import Outcome


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried: `outcome` passed, warning, failed or skipped; `says` why, in English for engineers."""

    name: str
    operation: str
    outcome: Outcome
    says: str
    elapsed_ms: int


class Violation(Exception):
    """What a case found against the connector."""

    def __init__(self, says: str, outcome: Outcome = Outcome.FAILED) -> None:
        super().__init__(says)
        self.says, self.outcome = says, outcome


class NothingToTry(Exception):
    """A case that has nothing to try."""
