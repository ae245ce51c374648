"""Step 1: install the sync app."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import Verdict
from wizard.domain.steps import Step
from wizard.forms import APP_LABELS, AppForm
from wizard.messages import moment
from wizard.models import Setup, SetupKind
from wizard.services.in_superoffice import may_save_there
from wizard.services.setups import has_receipt, register_app, skip_app
from wizard.services.superoffice import read_registered_if_old
from wizard.views.setups.base import blueprint, current
from wizard.views.setups.differences import differences
from wizard.views.setups.drafts import Meanwhile, save_or_compare
from wizard.views.setups.registered import registered_view
from wizard.views.setups.steps import next_url, step_context
from wizard.web import render

STORE = "https://online.superoffice.com/appstore/app/search?phrase="
"""The App Store's search, as SuperOffice's help page links it."""


@blueprint.route("/<int:setup_id>/app", methods=["GET", "POST"])
def app() -> Response:
    setup = current()
    if request.method == "GET":
        read_registered_if_old()
        return _page(setup, AppForm(formdata=None, data=setup.typed(Step.APP)))
    form = AppForm()
    if meanwhile := _save_or_compare(setup, form):
        return _stale_page(setup, meanwhile)
    if request.form.get("action") == "skip":
        skip_app(setup)
        return redirect(next_url(setup, Step.APP), 303)
    if not form.validate():
        return _page(setup, form, status=422)
    register_app(current_user, setup, form.draft())
    return redirect(next_url(setup, Step.APP), 303)


@blueprint.post("/<int:setup_id>/app/draft")
def app_draft() -> Response:
    setup, form = current(), AppForm()
    if meanwhile := _save_or_compare(setup, form):
        return _stale_page(setup, meanwhile)
    return render("setups/app.html", "setups/_app_live.html", **_context(setup, form))


def _page(setup: Setup, form: AppForm, *, status: int = 200) -> Response:
    return render("setups/app.html", status=status, **_context(setup, form))


def _stale_page(setup: Setup, meanwhile: Meanwhile) -> Response:
    form = AppForm(formdata=None, data=meanwhile.draft)
    return render("setups/app.html", status=409, **_context(setup, form), meanwhile=meanwhile)


def _context(setup: Setup, form: AppForm) -> dict[str, Any]:
    erp = form.erp.data or ""
    errors = {name: messages[0] for name, messages in form.errors.items() if name != "csrf_token"}
    at_hand = [
        _("The name of your ERP"),
        _("The connector URL, from the app's provider"),
        _("A user name and password for the ERP, from its administrator"),
    ]
    return {
        **step_context(setup, Step.APP, shown=setup.typed(Step.APP)),
        "form": form,
        "errors": errors,
        "summary": [(text, f"#{name}") for name, text in errors.items()],
        "erp": erp,
        "store_url": STORE + quote(erp or "sync", safe=""),
        "answered": _answered(setup),
        "saves_there": may_save_there(),
        "registered": registered_view(setup) if setup.kind == SetupKind.GUIDED else None,
        "at_hand": at_hand,
        "at_hand_mail": "\r\n".join(f"- {text}" for text in at_hand),
    }


def _answered(setup: Setup) -> str | None:
    """When the connector has answered, which proves what is ticked here."""
    connector = setup.connector
    if connector is None or not connector.health or connector.health.verdict == Verdict.FAILED:
        return None
    if not has_receipt(connector):
        return None
    return _("Seen: the connector answered %(moment)s.", moment=moment(connector.health.at))


def _save_or_compare(setup: Setup, form: AppForm) -> Meanwhile | None:
    return save_or_compare(setup, Step.APP, form.draft(), lambda one, other: differences(one, other, APP_LABELS))
