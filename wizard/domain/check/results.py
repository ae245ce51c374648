"""The results of stages, and the verdict over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wizard.domain.check.reasons import REASONS, Owner
from wizard.domain.check.signs import SIGNS
from wizard.domain.check.stages import Outcome, Stage, Verdict

OWN_FACTS = frozenset(
    [
        *("host", "port", "address", "addresses", "from", "scheme", "literal", "version", "since", "until"),
        *("status", "limit", "limit_seconds", "length", "count", "needed", "missing", "fields"),
        *("kind", "refused", "operation", "target", "tenant", "client_id", "redirect", "users", "groups", "connectors"),
        *("software", "id", "dead"),
    ]
)
"""Facts that no server has written."""


@dataclass(frozen=True, slots=True)
class StageResult:
    """How one stage ended.

    `facts` are the particulars that the words are made of (host, port, `until` as ISO 8601 in UTC, ...).
    `sign` is that of `SIGNS` by which the answer explained itself, if there was one.
    `evidence` are raw rows, label and text, for the collapsed detail; secrets are already blacked out in both.
    """

    stage: Stage
    outcome: Outcome
    reason: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[tuple[str, str], ...] = ()
    elapsed_ms: int = 0
    sign: str | None = None

    @property
    def owner(self) -> Owner | None:
        """Who can repair it; None where there is nothing to repair."""
        if not self.reason:
            return None
        by_sign = SIGNS[self.sign].owner if self.sign else None
        return self._owner_on_the_way() or by_sign or REASONS[self.reason].owner

    def _owner_on_the_way(self) -> Owner | None:
        """Of a layer before SuperOffice itself: no provider of an app runs its servers."""
        layer = REASONS[self.reason or ""].stage
        if self.facts.get("target") != "superoffice" or layer in (Stage.ADDRESS, Stage.SUPEROFFICE):
            return None
        return Owner.SUPEROFFICE if layer == Stage.HTTP and "tenant" in self.facts else Owner.IT

    def without_answer(self) -> StageResult:
        """Without what any server has said, which may repeat configuration values."""
        facts = {name: fact for name, fact in self.facts.items() if name in OWN_FACTS}
        return replace(self, facts=facts, evidence=())

    def to_json(self) -> dict[str, Any]:
        return {
            "stage": self.stage.value,
            "outcome": self.outcome.value,
            "reason": self.reason,
            "facts": dict(self.facts),
            "evidence": [list(row) for row in self.evidence],
            "elapsed_ms": self.elapsed_ms,
            "sign": self.sign,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> StageResult:
        sign = data.get("sign")  # older results have none, and a sign may be gone meanwhile
        return cls(
            stage=Stage(data["stage"]),
            outcome=Outcome(data["outcome"]),
            reason=data["reason"],
            facts=data["facts"],
            evidence=tuple((label, text) for label, text in data["evidence"]),
            elapsed_ms=data["elapsed_ms"],
            sign=sign if sign in SIGNS else None,
        )


def verdict_of(results: Iterable[StageResult]) -> Verdict:
    """The worst outcome among the stages; a skipped stage does not count."""
    outcomes = {result.outcome for result in results}
    for outcome in (Outcome.FAILED, Outcome.WARNING):
        if outcome in outcomes:
            return Verdict(outcome.value)
    return Verdict.PASSED
