"""What differs from SuperOffice, as `drift/_drift.html` renders it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.superoffice import Difference, Drift, DriftState
from wizard.messages import moment
from wizard.models import Connection, Connector, SuperOfficeDrift
from wizard.services.in_superoffice import may_save_there
from wizard.services.superoffice.drift import (
    Choice,
    Row,
    can_be_compared,
    choices_for,
    details_of,
    drift_of,
    drifts_of,
    is_fresh,
    version_of,
)
from wizard.views.checks.receipt_view import capitalised
from wizard.views.drift.values import label_of, text_of
from wizard.web import current_language


@dataclass(frozen=True)
class DifferenceRow:
    """One value on both sides; both None for a secret.

    `since` says on which side it was changed, where that is not the same for all; `chosen` is what was chosen before.
    """

    code: str
    label: str
    ours: str | None
    theirs: str | None
    since: str = ""
    offers_theirs: bool = True
    offers_ours: bool = True
    chosen: str = ""


@dataclass(frozen=True)
class DriftView:
    """`state` is a badge where the title does not say it, `failure` says why SuperOffice could not be asked.

    `asks`: the page asks once it is there.
    """

    title: str
    state: tuple[str, str] | None
    changed: str
    compared: str
    failure: str | None
    rows: Sequence[DifferenceRow]
    asks: bool
    hint: str
    version: str
    compare_url: str
    resolve_url: str
    restore_url: str


def drift_view(row: Row, *, failure: str | None = None, asks: bool = True) -> DriftView | None:
    """None for a row that SuperOffice is not known to have or that is being saved, and without a link to save there."""
    is_there = row.superoffice_id is not None and row.deleted_at is None and can_be_compared(row)
    if not is_there or not may_save_there():
        return None
    record, details = drift_of(row), details_of(row)
    kind = "connectors" if isinstance(row, Connector) else "connections"
    return DriftView(
        title=title_of(record, details),
        state=state_of(record) if record and record.state == DriftState.SAME else None,
        changed=_said(row, record) if record else "",
        compared=_compared(record) if record else "",
        failure=failure,
        rows=[_row(row, each, details) for each in details.differences] if details else [],
        asks=asks and not is_fresh(record),
        hint=_hint(row, details),
        version=version_of(row),
        compare_url=url_for("drift.compare", kind=kind, row_id=row.id),
        resolve_url=url_for("drift.resolve", kind=kind, row_id=row.id),
        restore_url=url_for("drift.restore", kind=kind, row_id=row.id) if _is_gone(record) else "",
    )


def _compared(record: SuperOfficeDrift) -> str:
    """When; the title says of what is the same that it was compared."""
    at = moment(record.read_at)
    return capitalised(at) if record.state == DriftState.SAME else _("Compared %(moment)s.", moment=at)


def _is_gone(record: SuperOfficeDrift | None) -> bool:
    return record is not None and record.state == DriftState.GONE


def title_of(record: SuperOfficeDrift | None, details: Drift | None) -> str:
    count = len(details.differences) if details else 0
    if _is_gone(record):
        return _("SuperOffice has it no longer")
    if count:
        return ngettext("%(num)s thing differs from SuperOffice", "%(num)s things differ from SuperOffice", count)
    return _("Compared with SuperOffice")


def state_of(record: SuperOfficeDrift) -> tuple[str, str]:
    """The badge of a comparison, with its tone."""
    match record.state:
        case DriftState.SAME:
            return _("The same there"), "ok"
        case DriftState.GONE:
            return _("Gone there"), "warn"
        case _:
            return _("Differs"), "warn"


@dataclass(frozen=True)
class DriftBadge:
    """What a list says of a row that differs."""

    text: str
    tone: str
    note: str


def badges_of(rows: Sequence[Row]) -> dict[int, DriftBadge]:
    """Of those rows of a list that differ from SuperOffice, by id."""
    records = drifts_of(rows) if any(row.superoffice_id is not None for row in rows) and may_save_there() else {}
    differing = {row_id: each for row_id, each in records.items() if each.state != DriftState.SAME}
    return {row_id: DriftBadge(*state_of(each), _note(each)) for row_id, each in differing.items()}


def _note(record: SuperOfficeDrift) -> str:
    """Where it was changed, and by whom."""
    match record.state:
        case DriftState.SAME | DriftState.DIFFERS:
            return ""
        case DriftState.GONE:
            return _("SuperOffice has it no longer.")
        case DriftState.CHANGED_HERE:
            return _("Changed here, not there.")
        case _:
            return _changed(record)


def _changed(record: SuperOfficeDrift) -> str:
    if record.changed_by and record.changed_at:
        return _("Changed there by %(who)s, %(moment)s.", who=record.changed_by, moment=moment(record.changed_at))
    return _("Changed there by %(who)s.", who=record.changed_by) if record.changed_by else _("Changed there.")


def _row(row: Row, difference: Difference, details: Drift) -> DifferenceRow:
    offers, language = choices_for(difference), current_language()
    return DifferenceRow(
        code=difference.code,
        label=label_of(row, difference, language),
        ours=None if difference.secret else text_of(row, difference, difference.ours, language),
        theirs=None if difference.secret else text_of(row, difference, difference.theirs, language),
        since=_since(details.sides[difference.code]) if details.state == DriftState.CHANGED_BOTH else "",
        offers_theirs=Choice.THEIRS in offers,
        offers_ours=Choice.OURS in offers,
        chosen=request.args.get(f"choice.{difference.code}", ""),
    )


def _since(side: DriftState) -> str:
    match side:
        case DriftState.CHANGED_THERE:
            return _("Changed there")
        case DriftState.CHANGED_HERE:
            return _("Changed here")
        case _:
            return _("Changed on both sides")


def _said(row: Row, record: SuperOfficeDrift) -> str:
    """What its page says beside the title."""
    if record.state != DriftState.GONE:
        return _note(record)
    if isinstance(row, Connector):
        return _("Restore it there: tab Sync, Sync Connectors. Or delete it here too.")
    return _("Restore it there: tab Sync, ERP connections. Or delete it here too.")


def _hint(row: Row, details: Drift | None) -> str:
    if details is None or not details.differences:
        return ""
    if isinstance(row, Connection):
        return _(
            "What is written to SuperOffice is saved and tested there. An active connection is deactivated meanwhile"
            " and activated again. Values that are taken have to be tested here."
        )
    return _("The form of the connector opens with what you have chosen. Check it there, then press Continue.")
