"""Activates a connection, with the live progress of its check, and deactivates it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import Outcome, RunKind, Stage, StageResult
from wizard.domain.watch import Interval
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.messages import describe, moment
from wizard.models import CheckRun, Connection
from wizard.outside.superoffice import SuperOfficeError
from wizard.services.checks import mark_if_abandoned, select_newest, start_activation
from wizard.services.configuration import deactivate as deactivate_there
from wizard.services.configuration import summary
from wizard.services.connections import find_connection
from wizard.services.setups import provider_of
from wizard.services.superoffice import linked
from wizard.services.superoffice.saving import Refused
from wizard.services.watch import watch_of
from wizard.views.checks.check_view import CheckView, check_view, not_run_yet
from wizard.views.configuration.activating.overview import can_be_activated, overview_of
from wizard.views.configuration.activating.synchronised import synchronised
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.parts import page_parts
from wizard.views.connections.there import there_view
from wizard.web import go_to, limit_checks, render


@blueprint.get("/activate")
def activate(connection_id: int) -> Response:
    """The newest check; where it has activated the connection, the page that says so."""
    connection = find_connection(connection_id, current=True)
    run = _newest(connection)
    if run is not None and run.id == request.args.get("run") and _has_activated(run):
        return go_to(url_for(".activated", connection_id=connection_id))
    return render(
        "configuration/activating/activate.html",
        "configuration/activating/_activate_part.html",
        run=run,
        check=_check(connection, run),
        refused=_refused(run),
        refresh_seconds=1 if run is not None and run.unfinished else None,
        **_page(connection),
    )


@blueprint.post("/activate")
@limit_checks
def start_to_activate(connection_id: int) -> Response:
    """Checks it, or checks and activates it."""
    connection = find_connection(connection_id, current=True)
    if not can_be_activated(connection):
        return redirect(url_for(".activate", connection_id=connection_id), 303)
    try:
        run = start_activation(current_user, connection, activate=request.form.get("action") == "activate")
    except InvalidState:
        flash(
            _(
                "%(name)s is not tested: its connector has moved to another host, which has not been given the "
                "secrets. Edit the connection, enter them anew and test.",
                name=connection.name,
            ),
            "warn",
        )
        return redirect(url_for("connections.show", connection_id=connection_id), 303)
    return redirect(url_for(".activate", connection_id=connection_id, run=run.id), 303)


@blueprint.get("/activated")
def activated(connection_id: int) -> Response:
    connection = find_connection(connection_id, current=True)
    if not connection.is_active_there:
        return redirect(url_for("connections.show", connection_id=connection_id), 303)
    run = _newest(connection)
    at = run.finished_at if run is not None and _has_activated(run) else None
    seen = _("Seen in SuperOffice: %(moment)s", moment=moment(at)) if at else ""
    watch = watch_of(connection)
    return render(
        "configuration/activating/activated.html",
        seen=seen,
        synchronised=synchronised(connection),
        is_watched=watch is None or watch.interval != Interval.OFF,  # what is active is watched from the next look on
        **_page(connection),
    )


@blueprint.get("/deactivate")
def deactivate(connection_id: int) -> Response:
    """Asks before it does so."""
    connection = find_connection(connection_id, current=True)
    if not connection.is_active_there or not can_be_activated(connection):
        return redirect(url_for("connections.show", connection_id=connection_id), 303)
    return render("configuration/activating/deactivate.html", **_page(connection))


@blueprint.post("/deactivate")
@limit_checks
def deactivate_now(connection_id: int) -> Response:
    connection = find_connection(connection_id, current=True)
    name = connection.name
    try:
        deactivate_there(current_user, connection)
    except (SuperOfficeError, Refused, InvalidState) as error:
        flash(" ".join((_("%(name)s is not deactivated.", name=name), _why(error))).strip(), "warn")
    else:
        flash(
            _("%(name)s is not active any more. Nothing is synchronised; everything stays as it is.", name=name), "ok"
        )
    return redirect(url_for("connections.show", connection_id=connection_id), 303)


def _why(error: SuperOfficeError | Refused | InvalidState) -> str:
    match error:
        case SuperOfficeError():
            return describe(error.result).says
        case Refused():
            return describe(StageResult(Stage.ACCEPTED, Outcome.FAILED, error.reason, error.facts)).says
        case _:
            return ""


def _page(connection: Connection) -> dict[str, Any]:
    found = summary(connection)
    parts = page_parts(connection, None, found)
    return {**parts, "overview": overview_of(connection, found), "there": there_view(connection), "engine": _engine()}


def _engine() -> bool | None:
    """Whether SuperOffice synchronises at all, as it was last seen; None for unknown."""
    link = linked()
    return link.engine_running if link is not None else None


def _newest(connection: Connection) -> CheckRun | None:
    of_connection = CheckRun.connection_id == connection.id
    run = db.session.scalar(select_newest(of_connection, CheckRun.kind == RunKind.ACTIVATE))
    return run and mark_if_abandoned(run)


def _has_activated(run: CheckRun) -> bool:
    return run.passed and bool(run.request["activate"])


def _check(connection: Connection, run: CheckRun | None) -> CheckView:
    if run is None:
        hint = _("“Check” changes nothing. “Activate” checks first, and activates it only if nothing stops it.")
        return not_run_yet(RunKind.ACTIVATE, _("Not checked yet"), hint)
    poll_url = url_for(".activate", connection_id=connection.id, run=run.id)
    view = check_view(run, poll_url=poll_url, provider=provider_of(None, connection.connector))
    if not (run.passed and connection.is_active_there):
        return view
    title = _("It is active")
    return replace(view, title=title, announce=title)


def _refused(run: CheckRun | None) -> bool:
    """Whether the newest attempt to activate it has failed."""
    is_attempt = run is not None and not run.unfinished and bool(run.request["activate"])
    return is_attempt and run is not None and run.failure is not None
