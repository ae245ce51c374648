"""Drafts on the Sync page: setups and forms that can be resumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from wizard.domain.steps import Step
from wizard.messages import moment
from wizard.models import Setup, SetupKind
from wizard.models.encrypted import Undecryptable
from wizard.views.home.lists import cannot_be_decrypted
from wizard.views.setups.steps import progress, step_url


@dataclass(frozen=True)
class Draft:
    """A draft for the macro `resume` of macros/ui.html; `items` are the parts of a setup, and whether each is done."""

    id: int
    kicker: str
    title: str
    items: Sequence[tuple[bool, str]]
    note: str
    button: str
    href: str
    discard_url: str


def draft_of(setup: Setup) -> Draft:
    guided = setup.kind == SetupKind.GUIDED
    who = _("you") if setup.updated_by_id == current_user.id else setup.updated_by.name
    title, note = _title(setup), _("Saved as draft %(moment)s by %(who)s.", moment=moment(setup.updated_at), who=who)
    if title is None:
        title, note = _("Draft"), f"{note} {cannot_be_decrypted()}"
    step = _("Setup in progress, step %(number)s of %(count)s", number=setup.step.number, count=len(Step))
    return Draft(
        id=setup.id,
        kicker=step if guided else _kind(setup),
        title=title,
        items=progress(setup) if guided else [],
        note=note,
        button=_("Continue setup") if guided else _("Continue"),
        href=step_url(setup, setup.step),
        discard_url=url_for("setups.discard", setup_id=setup.id),
    )


def _kind(setup: Setup) -> str:
    """What a form that was opened from a list would save."""
    if setup.edits:
        return _("Changes not saved yet")
    if setup.kind == SetupKind.CONNECTOR:
        return _("New Sync Connector, not saved yet")
    return _("New ERP connection, not saved yet")


def _title(setup: Setup) -> str | None:
    """The name that was typed in the last step that has one; None for a draft that cannot be decrypted."""
    if isinstance(setup.draft, Undecryptable):
        return None
    unnamed = _("New setup") if setup.kind == SetupKind.GUIDED else _("Without a name")
    drafts = (setup.typed(step) for step in reversed(Step))
    return next((name for draft in drafts if (name := draft.get("name") or draft.get("erp"))), unnamed)
