"""The pages of Monitoring: of a connection, of a connector, and of each failure."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.watch import Interval
from wizard.models import Watch
from wizard.services.notices import recipients_of
from wizard.services.watch import ended_outages, find_outage, open_outages, set_interval, strip, watch_of
from wizard.views.notices.pages import recipient_rows
from wizard.views.watch.interval_words import INTERVAL_WORDS
from wizard.views.watch.muting import FIELD, change_mute
from wizard.views.watch.outage_view import notified_text, outage_check, outage_row, outage_title
from wizard.views.watch.page_view import MonitoringView, monitoring_view
from wizard.views.watch.strip_view import strip_view
from wizard.views.watch.subject import Subject, connection_subject, connector_subject
from wizard.web import page_number, page_view, render

blueprint = Blueprint("watch", __name__)


@blueprint.get("/connections/<int:connection_id>/monitoring")
def connection(connection_id: int) -> Response:
    return _page(connection_subject(connection_id))


@blueprint.post("/connections/<int:connection_id>/monitoring")
def change_connection(connection_id: int) -> Response:
    return _change(connection_subject(connection_id, current=True))


@blueprint.get("/connections/<int:connection_id>/monitoring/<int:outage_id>")
def connection_outage(connection_id: int, outage_id: int) -> Response:
    return _outage(connection_subject(connection_id), outage_id)


@blueprint.get("/connectors/<int:connector_id>/monitoring")
def connector(connector_id: int) -> Response:
    return _page(connector_subject(connector_id))


@blueprint.post("/connectors/<int:connector_id>/monitoring")
def change_connector(connector_id: int) -> Response:
    return _change(connector_subject(connector_id, current=True))


@blueprint.get("/connectors/<int:connector_id>/monitoring/<int:outage_id>")
def connector_outage(connector_id: int, outage_id: int) -> Response:
    return _outage(connector_subject(connector_id), outage_id)


def _page(subject: Subject) -> Response:
    watch = watch_of(subject.target)
    found = ended_outages(watch, page_number("p")) if watch else None
    return render(
        "watch/monitoring.html",
        subject=subject,
        view=_view(subject, watch),
        recipients=recipient_rows(recipients_of(subject.target)) if current_user.is_administrator else [],
        failures=[outage_row(subject, each) for each in found.rows] if found else [],
        page=page_view(found, "p", "failures") if found else None,
        **subject.parts,
    )


def _view(subject: Subject, watch: Watch | None) -> MonitoringView:
    if watch is None:
        return monitoring_view(subject, None, None, None)
    days = strip_view(strip([watch.id])[watch.id])
    return monitoring_view(subject, watch, days, open_outages([watch]).get(watch.id))


def _change(subject: Subject) -> Response:
    sent = request.form.get("interval")
    if sent is None and FIELD in request.values:
        return change_mute(subject)
    if sent not in tuple(Interval):
        abort(400)
    interval = Interval(sent)
    set_interval(current_user, subject.target, interval)
    text = INTERVAL_WORDS[interval]
    flash(_("Saved. Test automatically: %(interval)s", interval=text), "ok")
    return redirect(subject.url(), 303)


def _outage(subject: Subject, outage_id: int) -> Response:
    outage = find_outage(watch_of(subject.target) or abort(404), outage_id)
    status_line = _("Notified: %(who)s", who=notified_text(outage))
    check = outage_check(subject, outage, outage_title(outage), status_line)
    return render("watch/outage.html", subject=subject, check=check, **subject.parts)
