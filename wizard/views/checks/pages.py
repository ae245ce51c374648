"""The page of a check that was started from a list, with its live progress."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import RunKind
from wizard.domain.fields import count_inputs
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, Setup
from wizard.services.checks import cancel_check, find_own_run, find_visible_run
from wizard.services.setups import provider_of
from wizard.views.checks.check_view import check_view
from wizard.web import render

blueprint = Blueprint("checks", __name__, url_prefix="/checks")


@blueprint.get("/<run_id>")
def show(run_id: str) -> Response:
    run = find_visible_run(current_user, run_id)
    connector = db.session.get(Connector, run.connector_id) if run.connector_id else None
    setup = db.session.get(Setup, run.setup_id) if run.setup_id else None
    check = check_view(
        run,
        poll_url=url_for("checks.show", run_id=run.id),
        covers=_covers(run),
        provider=provider_of(setup, connector),
    )
    return render(
        "checks/check.html",
        "checks/_check_part.html",
        run=run,
        check=check,
        name=run.request["name"] or run.request["url"],
        again_url=_again(run),
        about=_about(run),
        refresh_seconds=1 if run.unfinished else None,
    )


@blueprint.post("/<run_id>/cancel")
def cancel(run_id: str) -> Response:
    cancel_check(current_user, find_own_run(current_user, run_id))
    return redirect(url_for("checks.show", run_id=run_id), 303)


def _covers(run: CheckRun) -> str:
    count = count_inputs(run.config_fields())
    if run.kind == RunKind.CONNECTOR:
        return ngettext("The URL and the field it asks for", "The URL and the %(num)s fields it asks for", count)
    return _("%(connection)s as it is saved", connection=run.request["name"])


def _about(run: CheckRun) -> tuple[str, str] | None:
    """Where what was checked has its page, unless it has none yet or is deleted for good."""
    connection = db.session.get(Connection, run.connection_id) if run.connection_id else None
    if connection is not None and connection.receipt is not None:
        return _("Go to the connection"), url_for("connections.show", connection_id=connection.id)
    if run.kind == RunKind.CONNECTOR and run.connector_id:
        return _("Go to the connector"), url_for("connectors.show", connector_id=run.connector_id)
    return None


def _again(run: CheckRun) -> str | None:
    if run.kind == RunKind.CONNECTOR and run.connector_id:
        return url_for("connectors.check", connector_id=run.connector_id)
    if run.kind == RunKind.CONNECTION and run.connection_id:
        return url_for("connections.test", connection_id=run.connection_id)
    return None
