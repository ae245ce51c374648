"""What step 2 says and offers where the connector is saved in SuperOffice too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.domain.check import Outcome, RunKind, Stage
from wizard.services.in_superoffice import may_save_there
from wizard.services.setups import ConnectorRuns


@dataclass(frozen=True)
class RegistrationView:
    """`unreached`: it answers here and not to SuperOffice. After an attempt to save it there that has failed,
    `has_failed` is set, and `adoptable` are the numbers of those that SuperOffice has already."""

    saving: bool = False
    unreached: bool = False
    has_failed: bool = False
    adoptable: Sequence[str] = ()


def registration_view(runs: ConnectorRuns) -> RegistrationView | None:
    """None where no connector is saved in SuperOffice."""
    if not may_save_there():
        return None
    run = runs.current
    if run is None or not runs.covers(run):
        return RegistrationView()
    if run.kind != RunKind.REGISTER:
        return RegistrationView(unreached=any(_is_unreached(each.stage, each.outcome) for each in run.stages))
    failure = run.failure
    ids = failure.facts["ids"].split(", ") if failure and failure.reason == "superoffice.exists" else ()
    return RegistrationView(saving=run.unfinished, has_failed=not run.unfinished and not run.passed, adoptable=ids)


def _is_unreached(stage: Stage, outcome: Outcome) -> bool:
    return stage == Stage.SUPEROFFICE and outcome == Outcome.WARNING
