"""What can be done to a connector in the list."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.steps import Step
from wizard.errors import InUse, InvalidInput
from wizard.services.checks import check_connector
from wizard.services.connectors import delete_connector, find_connector, restore_connector
from wizard.services.setups import add_connector, edit_connector
from wizard.views.setups.steps import step_url
from wizard.web import flash_undo, limit_checks, some_of

blueprint = Blueprint("connectors", __name__, url_prefix="/connectors")


@blueprint.post("/new")
def new() -> Response:
    return redirect(step_url(add_connector(current_user), Step.CONNECTOR), 303)


@blueprint.post("/<int:connector_id>/edit")
def edit(connector_id: int) -> Response:
    return redirect(
        step_url(edit_connector(current_user, find_connector(connector_id, current=True)), Step.CONNECTOR), 303
    )


@blueprint.post("/<int:connector_id>/check")
@limit_checks
def check(connector_id: int) -> Response:
    run = check_connector(current_user, find_connector(connector_id, current=True))
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
        flash_undo(_("%(name)s is deleted.", name=connector.name), url_for(".restore", connector_id=connector_id))
    return redirect(url_for("home.show"), 303)


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
        flash(_("%(name)s is restored.", name=connector.name), "ok")
    return redirect(url_for("home.show"), 303)
