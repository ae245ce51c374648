"""The page of a connector, and what can be done to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.steps import Step
from wizard.errors import InUse, InvalidInput
from wizard.messages import moment
from wizard.models import Connector
from wizard.services.checks import check_connector
from wizard.services.connections import (
    connections_on,
    delete_with_connections,
    give_up_removals,
    restore_with_connections,
)
from wizard.services.connectors import delete_connector, find_connector, restore_connector
from wizard.services.setups import add_connector, edit_connector
from wizard.services.superoffice.saving import Settled, settle
from wizard.services.watch import hasten
from wizard.views.checks.health_view import HealthView, connector_health
from wizard.views.connections.settled import deleted_text, restored_text
from wizard.views.drift.view import drift_view
from wizard.views.practice import is_practice
from wizard.views.setups.steps import step_url
from wizard.views.watch.in_list import WatchedView, watched_view
from wizard.web import Action, RowAction, actions_of, flash_undo, limit_checks, render, some_of


@dataclass(frozen=True)
class ConnectorView:
    """What the page of a connector shows; `connections` are names with the addresses of their pages."""

    id: int
    name: str
    facts: Sequence[tuple[str, str]]
    health: HealthView
    connections: Sequence[tuple[str, str]]
    actions: Sequence[Action]


blueprint = Blueprint("connectors", __name__, url_prefix="/connectors")


@blueprint.post("/new")
def new() -> Response:
    return redirect(step_url(add_connector(current_user), Step.CONNECTOR), 303)


@blueprint.get("/<int:connector_id>")
def show(connector_id: int) -> Response:
    connector = find_connector(connector_id)
    watched = watched_view(connector)
    return render(
        "connectors/connector.html",
        view=_view(connector, watched),
        drift=drift_view(connector),
        watched=watched,
        monitoring_url=url_for("watch.connector", connector_id=connector_id),
    )


@blueprint.post("/<int:connector_id>/edit")
def edit(connector_id: int) -> Response:
    return redirect(
        step_url(edit_connector(current_user, find_connector(connector_id, current=True)), Step.CONNECTOR), 303
    )


@blueprint.post("/<int:connector_id>/check")
@limit_checks
def check(connector_id: int) -> Response:
    connector = find_connector(connector_id, current=True)
    run = check_connector(current_user, connector)
    hasten(connector)
    return redirect(url_for("checks.show", run_id=run.id), 303)


@blueprint.post("/<int:connector_id>/delete")
def delete(connector_id: int) -> Response:
    connector = find_connector(connector_id)
    try:
        delete_connector(current_user, connector)
    except InUse as used:
        refusal = ngettext(
            "%(name)s is not deleted: the connection %(names)s uses it. Delete that one first.",
            "%(name)s is not deleted: these connections use it: %(names)s. Delete them first.",
            len(used.names),
            name=connector.name,
            names=some_of(used.names),
        )
        flash(refusal, "warn")
    else:
        settled = settle(current_user, connector)
        text = deleted_text(connector.name, settled) or _("%(name)s is deleted.", name=connector.name)
        if settled == Settled.NOTHING and not is_practice(connector.url):
            text += " " + _("If it is in SuperOffice too, delete it there: tab Sync, Sync Connectors, Delete.")
        flash_undo(text, url_for(".restore", connector_id=connector_id))
    return redirect(url_for("home.show"), 303)


@blueprint.post("/<int:connector_id>/remove-practice")
def remove_practice(connector_id: int) -> Response:
    """Deletes the practice connector with all that was tried on it."""
    connector = _practice_connector(connector_id)
    try:
        delete_with_connections(current_user, connector)
    except InUse as used:
        flash(_("Nothing is removed: %(names)s is being saved. Try again.", names=some_of(used.names)), "warn")
    else:
        flash_undo(_("The practice data is removed."), url_for(".restore_practice", connector_id=connector_id))
    return redirect(url_for("home.show"), 303)


@blueprint.post("/<int:connector_id>/restore-practice")
def restore_practice(connector_id: int) -> Response:
    try:
        restore_with_connections(current_user, _practice_connector(connector_id))
    except (InUse, InvalidInput):
        flash(_("Not all is back: a name is taken, or a user or group is deleted. See the deleted ones."), "warn")
    else:
        flash(_("The practice data is back."), "ok")
    return redirect(url_for("home.show"), 303)


def _view(connector: Connector, watched: WatchedView | None) -> ConnectorView:
    return ConnectorView(
        id=connector.id,
        name=connector.name,
        facts=[(label, text) for label, text in _facts(connector) if text],
        health=(watched and watched.health) or connector_health(connector),
        connections=[
            (name, url_for("connections.show", connection_id=connection_id))
            for connection_id, name in connections_on(connector)
        ],
        actions=actions_of(_actions(deleted=connector.deleted_at is not None), connector_id=connector.id),
    )


def _facts(connector: Connector) -> Iterator[tuple[str, str]]:
    app = connector.sync_app
    yield _("URL"), connector.url
    yield _("Real address"), connector.real_url
    yield _("ERP"), app.erp if app else ""
    yield _("Provider"), ", ".join(filter(None, (app.provider, app.contact))) if app else ""
    changed = {"who": connector.updated_by, "moment": moment(connector.updated_at)}
    yield _("Changed"), _("%(moment)s by %(who)s", **changed) if connector.updated_by else ""


def _actions(*, deleted: bool) -> list[RowAction]:
    if deleted:
        return [RowAction(_("Restore"), "connectors.restore")]
    return [
        RowAction(_("Test now"), "connectors.check"),
        RowAction(_("Edit"), "connectors.edit"),
        RowAction(_("Delete"), "connectors.delete"),
    ]


def _practice_connector(connector_id: int) -> Connector:
    connector = find_connector(connector_id)
    if not is_practice(connector.url):
        abort(404)
    return connector


@blueprint.post("/<int:connector_id>/restore")
def restore(connector_id: int) -> Response:
    connector = find_connector(connector_id)
    try:
        restore_connector(current_user, connector)
    except InvalidInput:
        flash(
            _(
                "%(name)s is not restored: another connector has this name now. Rename that one first.",
                name=connector.name,
            ),
            "warn",
        )
    else:
        flash(restored_text(connector.name, settle(current_user, connector)), "ok")
    return redirect(url_for("home.show"), 303)


@blueprint.post("/<int:connector_id>/leave")
def leave(connector_id: int) -> Response:
    """Gives up the removals that are owed there."""
    connector = find_connector(connector_id)
    count = give_up_removals(current_user, connector)
    flash(
        ngettext(
            "%(num)s connection is left at %(name)s. Its provider can remove it.",
            "%(num)s connections are left at %(name)s. Its provider can remove them.",
            count,
            name=connector.name,
        ),
        "ok",
    )
    return redirect(url_for("home.show"), 303)
