"""Step 2: add a Sync Connector, or change one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import Owner, RunKind, Stage, StageResult
from wizard.domain.connector import texts_of_draft
from wizard.domain.fields.field import ConfigField, FieldType, count_inputs, in_rank_order
from wizard.domain.fields.multilang import in_language
from wizard.domain.fields.typed import default_text
from wizard.domain.steps import Step
from wizard.errors import InvalidInput, ReceiptMissing, StaleVersion
from wizard.forms.setups import ConnectorForm
from wizard.messages import describe
from wizard.models import CheckRun, Continuation, Setup, SetupKind
from wizard.services.checks.cancel import cancel_check
from wizard.services.checks.receipts import failed_after_address, find_receipt, input_payload, sign_payload
from wizard.services.checks.runs import latest_pass, latest_run
from wizard.services.checks.start import check_input
from wizard.services.connectors.register import register_connector, require_registrable
from wizard.services.setups.find import acknowledge_version, follow, provider_of
from wizard.views.checks.check_view import CheckView, check_view, not_run_yet, void_receipt
from wizard.views.setups.base import (
    Difference,
    blueprint,
    check_url,
    current,
    differences,
    draft_saved,
    keep,
    page_waits,
    step_url,
    steps,
    titles,
)
from wizard.views.setups.setup import discard
from wizard.web.htmx import go_to, render
from wizard.web.language import current_language
from wizard.web.limits import limit_checks


@blueprint.get("/<int:setup_id>/connector")
def connector() -> Response:
    setup = current()
    run = latest_run(setup, RunKind.CONNECTOR)
    if run is not None and follow(run):
        return go_to(after(setup))
    form = _saved_form(setup)
    return _page(setup, form, theirs=_tell_what_was_refused(setup, run, form))


@blueprint.post("/<int:setup_id>/connector")
@limit_checks
def connector_send() -> Response:
    """Whatever button was pressed, the form is kept first."""
    setup, form = current(), ConnectorForm()
    theirs = keep(Step.CONNECTOR, _typed(form), form, _compare)
    if request.form.get("action") == "discard":
        return discard()
    if theirs:
        return _page(setup, form, theirs=theirs, status=409)
    match request.form.get("action"):
        case "cancel":
            return _cancel(setup)
        case "practice":
            return _fill_in_practice(setup, form)
        case "check":
            return _check(setup, form)
        case "anyway":
            return _register(setup, form, unreachable=True)
        case _:
            return _register(setup, form)


@blueprint.post("/<int:setup_id>/connector/draft")
def connector_draft() -> Response:
    """Keeps what is typed while it is typed, and says what that means for the check."""
    setup, form = current(), ConnectorForm()
    theirs = keep(Step.CONNECTOR, _typed(form), form, _compare)
    if theirs:
        return _page(setup, form, theirs=theirs, status=409)
    if "refused" in request.form:  # the page says what was wrong
        form.validate()
    context = _context(setup, form)
    return render("connectors/form.html", "connectors/_part.html", answered=page_waits(), **context)


@blueprint.get("/<int:setup_id>/connector/check")
def connector_check() -> Response:
    """The check's progress."""
    setup = current()
    run = latest_run(setup, RunKind.CONNECTOR)
    if run is not None and follow(run):
        return go_to(after(setup))
    form = _saved_form(setup)
    if theirs := _tell_what_was_refused(setup, run, form):
        return _page(setup, form, theirs=theirs, status=409)
    context = _context(setup, form)
    return render("connectors/form.html", "connectors/_part.html", answered=True, **context)


def _saved_form(setup: Setup) -> ConnectorForm:
    return ConnectorForm(formdata=None, data=texts_of_draft(setup.typed(Step.CONNECTOR)))


def _tell_what_was_refused(setup: Setup, run: CheckRun | None, form: ConnectorForm) -> list[Difference]:
    """Says in the form why a check that has passed could not register it; returns what somebody else has saved."""
    if run is None or run.continuation != Continuation.REFUSED:
        return []
    try:
        require_registrable(setup, form.typed)
    except InvalidInput as invalid:
        form.add_problems(invalid.errors)
    except StaleVersion as stale:
        return _compare(stale.theirs, stale.yours)
    except ReceiptMissing:  # the void receipt says that the address was changed
        pass
    return []


def after(setup: Setup) -> str:
    """Where a registered connector leads to."""
    return step_url(setup, Step.CONNECTION) if setup.kind == SetupKind.GUIDED else url_for("home.show")


def _check(setup: Setup, form: ConnectorForm) -> Response:
    """Only the address has to be there; a name can come later."""
    form.validate()
    if any(form[name].errors for name in ("url", "real_url", "ca_pem")):
        return _page(setup, form, status=422)
    check_input(current_user, setup, form.typed)
    return redirect(check_url(setup, Step.CONNECTOR), 303)


def _register(setup: Setup, form: ConnectorForm, *, unreachable: bool = False) -> Response:
    if not form.validate():
        return _page(setup, form, status=422)
    try:
        register_connector(current_user, setup, form.typed, unreachable=unreachable)
    except ReceiptMissing:
        check_input(current_user, setup, form.typed, then_register=True)
        return redirect(check_url(setup, Step.CONNECTOR), 303)
    except InvalidInput as invalid:
        form.add_problems(invalid.errors)
        return _page(setup, form, status=422)
    except StaleVersion as stale:
        acknowledge_version(setup)
        return _page(setup, form, theirs=_compare(stale.theirs, stale.yours), status=409)
    if setup.kind == SetupKind.CONNECTOR:
        flash(_("%(name)s is saved.", name=form.name.data), "ok")
    return redirect(after(setup), 303)


