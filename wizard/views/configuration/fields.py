"""Reads the fields and lists of both sides anew, on demand."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from wizard.messages import describe
from wizard.models import Connection
from wizard.services.configuration import read_schema, state_of
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.web import current_page, limit_checks


@blueprint.post("/fields")
def read_fields(connection_id: int) -> Response:
    """Leads back to the page that asked."""
    read_again(find_connection(connection_id, current=True))
    return redirect(current_page() or url_for("connections.show", connection_id=connection_id), 303)


@limit_checks
def read_again(connection: Connection) -> None:
    """Flashes how it has ended."""
    read_schema(connection)
    state = state_of(connection)
    if state is not None and state.failure is not None:
        flash(describe(state.failure).says, "warn")
    else:
        flash(_("The fields of both sides are read."), "ok")
