"""The audit log: who did what, and when; as a page and as a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from itertools import chain
from typing import Any

from flask import Blueprint, request, stream_with_context, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import RunKind
from wizard.domain.next_steps import NextStep
from wizard.domain.watch import Interval
from wizard.messages import NEXT_STEP_WORDS, address_words, in_zone, iso_moment, moment, reader_zone, zone_name
from wizard.models import AuditEvent
from wizard.models.columns import name_key
from wizard.services.activity import ActivityFilter, all_activity, list_activity
from wizard.services.checks import visible_runs
from wizard.views.checks.health_view import verdict_words
from wizard.views.checks.receipt_view import capitalised
from wizard.views.watch.interval_words import INTERVAL_WORDS
from wizard.web import page_number, page_view, render, search_text

STEP_ACTIONS = ("connection.step_done", "connection.step_undone")
WATCH_ACTIONS = ("connection.watched", "connector.watched")
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠]|[\t\r])")

blueprint = Blueprint("activity", __name__, url_prefix="/activity")


@dataclass(frozen=True)
class EventRow:
    when: str
    who: str
    action: str
    subject: str
    detail: str
    result: tuple[str, str] | None
    run_url: str | None
    address: str


@blueprint.get("/")
def show() -> Response:
    texts = action_texts()
    events = list_activity(_filter(texts), page_number("p"))
    there = visible_runs(current_user, (each.run_id for each in events.rows if each.run_id))
    parameters: dict[str, Any] = {name: request.args[name] for name in ("q", "from", "to") if request.args.get(name)}
    return render(
        "activity/activity.html",
        events=[_row(event, texts, there) for event in events.rows],
        page=page_view(events, "p", "events"),
        parameters=parameters,
        csv_url=url_for(".csv_file", **parameters),
        zone=zone_name(),
    )


def _row(event: AuditEvent, texts: dict[str, str], there: Container[str]) -> EventRow:
    """`there` are the checks whose pages can be opened."""
    return EventRow(
        when=capitalised(moment(event.at)),
        who=event.who or _("Somebody"),
        action=capitalised(texts.get(event.action, event.action)),
        subject=event.subject,
        detail=_detail(event),
        result=verdict_words(_kind(event), event.verdict) if event.verdict else None,
        run_url=url_for("checks.show", run_id=event.run_id) if event.run_id in there else None,
        address=address_words(event.address),
    )


def _detail(event: AuditEvent) -> str:
    """In words, where it is stored as a code."""
    if event.action in STEP_ACTIONS and event.detail in tuple(NextStep):
        return str(NEXT_STEP_WORDS[NextStep(event.detail)].title)
    if event.action in WATCH_ACTIONS and event.detail in tuple(Interval):
        return str(INTERVAL_WORDS[Interval(event.detail)])
    return event.detail


def _kind(event: AuditEvent) -> RunKind:
    if event.action.startswith("link."):
        return RunKind.LINK
    return RunKind.CONNECTOR if event.action.startswith("connector.") else RunKind.CONNECTION


def _result(event: AuditEvent) -> str:
    return verdict_words(_kind(event), event.verdict)[0] if event.verdict else ""


@blueprint.get("/activity.csv")
def csv_file() -> Response:
    """All pages in one file, for a spreadsheet."""
    texts = action_texts()
    lines = _csv_lines(texts, all_activity(_filter(texts)))
    name = f"attachment; filename=activity-{in_zone(datetime.now(UTC)).date()}.csv"
    headers = {"Content-Disposition": name}
    return Response(stream_with_context(lines), mimetype="text/csv", headers=headers)


def _csv_lines(texts: dict[str, str], events: Iterator[AuditEvent]) -> Iterator[str]:
    heads = [_("When"), _("Who"), _("What"), _("To what"), _("Detail"), _("Result"), _("Address")]
    rows = (_csv_row(event, texts) for event in events)
    yield "\ufeff"  # a byte order mark, by which spreadsheets recognise UTF-8
    for row in chain([heads], rows):
        line = StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL).writerow(map(_without_formula, row))
        yield line.getvalue()


def _csv_row(event: AuditEvent, texts: dict[str, str]) -> list[str]:
    at, action = iso_moment(event.at), texts.get(event.action, event.action)
    address = address_words(event.address)
    return [at, event.who, action, event.subject, _detail(event), _result(event), address]


def _without_formula(text: str) -> str:
    """Quotes what a spreadsheet would evaluate as a formula, wherever it takes a cell to begin: names are typed."""
    return _FORMULA.sub(r"\1'", text)


def _filter(texts: dict[str, str]) -> ActivityFilter:
    text = search_text("q")
    actions = [action for action, said in texts.items() if name_key(text) in name_key(said)]
    return ActivityFilter(text, actions, _midnight(_day("from")), _midnight(_day("to"), days=1))


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """When a day of the reader begins, or so many days later."""
    return datetime.combine(day + timedelta(days), time(), reader_zone()) if day else None


def _day(parameter: str) -> date | None:
    """None for what is no date, or too close to the last one that Python has to add a day to it."""
    try:
        day = date.fromisoformat(request.args.get(parameter, ""))
    except ValueError:
        return None
    return day if 1970 <= day.year < 9999 else None


def action_texts() -> dict[str, str]:
    return {
        "account.changed": _("changed an account"),
        "account.created": _("created an account"),
        "account.signed_in": _("signed in"),
        "account.signed_out": _("ended sessions"),
        "account.sign_in_failed": _("could not sign in"),
        "account.link_made": _("made a one-time link for an account"),
        "account.password_changed": _("changed a password"),
        "account.app_added": _("set up an authenticator app"),
        "account.app_removed": _("removed an authenticator app"),
        "account.passkey_added": _("added a passkey"),
        "account.passkey_removed": _("removed a passkey"),
        "account.recovery_codes_made": _("made new recovery codes"),
        "account.recovery_code_used": _("used a recovery code"),
        "account.second_factor_failed": _("entered a wrong second factor"),
        "account.second_factor_reset": _("reset the second factor of an account"),
        "accounts.second_factor_required": _("chose who needs a second factor"),
        "app.described": _("described the sync app"),
        "secret.asked": _("made a link for a colleague to fill in passwords"),
        "secret.filled": _("filled in passwords by a link"),
        "secret.withdrawn": _("withdrew a link for a colleague"),
        "provider_key.accepted": _("accepted the key of a provider"),
        "provider_key.removed": _("removed the key of a provider"),
        "recipient.added": _("added a recipient of notifications"),
        "recipient.changed": _("changed a recipient of notifications"),
        "recipient.removed": _("removed a recipient of notifications"),
        "recipient.restored": _("restored a recipient of notifications"),
        "recipient.sent_again": _("had undelivered notifications tried again"),
        "recipient.tested": _("sent a test notification"),
        "connector.added": _("added a connector"),
        "connector.changed": _("changed a connector"),
        "connector.deleted": _("deleted a connector"),
        "connector.restored": _("restored a connector"),
        "connector.check_started": _("checked a connector"),
        "connector.check_cancelled": _("cancelled a check"),
        "connection.check_started": _("tested a connection"),
        "connection.check_cancelled": _("cancelled a test"),
        "connection.watched": _("chose how often a connection is tested"),
        "connector.watched": _("chose how often a connector is tested"),
        "connection.muted": _("muted the notifications of a connection"),
        "connection.unmuted": _("unmuted the notifications of a connection"),
        "connector.muted": _("muted the notifications of a connector"),
        "connector.unmuted": _("unmuted the notifications of a connector"),
        "connection.saved": _("saved a connection"),
        "connection.step_done": _("ticked a step in SuperOffice"),
        "connection.step_undone": _("took back the tick of a step in SuperOffice"),
        "connection.refused": _("could not save a connection"),
        "connection.left": _("left a connection at its connector"),
        "connection.taken_from_superoffice": _("took values of a connection from SuperOffice"),
        "connection.written_to_superoffice": _("wrote a connection to SuperOffice"),
        "connection.deleted": _("deleted a connection"),
        "connection.restored": _("restored a connection"),
        "connection.restored_there": _("restored a connection in SuperOffice"),
        "connector.restored_there": _("restored a connector in SuperOffice"),
        "configuration.mapped": _("changed the mapping of a connection"),
        "configuration.lists_mapped": _("changed the list mapping of a connection"),
        "configuration.default_set": _("changed a default value of a connection"),
        "configuration.ranked": _("changed the order of a connection's fields"),
        "configuration.prioritised": _("changed the sync priority"),
        "configuration.imported": _("imported the configuration of a connection"),
        "configuration.taken": _("took the configuration of a connection from SuperOffice"),
        "configuration.written": _("wrote the configuration of a connection over that of SuperOffice"),
        "configuration.copied": _("copied the configuration of a connection"),
        "configuration.activated": _("activated a connection in SuperOffice"),
        "configuration.deactivated": _("deactivated a connection in SuperOffice"),
        "activate.check_started": _("checked whether a connection can be activated"),
        "activate.check_cancelled": _("cancelled a check"),
        "save.check_started": _("began to save a connection"),
        "save_both.check_started": _("began to save a connection, here and in SuperOffice"),
        "register.check_started": _("began to save a connector in SuperOffice"),
        "link.check_started": _("checked the link to SuperOffice"),
        "link.check_cancelled": _("cancelled a check of the link to SuperOffice"),
        "superoffice.signed_in": _("signed in to SuperOffice for the link"),
        "superoffice.linked": _("linked SuperOffice"),
        "superoffice.unlinked": _("unlinked SuperOffice"),
        "setup.discarded": _("discarded a draft"),
        "setup.restored": _("took a draft back"),
        "user.saved": _("saved a user"),
        "user.deleted": _("deleted a user"),
        "group.saved": _("saved a group"),
        "group.deleted": _("deleted a group"),
        "users.restored": _("restored a user or group"),
        "users.imported": _("imported users"),
        "users.read": _("read users from SuperOffice"),
        "users.matched": _("matched a user or group with SuperOffice"),
    }
