"""What a conformance run finds, and the exceptions by which a case says so."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.domain.check import Outcome


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one case; `says` why, in English for engineers."""

    name: str
    operation: str
    outcome: Outcome
    says: str
    elapsed_ms: int


class Violation(Exception):
    """The connector violates the contract, or (outcome warning) departs from its advice."""

    def __init__(self, says: str, outcome: Outcome = Outcome.FAILED) -> None:
        super().__init__(says)
        self.says, self.outcome = says, outcome


class NothingToTry(Exception):
    """The case does not apply."""