def _cancel(setup: Setup) -> Response:
    run = latest_run(setup, RunKind.CONNECTOR)
    if run is not None:
        cancel_check(current_user, run)
    return redirect(check_url(setup, Step.CONNECTOR), 303)


def _fill_in_practice(setup: Setup, form: ConnectorForm) -> Response:
    typed = _typed(form) | {"url": practice_url(), "real_url": "", "name": form.name.data or _("Practice connector")}
    keep(Step.CONNECTOR, typed, form, _compare)
    return redirect(step_url(setup, Step.CONNECTOR), 303)


def practice_url() -> str:
    """The practice connector's address, as this page was reached."""
    return url_for("practice.serve", _external=True)


def _page(setup: Setup, form: ConnectorForm, *, theirs: list[Difference] | None = None, status: int = 200) -> Response:
    return render("connectors/form.html", status=status, **_context(setup, form, theirs))


def _context(setup: Setup, form: ConnectorForm, theirs: list[Difference] | None = None) -> dict[str, Any]:
    message = input_payload(form.typed)
    run, check = _run_and_check(setup, message)
    covered = run is not None and run.receipt_signature == sign_payload(message)
    failure = run.failure if covered and run is not None else None
    shown = run if run is not None and run.passed and covered else None
    guided = setup.kind == SetupKind.GUIDED
    return {
        "setup": setup,
        "form": form,
        "steps": steps(setup, Step.CONNECTOR),
        "title": _("Edit the Sync Connector") if setup.edits else titles()[Step.CONNECTOR],
        "kicker": _("Step 2 of 3") if guided else None,
        "check": check,
        "run": run,
        "checked_before": latest_run(setup, RunKind.CONNECTOR) is not None,
        "failed": bool(form.errors) or failure is not None,
        "check_failed": failure is not None,
        "can_add_anyway": failed_after_address(message),
        "broken": _what_is_broken(failure) if failure and not form.errors else [],
        "url_error": describe(failure).says if failure and failure.stage == Stage.ADDRESS else None,
        "preview": _preview(shown) if shown else None,
        "theirs": theirs or [],
        "draft_saved": draft_saved(setup),
        "refresh_seconds": 1 if check and check.running else None,
        "offers_practice": current_app.config["PRACTICE"],
        "guided": guided,
    }


def _run_and_check(setup: Setup, message: bytes) -> tuple[CheckRun | None, CheckView | None]:
    """The run to show: the one that runs, else one that covers the form, else the void receipt of an older one."""
    latest = latest_run(setup, RunKind.CONNECTOR)
    proof = find_receipt(message)
    run = (
        latest
        if latest is not None and (latest.unfinished or latest.receipt_signature == sign_payload(message))
        else proof
    )
    poll_url = url_for("setups.connector_check", setup_id=setup.id)
    if run is not None:
        count = count_inputs(run.config_fields())
        covers = ngettext("The URL and the field it asks for", "The URL and the %(num)s fields it asks for", count)
        provider = provider_of(setup, setup.connector)
        return run, check_view(run, poll_url=poll_url, covers=covers, provider=provider, link=_field_to_correct(run))
    passed = latest_pass(setup, RunKind.CONNECTOR)
    if passed is None:
        return None, None
    changes = [(_("Sync Connector URL"), "#url", None, None)]
    void = void_receipt(passed, changes)
    return None, not_run_yet(RunKind.CONNECTOR, _("Check again"), "", void)


def _what_is_broken(failure: StageResult) -> list[tuple[str, str | None]]:
    """What the summary on top says of a check that has failed, and where that leads."""
    says = describe(failure).says
    if failure.owner == Owner.ADMIN:
        return [(says, "#url")]
    return [(says, "#check-title"), (_("What you entered is fine; this has to be repaired elsewhere."), None)]


def _field_to_correct(run: CheckRun) -> tuple[str, str]:
    """A word of what is to be done, and the field where that is done."""
    untrusted = run.failure is not None and run.failure.reason in ("tls.self_signed", "tls.unknown_ca")
    return _("address"), "#ca_pem" if untrusted else "#url"


def _preview(run: CheckRun) -> Sequence[tuple[str, str, bool]]:
    """Label, kind and whether it is needed, of each field that the connector will ask for."""
    language = current_language()
    fields = in_rank_order(run.config_fields())
    return [
        (in_language(field.label, language) or field.key, _kind(field, language), field.is_mandatory)
        for field in fields
        if field.takes_input
    ]


def _kind(field: ConfigField, language: str) -> str:
    default = default_text(field, language)
    if field.is_read_only:
        return _("Filled in by the connector")
    match field.type:
        case FieldType.TEXT if field.max_length:
            return ngettext("Text, %(num)s character at most", "Text, %(num)s characters at most", field.max_length)
        case FieldType.TEXT:
            return _("Text")
        case FieldType.PASSWORD:
            return _("Password")
        case FieldType.LIST if field.items is not None:
            return ngettext("One of %(num)s", "One of %(num)s", len(field.items))
        case FieldType.LIST:
            return _("One of a list")
        case FieldType.INTEGER:
            return _("Whole number, %(default)s unless changed", default=default) if default else _("Whole number")
        case FieldType.DOUBLE:
            return _("Decimal number, %(default)s unless changed", default=default) if default else _("Decimal number")
        case FieldType.DATETIME:
            return _("Date and time")
        case _:
            return _("Yes or no, yes unless changed") if default else _("Yes or no")


def _typed(form: ConnectorForm) -> dict[str, str]:
    return {name: form[name].data or "" for name in ("name", "url", "real_url", "ca_pem")}


def _compare(theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[Difference]:
    labels = {
        "name": _("Name"),
        "url": _("Sync Connector URL"),
        "real_url": _("Real address"),
        "ca_pem": _("Certificate of the authority"),
    }
    return differences(theirs, yours, labels)
