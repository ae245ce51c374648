"""How far a connection is in SuperOffice: its ticked steps, what has changed since it was entered, and the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.configuration import Part
from wizard.domain.next_steps import EDIT_PAGE, NEXT_STEPS, NextStep, Progress, help_url
from wizard.messages import NEXT_STEP_WORDS, full_moment, moment, zoned_moment
from wizard.models import Connection, DoneStep
from wizard.models.columns import now
from wizard.services.connections import versions_of
from wizard.services.superoffice import linked
from wizard.services.users import count_users
from wizard.views.checks.receipt_view import ReceiptView, capitalised
from wizard.views.configuration.activating.overview import can_be_activated
from wizard.views.configuration.parts import part_url
from wizard.views.connections.sheet import Change, SheetView, changes_of, sheet_of
from wizard.views.connections.sheet_configuration import SheetPart, configuration_sheet
from wizard.views.practice import is_practice
from wizard.views.users.scope_text import left_text, scope_text, users_text
from wizard.web import current_language

PREPARED = {
    NextStep.MAPPINGS: Part.MAPPINGS,
    NextStep.LIST_MAPPING: Part.LISTS,
    NextStep.DEFAULTS: Part.DEFAULTS,
    NextStep.RANK: Part.RANK,
    NextStep.PRIORITY: Part.PRIORITY,
    NextStep.IMPORT: Part.IMPORT,
}
"""The steps that have a page here, on which they are prepared until SuperOffice is linked."""


@dataclass(frozen=True)
class StepView:
    """A step in SuperOffice; `done` says who has ticked it and when, `help_url` is SuperOffice's own page about it.

    `seen` says when the wizard has seen itself that it is done: then there is nothing to tick. `href` is the page on
    which it can be prepared here, if there is one.
    """

    id: str
    title: str
    when: str
    says: str
    help_url: str
    tick_url: str
    done: str | None
    seen: str
    href: str | None


@dataclass(frozen=True)
class ConnectionView:
    """What the page of a connection shows.

    `made` says when, `left` how much of what is needed is to be done, `left_users` who of the scope has left
    SuperOffice. `configuration` is what to set below the connection, unless the wizard writes it there.
    `is_deleted_there`: the wizard has deleted it on both sides.
    """

    name: str
    description: str
    state: tuple[str, str]
    is_entered: bool
    is_practice: bool
    is_deleted: bool
    is_deleted_there: bool
    made: str
    left: str
    steps: Sequence[StepView]
    changes: Sequence[Change]
    change_help_url: str
    sheet: SheetView
    configuration: Sequence[SheetPart]
    sheet_url: str
    enter_url: str
    versions: str
    receipt: ReceiptView | None
    scope: str
    users: str
    left_users: str


def connection_view(connection: Connection) -> ConnectionView:
    scope = connection.scope
    return ConnectionView(
        name=connection.name,
        description=connection.description,
        state=state_of(connection),
        is_entered=_is_entered(connection),
        is_practice=is_practice(connection.connector.url),
        is_deleted=connection.deleted_at is not None,
        is_deleted_there=_is_deleted_there(connection),
        made=_("Made %(moment)s", moment=full_moment(now())),
        left=_left(connection),
        steps=[_step_view(connection, step) for step in _steps(connection)],
        changes=changes_of(connection),
        change_help_url=help_url(EDIT_PAGE, current_language()),
        sheet=sheet_of(connection),
        configuration=[] if connection.is_there else configuration_sheet(connection),
        sheet_url=url_for("connections.sheet", connection_id=connection.id),
        enter_url=url_for("connections.tick", connection_id=connection.id, step=NextStep.ENTER.value),
        versions=versions_of(connection),
        receipt=_receipt(connection),
        scope=scope_text(scope),
        users="" if scope.everyone else users_text(count_users(scope.group_ids, scope.user_ids)),
        left_users="" if scope.everyone else left_text(scope),
    )


def state_of(connection: Connection) -> tuple[str, str]:
    """How far it is, with a tone; of a deleted one, whether it has to be deleted in SuperOffice too."""
    if connection.deleted_at is not None:
        there = _is_entered(connection) and not _is_deleted_there(connection)
        return (_("Still in SuperOffice"), "warn") if there else (_("Not in SuperOffice"), "")
    if connection.is_there:
        return (_("Active"), "ok") if connection.is_active_there else (_("Not active"), "")
    match connection.progress:
        case Progress.NOT_ENTERED:
            return _("Not entered in SuperOffice yet"), ""
        case Progress.ENTERED:
            return _("Entered, not active yet"), ""
        case Progress.ACTIVE:
            return _("Active"), "ok"


def _is_entered(connection: Connection) -> bool:
    return connection.is_there or connection.progress != Progress.NOT_ENTERED


def _is_deleted_there(connection: Connection) -> bool:
    return connection.deleted_at is not None and connection.is_there and connection.superoffice_owed is None


def said(done: DoneStep) -> str:
    """Who has ticked a step, and when."""
    return _("%(who)s said so %(moment)s.", who=done.who, moment=moment(done.at))


def _left(connection: Connection) -> str:
    done = {*connection.done, *_seen_steps(connection)}
    needed = [step for step in _steps(connection) if NEXT_STEPS[step].is_needed and step not in done]
    if not needed:
        return _("All that is needed is done.")
    return ngettext("%(num)s step that is needed is left.", "%(num)s steps that are needed are left.", len(needed))


def _steps(connection: Connection) -> list[NextStep]:
    """Those that are a person's: where the wizard may write, the others are pages of the connection."""
    if can_be_activated(connection):
        return [NextStep.IMPORT, NextStep.AUTOMATIC_SYNC]
    return [step for step in NextStep if step != NextStep.ENTER or not connection.is_there]


def _seen_steps(connection: Connection) -> frozenset[NextStep]:
    """Those without which it was not active in SuperOffice, where the wizard has seen it active before it was unlinked.

    A link for reading compares them with what is ticked.
    """
    if connection.is_active_there and linked() is None:
        return frozenset({NextStep.MAPPINGS, NextStep.ACTIVATE})
    return frozenset()


def _step_view(connection: Connection, step: NextStep) -> StepView:
    words, done, at = NEXT_STEP_WORDS[step], connection.done.get(step), connection.superoffice_seen_at
    is_seen = step in _seen_steps(connection)
    return StepView(
        id=f"step-{step.value}",
        title=str(words.title),
        when=str(words.when),
        says=str(words.says),
        help_url=help_url(NEXT_STEPS[step].help_page, current_language()),
        tick_url=url_for("connections.tick", connection_id=connection.id, step=step.value),
        done=said(done) if done else None,
        seen=_("Seen in SuperOffice: %(moment)s", moment=moment(at)) if at and is_seen else "",
        href=part_url(connection.id, PREPARED[step]) if step in PREPARED and connection.deleted_at is None else None,
    )


def _receipt(connection: Connection) -> ReceiptView | None:
    receipt = connection.receipt
    if not receipt:
        return None
    at = datetime.fromisoformat(receipt["at"])
    who = _("%(who)s, and SuperOffice", who=receipt["who"]) if connection.is_there else receipt["who"]
    when, dated = capitalised(zoned_moment(at)), full_moment(at)
    return ReceiptView(receipt["number"], who, when, dated, void=bool(receipt.get("void")))
