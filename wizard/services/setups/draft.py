"""Saves what is typed, as it is typed, on every change."""

from __future__ import annotations

from typing import Any

from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Account, Setup
from wizard.models.columns import now
from wizard.services.versions import require_version

MAX_LATENESS_MS = 60_000
"""Further back, it is another machine's clock that differs."""


def save_draft(
    account: Account,
    setup: Setup,
    step: Step,
    draft: dict[str, Any],
    version: int | None,
    typed_at: int | None = None,
) -> None:
    """Writes a step's draft. `setup` is locked by the caller; `version` is the one that its page was rendered from.

    `typed_at` is the browser's clock in milliseconds: two requests of one page may arrive in the wrong order, and then
    the older one changes nothing.

    Raises StaleVersion when another administrator has written other values since the page was rendered. One's own
    second tab, or a page from the back button, overwrites.
    """
    if setup.typed(step) == draft:
        return
    if version is not None and setup.updated_by_id != account.id:
        require_version(setup, version)
    times = setup.draft.get("typed_at", {})
    if (
        typed_at is not None
        and account.id == setup.updated_by_id
        and 0 < times.get(step.value, 0) - typed_at < MAX_LATENESS_MS
    ):
        return
    setup.draft = {**setup.draft, step.value: draft, "typed_at": times | {step.value: typed_at or 0}}
    setup.updated_by = account
    setup.updated_at = now()
    setup.version += 1
    db.session.commit()
