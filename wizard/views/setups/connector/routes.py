"""The requests of step 2."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import RunKind
from wizard.domain.connector import mended_url, texts_of_draft
from wizard.domain.steps import Step
from wizard.errors import InvalidInput, InvalidState, ReceiptMissing, StaleVersion
from wizard.forms import ConnectorForm, row_ids
from wizard.models import CheckRun, Continuation, Setup, SetupKind
from wizard.services.checks import cancel_check, check_input, latest_run
from wizard.services.connectors import (
    begin_registration,
    find_connector,
    free_name,
    register_connector,
    require_registrable,
)
from wizard.services.in_superoffice import may_save_there
from wizard.services.setups import acknowledge_version, connector_runs, save_draft, take_continuation, use_connector
from wizard.views.practice import practice_url
from wizard.views.setups.base import blueprint, current
from wizard.views.setups.connector.differences import differences_from_saved, differences_of_drafts
from wizard.views.setups.connector.page import page_of, part_of
from wizard.views.setups.differences import Difference
from wizard.views.setups.drafts import Meanwhile, page_waits, save_or_compare
from wizard.views.setups.setup import discard
from wizard.views.setups.steps import TOP, check_url, next_url, step_url
from wizard.web import go_to, limit_checks


@blueprint.get("/<int:setup_id>/connector")
def connector() -> Response:
    setup = current()
    form = _saved_form(setup)
    runs = connector_runs(setup, form.input)
    if runs.latest is not None and take_continuation(runs.latest):
        return go_to(next_url(setup, Step.CONNECTOR) + TOP)
    return page_of(setup, form, runs, theirs=_validate_refused(setup, runs.latest, form))


@blueprint.post("/<int:setup_id>/connector")
@limit_checks
def connector_send() -> Response:
    """Saves the draft first, whatever button was pressed."""
    setup, form = current(), ConnectorForm()
    meanwhile = _save_or_compare(setup, form)
    action = request.form.get("action")
    if action == "discard":
        return discard()
    if meanwhile:
        return _stale_page(setup, meanwhile)
    match action:
        case "cancel":
            return _cancel(setup)
        case "practice":
            return _fill_in_practice(setup, form)
        case "mend":
            return _mend(setup, form)
        case "check":
            return _check(setup, form)
        case "later":
            return _register(setup, form, here_only=True)
        case _:
            return _register(setup, form, unreachable=action == "anyway", **_choice())


@blueprint.post("/<int:setup_id>/connector/use")
def connector_use() -> Response:
    """Goes on with a connector that is registered already."""
    setup = current()
    if setup.kind != SetupKind.GUIDED:
        raise InvalidState("guided")
    found = next(iter(row_ids([request.form.get("existing", "")])), 0)
    use_connector(current_user, setup, find_connector(found, current=True))
    return redirect(next_url(setup, Step.CONNECTOR), 303)


@blueprint.post("/<int:setup_id>/connector/draft")
def connector_draft() -> Response:
    """Saves what is typed while it is typed, and says what that means for the check."""
    setup, form = current(), ConnectorForm()
    if meanwhile := _save_or_compare(setup, form):
        return _stale_page(setup, meanwhile)
    if "refused" in request.form:  # the page says what was wrong
        form.validate()
    return part_of(setup, form, connector_runs(setup, form.input), answered=page_waits(), saved=True)


@blueprint.get("/<int:setup_id>/connector/check")
def connector_check() -> Response:
    """The check's progress."""
    setup = current()
    form = _saved_form(setup)
    runs = connector_runs(setup, form.input)
    if runs.latest is not None and take_continuation(runs.latest):
        return go_to(next_url(setup, Step.CONNECTOR))
    if theirs := _validate_refused(setup, runs.latest, form):
        return page_of(setup, form, runs, theirs=theirs, status=409)
    return part_of(setup, form, runs, answered=True)


def _saved_form(setup: Setup) -> ConnectorForm:
    return ConnectorForm(formdata=None, data=texts_of_draft(setup.typed(Step.CONNECTOR)))


def _save_or_compare(setup: Setup, form: ConnectorForm) -> Meanwhile | None:
    return save_or_compare(setup, Step.CONNECTOR, form.draft(), differences_of_drafts)


def _stale_page(setup: Setup, meanwhile: Meanwhile) -> Response:
    form = ConnectorForm(formdata=None, data=texts_of_draft(meanwhile.draft))
    return page_of(setup, form, meanwhile=meanwhile, status=409)


def _validate_refused(setup: Setup, run: CheckRun | None, form: ConnectorForm) -> list[Difference]:
    """Says in the form why a check that has passed could not register it; returns how a newer version differs."""
    if run is None or run.continuation != Continuation.REFUSED:
        return []
    try:
        require_registrable(setup, form.input)
    except InvalidInput as invalid:
        form.add_problems(invalid.errors)
    except StaleVersion:
        return differences_from_saved(setup, form)
    except ReceiptMissing:  # the void receipt says that the address was changed
        pass
    return []


def _check(setup: Setup, form: ConnectorForm) -> Response:
    """Only the address has to be there; a name can come later."""
    form.validate()
    if any(form[name].errors for name in ("url", "real_url", "ca_pem")):
        return page_of(setup, form, status=422)
    check_input(current_user, setup, form.input)
    return redirect(check_url(setup, Step.CONNECTOR), 303)


def _choice() -> dict[str, Any]:
    """What is to be done where SuperOffice has such a connector already: take it over, or add another one."""
    adopted = next(iter(row_ids([request.form.get("adopt", "")])), None)
    return {"adopt": adopted, "add": request.form.get("action") == "add"}


def _register(
    setup: Setup, form: ConnectorForm, *, unreachable: bool = False, here_only: bool = False, **choice: Any
) -> Response:
    if not form.validate():
        return page_of(setup, form, status=422)
    in_superoffice = may_save_there() and not here_only
    try:
        if in_superoffice:
            begin_registration(current_user, setup, form.input, unreachable=unreachable, **choice)
            return redirect(check_url(setup, Step.CONNECTOR), 303)
        register_connector(current_user, setup, form.input, unreachable=unreachable)
    except ReceiptMissing:
        check_input(current_user, setup, form.input, then_register=True)
        return redirect(check_url(setup, Step.CONNECTOR), 303)
    except InvalidInput as invalid:
        form.add_problems(invalid.errors)
        return page_of(setup, form, status=422)
    except StaleVersion:
        acknowledge_version(setup)
        return page_of(setup, form, theirs=differences_from_saved(setup, form), status=409)
    if setup.kind == SetupKind.CONNECTOR:
        flash(_("%(name)s is saved.", name=form.name.data), "ok")
    return redirect(next_url(setup, Step.CONNECTOR), 303)


def _cancel(setup: Setup) -> Response:
    run = latest_run(setup, RunKind.CONNECTOR)
    if run is not None:
        cancel_check(current_user, run)
    return redirect(check_url(setup, Step.CONNECTOR), 303)


def _mend(setup: Setup, form: ConnectorForm) -> Response:
    """Takes the address that the page offers, and checks it."""
    draft = form.draft() | {"url": mended_url(form.url.data or "") or form.url.data}
    save_draft(current_user, setup, Step.CONNECTOR, draft)
    return _check(setup, _saved_form(setup))


def _fill_in_practice(setup: Setup, form: ConnectorForm) -> Response:
    name = form.name.data or free_name(_("Practice connector"))
    draft = form.draft() | {"url": practice_url(), "real_url": "", "name": name}
    save_draft(current_user, setup, Step.CONNECTOR, draft)
    return redirect(step_url(setup, Step.CONNECTOR), 303)
