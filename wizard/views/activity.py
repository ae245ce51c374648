"""Activity: who did what, and when."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from itertools import chain

from flask import Blueprint, request, stream_with_context
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from wizard.messages import moment
from wizard.models import AuditEvent
from wizard.models.columns import name_key
from wizard.services.activity import Wanted, all_activity, list_activity
from wizard.views.checks.check_view import capitalised
from wizard.web.htmx import render
from wizard.web.paging import page_number, page_view, search_text

_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠]|[\t\r])")

blueprint = Blueprint("activity", __name__, url_prefix="/activity")


@blueprint.get("/")
def show() -> Response:
    words = _words()
    events = list_activity(_wanted(words), page_number("p"))
    rows = [
        (capitalised(moment(e.at)), e.who, capitalised(words.get(e.action, e.action)), e.subject, e.detail)
        for e in events.rows
    ]
    kept = {name: request.args[name] for name in ("q", "from", "to") if request.args.get(name)}
    return render("activity/activity.html", rows=rows, page=page_view(events, "p", "events"), kept=kept)


@blueprint.get("/activity.csv")
def csv_file() -> Response:
    """All that the pages show, for a spreadsheet."""
    words = _words()
    lines = _csv_lines(words, all_activity(_wanted(words)))
    name = f"attachment; filename=activity-{date.today().isoformat()}.csv"
    headers = {"Content-Disposition": name}
    return Response(stream_with_context(lines), mimetype="text/csv", headers=headers)


def _csv_lines(words: dict[str, str], events: Iterator[AuditEvent]) -> Iterator[str]:
    heads = [_("When"), _("Who"), _("What"), _("To what"), _("Detail")]
    rows = ([e.at.isoformat("T", "seconds"), e.who, words.get(e.action, e.action), e.subject, e.detail] for e in events)
    yield "\ufeff"  # by which spreadsheets know that it is UTF-8
    for row in chain([heads], rows):
        line = StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL).writerow(map(_harmless, row))
        yield line.getvalue()


def _harmless(text: str) -> str:
    """No formula, whatever somebody typed as a name, and wherever a spreadsheet takes a cell to begin."""
    return _FORMULA.sub(r"\1'", text)


def _wanted(words: dict[str, str]) -> Wanted:
    text = search_text("q")
    actions = [action for action, said in words.items() if name_key(text) in name_key(said)]
    return Wanted(text, actions, _day("from"), _day("to"))


def _day(parameter: str) -> date | None:
    """None for what is no day, or too near to the end of time to count from."""
    try:
        day = date.fromisoformat(request.args.get(parameter, ""))
    except ValueError:
        return None
    return day if 1970 <= day.year < 9999 else None


def _words() -> dict[str, str]:
    return {
        "account.changed": _("changed an account"),
        "account.created": _("created an account"),
        "account.signed_in": _("signed in"),
        "account.signed_out": _("ended sessions"),
        "account.sign_in_failed": _("could not sign in"),
        "account.link_made": _("made a one-time link for an account"),
        "account.password_changed": _("changed a password"),
        "app.described": _("described the sync app"),
        "connector.added": _("added a connector"),
        "connector.changed": _("changed a connector"),
        "connector.deleted": _("deleted a connector"),
        "connector.restored": _("restored a connector"),
        "connector.check_started": _("checked a connector"),
        "connector.check_cancelled": _("cancelled a check"),
        "connection.check_started": _("tested a connection"),
        "connection.check_cancelled": _("cancelled a test"),
        "connection.saved": _("saved a connection"),
        "connection.refused": _("could not save a connection"),
        "connection.deleted": _("deleted a connection"),
        "connection.restored": _("restored a connection"),
        "save.check_started": _("began to save a connection"),
        "setup.discarded": _("discarded a draft"),
        "setup.restored": _("took a draft back"),
        "user.saved": _("saved a user"),
        "user.deleted": _("deleted a user"),
        "group.saved": _("saved a group"),
        "group.deleted": _("deleted a group"),
        "users.restored": _("restored a user or group"),
        "users.imported": _("imported users"),
    }
