"""What was saved, and what comes next."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from wizard.models import Connection, ConnectionState
from wizard.services.configuration import summary
from wizard.views.configuration.activating.overview import overview_of
from wizard.views.connections.in_superoffice import connection_view
from wizard.views.connections.there import there_view
from wizard.views.setups.base import blueprint, current
from wizard.web import render


@blueprint.get("/<int:setup_id>/done")
def done() -> Response:
    connection = _saved()
    if connection is None:
        return redirect(url_for("home.show"), 303)
    if connection.is_active_there:  # what is left until then is on this page
        return redirect(url_for("connections.show", connection_id=connection.id), 303)
    view, there = connection_view(connection), there_view(connection)
    return render(
        "setups/done.html",
        view=view,
        there=there,
        overview=overview_of(connection, summary(connection)),
        sheet_url=view.sheet_url,
        connector_id=connection.connector_id,
    )


def _saved() -> Connection | None:
    connection = current().connection
    return connection if connection is not None and connection.state == ConnectionState.SAVED else None
