"""The page of a connection: what is to be done for it in SuperOffice, and what was done."""

from __future__ import annotations

from io import BytesIO

from flask import abort, flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.next_steps import NextStep
from wizard.errors import StaleVersion
from wizard.models import Connection, ConnectionState
from wizard.services.configuration import summary
from wizard.services.connections import find_connection, tick_step, untick_step
from wizard.views.configuration.activating.overview import overview_of
from wizard.views.configuration.differing import differing_view
from wizard.views.configuration.parts import page_parts
from wizard.views.connections.actions import blueprint
from wizard.views.connections.by_hand import by_hand_view
from wizard.views.connections.in_superoffice import connection_view
from wizard.views.connections.last_tests import last_tests
from wizard.views.connections.sheet_file import file_name, sheet_text
from wizard.views.connections.there import can_be_saved_there, there_view
from wizard.views.drift.view import badges_of, drift_view
from wizard.views.watch.in_list import watched_view
from wizard.web import RowAction, actions_of, current_page, render


@blueprint.get("/<int:connection_id>")
def show(connection_id: int) -> Response:
    """A reader sees how far it is, and no value of it."""
    connection = _saved(connection_id)
    view, may_read_values = connection_view(connection), current_user.is_administrator
    found = summary(connection)
    return render(
        "connections/connection.html",
        view=view,
        there=None if view.is_deleted else there_view(connection),
        can_be_saved_there=can_be_saved_there(connection),
        connection_id=connection_id,
        sheet_url=view.sheet_url,
        by_hand=by_hand_view(connection) if may_read_values else None,
        drift=drift_view(connection) if may_read_values else None,
        differing=differing_view(connection) if may_read_values else None,
        drift_badge=badges_of([connection]).get(connection.id),
        overview=None if view.is_deleted else overview_of(connection, found),
        tests=last_tests(connection),
        watched=watched_view(connection),
        monitoring_url=url_for("watch.connection", connection_id=connection_id),
        subnav=page_parts(connection, None, found)["subnav"],
        connection=connection,
        connector_id=connection.connector_id,
        actions=actions_of(_actions(deleted=view.is_deleted), connection_id=connection_id) if may_read_values else (),
    )


@blueprint.get("/<int:connection_id>/sheet.txt")
def sheet(connection_id: int) -> Response:
    """The sheet as a file."""
    view = connection_view(_saved(connection_id))
    file = BytesIO(sheet_text(view).encode())
    response: Response = send_file(file, "text/plain", as_attachment=True, download_name=file_name(view))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/<int:connection_id>/steps/<step>")
def tick(connection_id: int, step: str) -> Response:
    """Ticks a step in SuperOffice, or takes the tick back; returns to the button that was pressed."""
    connection = _saved(connection_id)
    if step not in tuple(NextStep):
        abort(404)
    try:
        if "done" in request.form:
            tick_step(current_user, connection, NextStep(step), request.form.get("versions", ""))
        else:
            untick_step(current_user, connection, NextStep(step))
    except StaleVersion:
        flash(_("The values have changed since this page was opened. Look through them, then tick it again."), "warn")
    back = (current_page() or url_for(".show", connection_id=connection_id)).partition("#")[0]
    return redirect(f"{back}#step-{step}", 303)


def _actions(*, deleted: bool) -> list[RowAction]:
    if deleted:
        return [RowAction(_("Restore"), "connections.restore")]
    return [
        RowAction(_("Edit"), "connections.edit"),
        RowAction(_("Copy"), "connections.copy"),
        RowAction(_("Delete"), "connections.delete"),
    ]


def _saved(connection_id: int) -> Connection:
    """Answers 404 for one that is being saved for the first time: it has no values yet."""
    connection = find_connection(connection_id)
    if connection.state == ConnectionState.SAVING and connection.receipt is None:
        abort(404)
    return connection
