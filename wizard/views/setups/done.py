"""What was saved, and what comes next."""

from __future__ import annotations

from flask import make_response, redirect, url_for
from werkzeug.wrappers import Response

from wizard.models import Connection, ConnectionState
from wizard.services.users import count_users
from wizard.views.checks.check_view import ReceiptView, capitalised, parse_moment
from wizard.views.connections.sheet import sheet_of
from wizard.views.setups.base import blueprint, current
from wizard.views.users.scope_text import scope_text, users_text
from wizard.web import render


@blueprint.get("/<int:setup_id>/done")
def done() -> Response:
    connection = _saved()
    if connection is None:
        return redirect(url_for("home.show"), 303)
    receipt = connection.receipt or {}
    scope = connection.scope
    return render(
        "setups/done.html",
        connection=connection,
        sheet=sheet_of(connection),
        receipt=ReceiptView(receipt["number"], receipt["who"], capitalised(parse_moment(receipt["at"]))),
        scope=scope_text(scope),
        users="" if scope.everyone else users_text(count_users(scope.group_ids, scope.user_ids)),
        sheet_url=url_for("setups.sheet", setup_id=current().id),
    )


@blueprint.get("/<int:setup_id>/sheet.txt")
def sheet() -> Response:
    """The sheet as a file."""
    connection = _saved()
    if connection is None:
        return redirect(url_for("home.show"), 303)
    response: Response = make_response(sheet_of(connection).as_text() + "\n")
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=superoffice.txt"
    return response


def _saved() -> Connection | None:
    connection = current().connection
    return connection if connection is not None and connection.state == ConnectionState.SAVED else None
