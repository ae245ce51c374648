"""What the page of step 2 shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from wizard.domain.check import Owner, RunKind, Stage, StageResult
from wizard.domain.connector import mended_url, texts_of_draft
from wizard.domain.fields import count_inputs
from wizard.domain.steps import Step
from wizard.forms import ConnectorForm
from wizard.messages import describe, repaired_elsewhere, verdict_line
from wizard.models import CheckRun, Setup, SetupKind
from wizard.services.connectors import current_connectors
from wizard.services.setups import ConnectorRuns, connector_runs, provider_of
from wizard.views.checks.check_view import CheckView, check_view, not_run_yet
from wizard.views.checks.receipt_view import void_receipt
from wizard.views.practice import is_practice
from wizard.views.setups.connector.in_superoffice import registration_view
from wizard.views.setups.connector.preview import preview_of
from wizard.views.setups.differences import Difference
from wizard.views.setups.drafts import Meanwhile
from wizard.views.setups.steps import step_context, step_url
from wizard.web import render


def page_of(
    setup: Setup,
    form: ConnectorForm,
    runs: ConnectorRuns | None = None,
    *,
    theirs: Sequence[Difference] = (),
    meanwhile: Meanwhile | None = None,
    status: int = 200,
) -> Response:
    context = _context(setup, form, runs or connector_runs(setup, form.input))
    return render("connectors/form.html", status=status, theirs=theirs, meanwhile=meanwhile, answered=False, **context)


def part_of(setup: Setup, form: ConnectorForm, runs: ConnectorRuns, *, answered: bool, saved: bool = False) -> Response:
    """What depends on the check.

    `answered`: it is rendered because the check has gone on, `saved`: because the page has saved what it shows.
    """
    context = _context(setup, form, runs)
    return render("connectors/form.html", "connectors/_part.html", answered=answered, saved=saved, **context)


def _context(setup: Setup, form: ConnectorForm, runs: ConnectorRuns) -> dict[str, Any]:
    run = runs.current
    covered = run is not None and runs.covers(run)
    failure = run.failure if covered and run is not None else None
    check = _check_view(setup, runs)
    running = check is not None and check.running
    registering = run is not None and run.kind == RunKind.REGISTER
    return {
        **step_context(setup, Step.CONNECTOR, shown=texts_of_draft(setup.typed(Step.CONNECTOR))),
        "form": form,
        "check": check,
        "running": running,
        "checked_before": runs.latest is not None,
        "failed": bool(form.errors) or failure is not None,
        "check_failed": failure is not None and not registering,
        "edits": setup.edits,
        "can_add_anyway": runs.failed_after_address and not registering,
        "there": registration_view(runs),
        "broken": _broken(failure) if failure and not form.errors else [],
        "broken_title": verdict_line(run.kind) if run is not None else "",
        "url_error": describe(failure).says if failure and failure.stage == Stage.ADDRESS else None,
        "preview": preview_of(run) if run is not None and run.passed and covered and not registering else None,
        "refresh_seconds": 1 if running else None,
        "back_url": step_url(setup, Step.APP),
        "mended": mended_url(form.url.data or ""),
        **_others(setup, form),
        "offers_practice": current_app.config["PRACTICE"] and not setup.edits and not is_practice(form.input.url),
    }


def _others(setup: Setup, form: ConnectorForm) -> dict[str, Any]:
    """The connectors that the guide can go on with instead of adding one, and the one that has the same URL."""
    others = [connector for connector in current_connectors() if connector.id != setup.connector_id]
    can_choose = setup.kind == SetupKind.GUIDED and setup.connector_id is None
    return {
        "existing": [(connector.id, connector.name) for connector in others] if can_choose else [],
        "same_url": next((connector for connector in others if connector.url == form.input.url), None),
    }


def _check_view(setup: Setup, runs: ConnectorRuns) -> CheckView | None:
    """The run that runs, else one that covers the form, else the void receipt of an older one."""
    run = runs.current
    if run is not None:
        count = count_inputs(run.config_fields())
        return check_view(
            run,
            poll_url=url_for("setups.connector_check", setup_id=setup.id),
            covers=ngettext("The URL and the field it asks for", "The URL and the %(num)s fields it asks for", count),
            provider=provider_of(setup, setup.connector),
            link=_field_to_correct(run),
        )
    if runs.passed is None:
        return None
    void = void_receipt(runs.passed, [(_("Sync Connector URL"), "#url", None, None)])
    return not_run_yet(RunKind.CONNECTOR, _("Check again"), "", void)


def _broken(failure: StageResult) -> list[tuple[str, str | None]]:
    """What the summary on top says of a check that has failed, and where that leads."""
    says = describe(failure).says
    if failure.owner == Owner.ADMIN:
        return [(says, "#url")]
    return [(says, "#check-title"), (repaired_elsewhere(failure), None)]


def _field_to_correct(run: CheckRun) -> tuple[str, str]:
    """A word of what is to be done, and the field where that is done."""
    untrusted = run.failure is not None and run.failure.reason in ("tls.self_signed", "tls.unknown_ca")
    return _("address"), "#ca_pem" if untrusted else "#url"
