"""The vocabulary of checks: stages, outcomes, reasons with their owners, signs, results, verdicts: plain values."""

from wizard.domain.check.health import Health
from wizard.domain.check.kinds import SAVES, RunKind, RunState
from wizard.domain.check.observer import NO_OBSERVER, CheckObserver
from wizard.domain.check.reasons import REASONS, Owner, Reason
from wizard.domain.check.results import OWN_FACTS, StageResult, verdict_of
from wizard.domain.check.signs import SIGNS, Said, Sign, said_in, shortest_of, sign_of, target_of
from wizard.domain.check.stages import (
    ACTIVATE_STAGES,
    CONNECTION_STAGES,
    CONNECTOR_STAGES,
    LINK_STAGES,
    LINKED_STAGE,
    REGISTER_STAGES,
    SAVE_BOTH_STAGES,
    SAVE_STAGES,
    Outcome,
    Stage,
    Verdict,
)

__all__ = [
    "ACTIVATE_STAGES",
    "CONNECTION_STAGES",
    "CONNECTOR_STAGES",
    "LINKED_STAGE",
    "LINK_STAGES",
    "NO_OBSERVER",
    "OWN_FACTS",
    "REASONS",
    "REGISTER_STAGES",
    "SAVES",
    "SAVE_BOTH_STAGES",
    "SAVE_STAGES",
    "SIGNS",
    "CheckObserver",
    "Health",
    "Outcome",
    "Owner",
    "Reason",
    "RunKind",
    "RunState",
    "Said",
    "Sign",
    "Stage",
    "StageResult",
    "Verdict",
    "said_in",
    "shortest_of",
    "sign_of",
    "target_of",
    "verdict_of",
]
