"""Keeps what is typed, as it is typed, on every change."""

from __future__ import annotations

from typing import Any

from wizard.domain.steps import Step
from wizard.errors import StaleVersion
from wizard.extensions import db
from wizard.models import Account, Setup
from wizard.models.columns import now

MAX_LATENESS_MS = 60_000
"""Further back, it is another machine's clock that differs."""


def save_draft(
    account: Account,
    setup: Setup,
    step: Step,
    typed: dict[str, Any],
    seen_version: int | None,
    typed_at: int | None = None,
) -> None:
    """Writes a step's draft. `setup` is locked by the caller.

    `typed_at` is the browser's clock in milliseconds: two requests of one page may come in the wrong order, and then
    what was typed first is left out.

    Raises StaleVersion when somebody else has written the draft since the page was made and typed other values; the
    own second tab or a page from the back button overwrites, as its person would expect.
    """
    theirs = setup.typed(step)
    if theirs == typed:
        return
    if seen_version is not None and setup.version > seen_version and setup.updated_by_id != account.id:
        raise StaleVersion(theirs, typed)
    times = setup.draft.get("typed_at", {})
    if (
        typed_at is not None
        and account.id == setup.updated_by_id
        and 0 < times.get(step.value, 0) - typed_at < MAX_LATENESS_MS
    ):
        return
    setup.draft = {**setup.draft, step.value: typed, "typed_at": times | {step.value: typed_at or 0}}
    setup.updated_by = account
    setup.updated_at = now()
    setup.version += 1
    db.session.commit()
