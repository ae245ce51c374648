"""What was entered by hand in SuperOffice, seen there and compared field by field, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.fields import in_language
from wizard.domain.next_steps import NextStep
from wizard.domain.superoffice import Compared, Entry, SeenConnection, Sight
from wizard.forms import CONNECTION_LABELS
from wizard.messages import moment, summary
from wizard.models import Connection, Source, SuperOfficeReading
from wizard.services.superoffice import last_reading, linked, read_registered_if_old, verify_entered
from wizard.services.users import count_users
from wizard.views.connections.in_superoffice import said
from wizard.views.users.scope_text import everyone_text, users_and_groups, users_text
from wizard.web import current_language, some_of


@dataclass(frozen=True)
class ComparedRow:
    """One value; `notes` are what SuperOffice has, and what to do about it."""

    label: str
    here: Sequence[str]
    text: str
    tone: str
    notes: Sequence[str]


@dataclass(frozen=True)
class ByHandView:
    """`problem` says why nothing could be compared: not found, or several that it may be."""

    seen: str
    trouble: str
    problem: str
    rows: Sequence[ComparedRow]


def by_hand_view(connection: Connection) -> ByHandView | None:
    """After SuperOffice was asked, if that was not a moment ago; None where nothing was entered by hand."""
    link = linked()
    if link is None or link.may_save:
        return None
    read_registered_if_old()
    found, reading = verify_entered(connection), last_reading(Source.REGISTRY)
    if found is None or reading is None or reading.read_at is None:
        return None
    rows = [_row(connection, each) for each in found.compared]
    return ByHandView(_seen(found.compared, reading), _trouble(reading), _problem(found.candidates), rows)


def _seen(compared: Sequence[Compared], reading: SuperOfficeReading) -> str:
    when = moment(reading.read_at) if reading.read_at else ""
    if not compared:
        return _("Looked for in SuperOffice %(moment)s.", moment=when)
    visible = sum(each.sight is not Sight.UNSEEN for each in compared)
    return ngettext(
        "%(seen)s of %(num)s value seen in SuperOffice %(moment)s.",
        "%(seen)s of %(num)s values seen in SuperOffice %(moment)s.",
        len(compared),
        seen=visible,
        moment=when,
    )


def _trouble(reading: SuperOfficeReading) -> str:
    if reading.failed_at is None or reading.failure is None:
        return ""
    at, reason = moment(reading.failed_at), summary(reading.failure)
    return _("SuperOffice could not be read %(moment)s. %(reason)s", moment=at, reason=reason)


def _problem(candidates: Sequence[SeenConnection]) -> str:
    if not candidates:
        return _("It was not found in SuperOffice, neither by its name nor by its connector. Is it entered there?")
    if len(candidates) > 1:
        names = some_of([in_language(each.name, current_language()) for each in candidates])
        return _("It may be any of these in SuperOffice: %(names)s. Give it a name that no other has.", names=names)
    return ""


def _row(connection: Connection, compared: Compared) -> ComparedRow:
    text, tone, notes = _result(connection, compared)
    return ComparedRow(_label(compared.entry), _here(connection, compared.entry), text, tone, notes)


def _label(entry: Entry) -> str:
    return {
        Entry.NAME: str(CONNECTION_LABELS["name"]),
        Entry.CONNECTOR: str(CONNECTION_LABELS["connector_id"]),
        Entry.URL: _("Sync Connector URL"),
        Entry.GUID: _("GUID"),
        Entry.ACTIVE: _("Active"),
        Entry.EVERYONE: str(CONNECTION_LABELS["scope"]),
        Entry.USERS: _("Users and groups"),
        Entry.CONFIG: _("Configuration fields"),
    }[entry]


def _here(connection: Connection, entry: Entry) -> list[str]:
    scope = connection.scope
    match entry:
        case Entry.NAME:
            return [connection.name]
        case Entry.CONNECTOR:
            return [connection.connector.name]
        case Entry.URL:
            return [connection.connector.url]
        case Entry.GUID:
            return [connection.guid]
        case Entry.ACTIVE:
            return [_("Yes") if connection.is_active else _("Not yet")]
        case Entry.EVERYONE:
            return [everyone_text() if scope.everyone else _("Specific users + groups")]
        case Entry.USERS:
            return [users_and_groups(scope), users_text(count_users(scope.group_ids, scope.user_ids))]
        case Entry.CONFIG:
            count = sum(field.takes_input for field in connection.config_fields())
            return [ngettext("%(num)s value", "%(num)s values", count)]


def _result(connection: Connection, compared: Compared) -> tuple[str, str, list[str]]:
    """The result in a word, its tone, and what is to be said of it."""
    match compared.sight:
        case Sight.SAME:
            return _("Same"), "ok", []
        case Sight.OWN:
            return (
                _("Its own"),
                "",
                [str(compared.theirs), _("SuperOffice gives a connection its own when it is entered.")],
            )
        case Sight.UNSEEN:
            done = connection.done.get(NextStep.ENTER)
            return _("Not checked"), "", [said(done)] if done else []
        case Sight.DIFFERS:
            return _("Differs"), "warn", [_theirs(compared), *_advice(connection, compared.entry)]


def _theirs(compared: Compared) -> str:
    if compared.entry is Entry.ACTIVE:
        return _("Active") if compared.theirs else _("Not active")
    if compared.entry is Entry.EVERYONE:
        return everyone_text() if compared.theirs else _("Specific users + groups")
    return in_language(str(compared.theirs), current_language()) or _("(empty)")


def _advice(connection: Connection, entry: Entry) -> list[str]:
    """Of one that the wizard has saved there no step is ticked."""
    if entry is not Entry.ACTIVE:
        return [_("Correct it in SuperOffice, or change it here.")]
    return [] if connection.is_there else [_("Tick the step here if that is right, or change it in SuperOffice.")]
