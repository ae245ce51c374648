"""Saves what is typed, as it is typed, on every change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wizard.domain.drafts import Draft, Merge, PageVersion, merge, texts_of, with_fields
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Account, Setup
from wizard.models.columns import now
from wizard.services.checks import sign_payload

MAX_LATENESS_MS = 60_000
"""Further back, it is another machine's clock that differs."""


def fingerprint(text: str) -> str:
    """Tells whether a text is still the same. Without the instance's key nobody can guess a text from it."""
    return sign_payload(b"draft " + text.replace("\r\n", "\n").encode())[:16]


def save_draft(
    account: Account,
    setup: Setup,
    step: Step,
    draft: dict[str, Any],
    page: PageVersion | None = None,
    current: Draft | None = None,
) -> Merge:
    """Writes a step's draft, but for the fields that another page has changed since this one was rendered.

    `setup` is locked by the caller. `current` is the present draft, if it has to be read in another language first.
    What a page sends late changes nothing: two of its requests may arrive in the wrong order. A draft that does not
    come from a page overwrites.
    """
    page = page or PageVersion()
    if _is_late(setup, step, page):
        return Merge()
    current = setup.typed(step) if current is None else current
    found = _merge(setup, step, draft, page, current)
    _write(account, setup, step, with_fields(draft, current, {*found.theirs, *found.conflicts}), page)
    return found


def _merge(setup: Setup, step: Step, draft: Draft, page: PageVersion, current: Draft) -> Merge:
    if page.base is None:
        return Merge()
    writers: Mapping[str, str] = setup.draft.get("writers", {}).get(step, {})
    elsewhere = [name for name, writer in writers.items() if writer != page.id]
    return merge(texts_of(draft), texts_of(current), page.base, elsewhere, fingerprint)


def _is_late(setup: Setup, step: Step, page: PageVersion) -> bool:
    newest_page, newest = setup.draft.get("newest", {}).get(step, ("", 0))
    if page.typed_at is None or page.id != newest_page:
        return False
    return bool(0 < newest - page.typed_at < MAX_LATENESS_MS)


def _write(account: Account, setup: Setup, step: Step, draft: dict[str, Any], page: PageVersion) -> None:
    before = setup.typed(step)
    if before == draft:
        return
    old, new = texts_of(before), texts_of(draft)
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    writers: Mapping[str, str] = setup.draft.get("writers", {}).get(step, {})
    setup.draft = {
        **setup.draft,
        step.value: draft,
        "writers": {**setup.draft.get("writers", {}), step.value: {**writers, **dict.fromkeys(changed, page.id)}},
        "newest": {**setup.draft.get("newest", {}), step.value: (page.id, page.typed_at or 0)},
    }
    setup.updated_by = account
    setup.updated_at = now()
    setup.version += 1
    db.session.commit()
