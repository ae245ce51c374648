"""What can be done to a connection."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.next_steps import Progress
from wizard.domain.steps import Step
from wizard.errors import InUse, InvalidInput, InvalidState
from wizard.models import Connection, Setup
from wizard.services.checks import test_connection
from wizard.services.connections import delete_connection, find_connection, restore_connection
from wizard.services.setups import add_connection, copy_connection, edit_connection
from wizard.services.superoffice.saving import settle
from wizard.services.watch import hasten
from wizard.views.connections.settled import deleted_text, restored_text
from wizard.views.practice import is_practice
from wizard.views.setups.steps import step_url
from wizard.web import current_language, flash_undo, limit_checks, some_of

blueprint = Blueprint("connections", __name__, url_prefix="/connections")


@blueprint.post("/new")
def new() -> Response:
    return _open(add_connection(current_user))


@blueprint.post("/<int:connection_id>/edit")
def edit(connection_id: int) -> Response:
    return _open(edit_connection(current_user, find_connection(connection_id, current=True), current_language()))


@blueprint.post("/<int:connection_id>/ask")
def ask(connection_id: int) -> Response:
    """Asks a colleague for its passwords, for an edit of it."""
    setup = edit_connection(current_user, find_connection(connection_id, current=True), current_language())
    return redirect(url_for("setups.ask", setup_id=setup.id), 303)


@blueprint.post("/<int:connection_id>/copy")
def copy(connection_id: int) -> Response:
    return _open(copy_connection(current_user, find_connection(connection_id, current=True), current_language()))


@blueprint.post("/<int:connection_id>/test")
@limit_checks
def test(connection_id: int) -> Response:
    connection = find_connection(connection_id, current=True)
    try:
        run = test_connection(current_user, connection)
    except InvalidState:
        flash(
            _(
                "%(name)s is not tested: its connector has moved to another host, which has not been given the "
                "secrets. Edit the connection, enter them anew and test.",
                name=connection.name,
            ),
            "warn",
        )
        return redirect(url_for("home.show") + "#connections", 303)
    hasten(connection)
    return redirect(url_for("checks.show", run_id=run.id), 303)


@blueprint.post("/<int:connection_id>/delete")
def delete(connection_id: int) -> Response:
    connection = find_connection(connection_id)
    delete_connection(current_user, connection)
    settled = settle(current_user, connection)
    text = deleted_text(connection.name, settled) or (
        f"{_('%(name)s is deleted.', name=connection.name)} {_in_superoffice_too(connection)}".strip()
    )
    flash_undo(text, url_for(".restore", connection_id=connection_id))
    return redirect(url_for("home.show"), 303)


def _in_superoffice_too(connection: Connection) -> str:
    """What a deletion here leaves to be done there."""
    if is_practice(connection.connector.url):
        return ""
    if connection.progress == Progress.NOT_ENTERED:
        return _("If it is in SuperOffice too, delete it there: tab Sync, ERP connections, Delete.")
    return _("Delete it in SuperOffice too: tab Sync, ERP connections, Delete.")


@blueprint.post("/<int:connection_id>/restore")
def restore(connection_id: int) -> Response:
    connection = find_connection(connection_id)
    name = connection.name
    try:
        restore_connection(current_user, connection)
    except InvalidInput:
        flash(
            _("%(name)s is not restored: another connection has this name now. Rename that one first.", name=name),
            "warn",
        )
    except InUse as used:
        flash(
            ngettext(
                "%(name)s is not restored: it needs %(names)s, which is deleted. Restore that first.",
                "%(name)s is not restored: it needs %(names)s, which are deleted. Restore them first.",
                len(used.names),
                name=name,
                names=some_of(used.names),
            ),
            "warn",
        )
    else:
        settled = settle(current_user, connection)
        flash(restored_text(name, settled), "ok")
    return redirect(url_for("home.show"), 303)


def _open(setup: Setup) -> Response:
    return redirect(step_url(setup, Step.CONNECTION), 303)
