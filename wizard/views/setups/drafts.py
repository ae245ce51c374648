"""Saves the draft of a step on every change, and notices what another page has changed meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_login import current_user

from wizard.domain.drafts import Draft, PageVersion, with_fields
from wizard.domain.steps import Step
from wizard.messages import moment
from wizard.models import Setup
from wizard.services.setups import fingerprint, save_draft
from wizard.views.setups.differences import Difference

Compare = Callable[[Draft, Draft], list[Difference]]


@dataclass(frozen=True)
class Meanwhile:
    """What another page has changed since this one was rendered.

    `rows` are the fields that both have changed, `taken` those that the form shows as they are there. `draft` is what
    the form shows: what is saved, with this page's version of `rows`, which is saved when the form is sent again.
    """

    rows: Sequence[Difference]
    taken: Sequence[Difference]
    draft: dict[str, Any]
    own_tab: bool


def save_or_compare(
    setup: Setup, step: Step, draft: dict[str, Any], compare: Compare, current: Draft | None = None
) -> Meanwhile | None:
    """Saves a draft field by field; returns what another page has changed meanwhile, if that can be seen."""
    current, own_tab = setup.typed(step) if current is None else current, setup.updated_by_id == current_user.id
    found = save_draft(current_user, setup, step, draft, sent_version(), current)
    rows = compare(current, with_fields(current, draft, found.conflicts))
    taken = compare(current, with_fields(current, draft, found.theirs))
    if not rows and found.conflicts:
        save_draft(current_user, setup, step, with_fields(setup.typed(step), draft, found.conflicts))
    if not (rows or taken):
        return None
    plain = {name for name in found.conflicts if not name.startswith("secrets.")}
    return Meanwhile(rows, taken, with_fields(setup.typed(step), draft, plain), own_tab)


def sent_version() -> PageVersion:
    """What the page that sends a form was rendered with."""
    typed_at = request.form.get("typed_at", "")
    is_time = typed_at.isascii() and typed_at.isdecimal() and len(typed_at) < 16
    return PageVersion(request.form.get("page", "")[:16], _base(), int(typed_at) if is_time else None)


def base_of(texts: Mapping[str, Any]) -> str:
    """The fingerprints of what a page shows, as the page sends them back."""
    return json.dumps({name: fingerprint("" if value is None else str(value)) for name, value in texts.items()})


def page_waits() -> bool:
    """Whether the page that sends a draft waits for a check: if the answer shows its end, it does not ask again."""
    return "waits" in request.form


def draft_saved(setup: Setup) -> str | None:
    """When the draft was last saved, in words; None before anything was typed."""
    return None if setup.updated_at == setup.created_at else moment(setup.updated_at)


def _base() -> Mapping[str, str] | None:
    """None for anything that no page of this application sends."""
    try:
        found = json.loads(request.form.get("base", ""))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
