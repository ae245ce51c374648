"""What the steps' pages share: the blueprint, and the setup that a page belongs to."""

from __future__ import annotations

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from wizard.domain.check import SAVES
from wizard.models import Setup, SetupKind
from wizard.services.checks import latest_pass
from wizard.services.setups import find_for_change, find_setup
from wizard.views.setups.steps import step_of, step_url
from wizard.web import flash_once, go_to

blueprint = Blueprint("setups", __name__, url_prefix="/setup")

PAGES_OF_FINISHED_SETUPS = {"setups.done", "setups.discard", "setups.restore"}


@blueprint.before_request
def _find() -> Response | None:
    """Finds the setup of the page. Redirects from a finished setup, and from a step that is not reached yet."""
    arguments = request.view_args or {}
    if "setup_id" not in arguments:
        return None
    setup_id = arguments.pop("setup_id")
    setup = find_setup(setup_id) if request.method in ("GET", "HEAD") else find_for_change(setup_id)
    g.setup = setup
    if request.endpoint in PAGES_OF_FINISHED_SETUPS:
        return None
    if setup.finished_at is not None:
        return go_to(_after(setup))
    step = step_of(request.endpoint)
    if setup.kind == SetupKind.GUIDED and step is not None and step.number > setup.step.number:
        return go_to(step_url(setup, setup.step))
    return None


def current() -> Setup:
    """The setup of this page."""
    setup: Setup = g.setup
    return setup


def _after(setup: Setup) -> str:
    """Where the page of a finished setup leads to. It may ask several times before it goes there."""
    saved = latest_pass(setup, *SAVES)
    if saved is not None and not setup.edits:
        return url_for("setups.done", setup_id=setup.id)
    if saved is not None:
        flash_once(_("%(name)s is saved.", name=saved.request["name"]), "ok")
        return url_for("connections.show", connection_id=setup.connection_id)
    if setup.kind != SetupKind.CONNECTOR or setup.connector is None:
        flash_once(_("This draft was discarded."))
    return url_for("home.show")
