"""What was saved, and what comes next."""

from __future__ import annotations

from flask import make_response, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from wizard.models import Connection, ConnectionState
from wizard.services.connections.find import members_of
from wizard.services.users.count import count_users
from wizard.views.checks.check_view import ReceiptView, capitalised, parse_moment
from wizard.views.connections.sheet import sheet_of
from wizard.views.setups.base import blueprint, current
from wizard.views.users.scope_text import members_summary, users_text
from wizard.web.htmx import render


@blueprint.get("/<int:setup_id>/done")
def done() -> Response:
    connection = _saved()
    if connection is None:
        return redirect(url_for("home.show"), 303)
    receipt = connection.receipt or {}
    groups, users = members_of(connection)
    return render(
        "setups/done.html",
        connection=connection,
        sheet=sheet_of(connection),
        receipt=ReceiptView(receipt["number"], receipt["who"], capitalised(parse_moment(receipt["at"]))),
        scope=_("Everyone") if connection.all_access else members_summary(len(groups), len(users)),
        users="" if connection.all_access else users_text(count_users(groups, users)),
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
