"""Opens the guide, throws a draft away and takes that back."""

from __future__ import annotations

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.steps import Step
from wizard.services.setups import discard_setup, restore_setup, start_guide
from wizard.services.superoffice.saving import abandon_save
from wizard.views.setups.base import blueprint, current
from wizard.views.setups.steps import step_url
from wizard.web import flash_undo


@blueprint.post("/new")
def new() -> Response:
    return redirect(step_url(start_guide(current_user), Step.APP), 303)


@blueprint.post("/<int:setup_id>/discard")
def discard() -> Response:
    """Cancel too leads here: what was typed can be had back."""
    if current().finished_at is None:
        abandon_save(current_user, current())
        discard_setup(current_user, current())
        if current().updated_at != current().created_at:
            flash_undo(_("The draft is discarded."), url_for("setups.restore", setup_id=current().id))
    return redirect(url_for("home.show"), 303)


@blueprint.post("/<int:setup_id>/restore")
def restore() -> Response:
    restore_setup(current_user, current())
    return redirect(step_url(current(), current().step), 303)
