"""The health of a connector or of a connection: what lists show of its last check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizard.domain.check.results import StageResult
from wizard.domain.check.stages import Verdict


@dataclass(frozen=True, slots=True)
class Health:
    """When the check ended, how long it took, and the stage that decided its verdict unless all passed."""

    verdict: Verdict
    stage: StageResult | None
    at: datetime
    elapsed_ms: int
    run_id: str

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict.value,
            "stage": self.stage.to_json() if self.stage else None,
            "at": self.at.isoformat(),
            "elapsed_ms": self.elapsed_ms,
            "run_id": self.run_id,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Health:
        return cls(
            verdict=Verdict(data["verdict"]),
            stage=StageResult.from_json(data["stage"]) if data["stage"] else None,
            at=datetime.fromisoformat(data["at"]),
            elapsed_ms=data["elapsed_ms"],
            run_id=data["run_id"],
        )
