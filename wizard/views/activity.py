"""Activity: who did what, and when."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from wizard.messages import moment
from wizard.models.columns import name_key
from wizard.services.list_activity import list_activity
from wizard.views.check_view import capitalised
from wizard.views.htmx import render
from wizard.views.paging import page_number, page_view, search_text

blueprint = Blueprint("activity", __name__, url_prefix="/activity")


@blueprint.get("/")
def show() -> Response:
    query, words = search_text("q"), _words()
    meant = [action for action, text in words.items() if name_key(query) in name_key(text)]
    events = list_activity(query, meant, page_number("p"))
    rows = [(capitalised(moment(e.at)), e.who, words.get(e.action, e.action), e.subject, e.detail) for e in events.rows]
    return render("pages/activity.html", rows=rows, page=page_view(events, "p", "events"), query=query)


def _words() -> dict[str, str]:
    return {
        "account.created": _("created an account"),
        "account.signed_in": _("signed in"),
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
        "person.saved": _("saved a user"),
        "person.deleted": _("deleted a user"),
        "group.saved": _("saved a group"),
        "group.deleted": _("deleted a group"),
        "directory.restored": _("restored a user or group"),
        "directory.imported": _("imported users"),
    }
