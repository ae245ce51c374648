"""Drafts on the Sync page: setups and forms that can be resumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from wizard.domain.steps import Step
from wizard.forms import ConfigForm
from wizard.messages import moment
from wizard.models import Setup, SetupKind
from wizard.models.encrypted import Undecryptable
from wizard.services.setups import chosen_connector, in_progress, tested_setups
from wizard.views.home.lists import cannot_be_decrypted
from wizard.views.setups.steps import progress, step_url
from wizard.web import current_language


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


def drafts_in_progress() -> list[Draft]:
    setups = in_progress()
    tested = tested_setups(setups)
    return [_draft(setup, is_tested=setup.id in tested) for setup in setups]


def _draft(setup: Setup, *, is_tested: bool) -> Draft:
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
        items=[
            *(progress(setup) if guided else ()),
            *((True, text) for text in _filled_in(setup)),
            *((False, text) for text in _left(setup, is_tested)),
        ],
        note=note,
        button=_("Continue setup") if guided else _("Continue"),
        href=step_url(setup, setup.step),
        discard_url=url_for("setups.discard", setup_id=setup.id),
    )


def _filled_in(setup: Setup) -> Iterator[str]:
    """Who has filled in passwords by a link."""
    if isinstance(setup.draft, Undecryptable):
        return
    secrets: Mapping[str, Mapping[str, str]] = setup.typed(Step.CONNECTION).get("secrets", {})
    for who in dict.fromkeys(each["by"] for each in secrets.values() if each.get("by")):
        yield _("%(who)s has filled in what you asked for", who=who)


def _left(setup: Setup, is_tested: bool) -> Iterator[str]:
    """What the step where it stands still needs."""
    if setup.step == Step.APP or isinstance(setup.draft, Undecryptable):
        return
    typed = setup.typed(setup.step)
    if not typed.get("name"):
        yield _("Name is missing")
    if setup.step == Step.CONNECTOR and not typed.get("url"):
        yield _("URL is missing")
    if setup.step == Step.CONNECTION:
        yield from _left_of_connection(setup)
    if not is_tested:
        yield _("Not tested yet")


def _left_of_connection(setup: Setup) -> Iterator[str]:
    connector, typed = chosen_connector(setup), setup.typed(Step.CONNECTION)
    if connector is None:
        yield _("Connector is not chosen")
        return
    form = ConfigForm(
        connector.config_fields() or (),
        typed.get("values", {}),
        typed.get("secrets", {}),
        origin=connector.origin,
        language=current_language(),
        typed_in=typed.get("language"),
    )
    if count := len(form.errors_by_id()):
        yield ngettext("%(num)s field to fill in", "%(num)s fields to fill in", count)


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
    return setup.name or unnamed
