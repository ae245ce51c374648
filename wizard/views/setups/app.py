"""Step 1: install the sync app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import Verdict
from wizard.domain.steps import Step
from wizard.forms.setups import AppForm
from wizard.messages import moment
from wizard.models import Setup
from wizard.services.setups.find import is_seen
from wizard.services.setups.register_app import register_app, skip_app
from wizard.views.setups.base import Difference, blueprint, current, differences, draft_saved, keep, step_url, steps
from wizard.web.htmx import render

STORE = "https://online.superoffice.com/appstore/app/search?phrase="
"""The App Store's search, as SuperOffice's help page links it."""


@blueprint.route("/<int:setup_id>/app", methods=["GET", "POST"])
def app() -> Response:
    setup = current()
    if request.method == "GET":
        return _page(setup, AppForm(formdata=None, data=setup.typed(Step.APP)))
    form = AppForm()
    theirs = keep(Step.APP, _typed(form), form, _compare)
    if theirs:
        return _page(setup, form, theirs, status=409)
    if request.form.get("action") == "skip":
        skip_app(setup)
        return redirect(step_url(setup, Step.CONNECTOR), 303)
    if not form.validate():
        return _page(setup, form, status=422)
    register_app(current_user, setup, _typed(form))
    return redirect(step_url(setup, Step.CONNECTOR), 303)


@blueprint.post("/<int:setup_id>/app/draft")
def app_draft() -> Response:
    form = AppForm()
    theirs = keep(Step.APP, _typed(form), form, _compare)
    if theirs:
        return _page(current(), form, theirs, status=409)
    return render("setups/app.html", "setups/_app_live.html", **_context(current(), form))


def _page(setup: Setup, form: AppForm, theirs: list[Difference] | None = None, *, status: int = 200) -> Response:
    return render("setups/app.html", status=status, **_context(setup, form), theirs=theirs or [])


def _context(setup: Setup, form: AppForm) -> dict[str, Any]:
    erp = form.erp.data or ""
    return {
        "setup": setup,
        "form": form,
        "steps": steps(setup, Step.APP),
        "errors": [(name, messages[0]) for name, messages in form.errors.items() if name != "csrf_token"],
        "erp": erp,
        "store_url": STORE + quote(erp or "sync", safe=""),
        "seen": _seen(setup),
        "draft_saved": draft_saved(setup),
    }


def _seen(setup: Setup) -> str | None:
    """What a passed check has shown of what was only said."""
    connector = setup.connector
    if connector is None or not connector.health or connector.health.verdict == Verdict.FAILED:
        return None
    if not is_seen(connector):
        return None
    return _("Seen: the connector answered %(moment)s.", moment=moment(connector.health.at))


def _typed(form: AppForm) -> dict[str, Any]:
    return {name: form[name].data for name in ("erp", "route", "provider", "contact", "installed", "registered")}


def _compare(theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[Difference]:
    labels = {
        "erp": _("Which ERP do you use?"),
        "route": _("What did you find?"),
        "installed": _("The app is installed"),
        "registered": _("It is registered, and I have its connector URL"),
        "provider": _("Company or team"),
        "contact": _("Support e-mail"),
    }
    return differences(theirs, yours, labels)
