"""SuperOffice looks too: after the wizard's own check of a connector, or its own test of a connection.

What SuperOffice finds says only that something is so and never why, so it is a remark. Of an app:// address, which it
alone can look up, it is the verdict.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import replace

from wizard.domain.check import LINKED_STAGE, Outcome, RunKind, Stage, StageResult, Verdict, verdict_of
from wizard.domain.connector import APP_SCHEME
from wizard.models import CheckRun
from wizard.outside.connector import CheckOptions, CheckReport, without_secrets
from wizard.outside.redaction import Redactor
from wizard.outside.superoffice import SuperOffice, SuperOfficeError, registry
from wizard.services.superoffice.saving.opened import superoffice_of
from wizard.services.superoffice.saving.recorder import Refused

Perform = Callable[[CheckRun, Collection[str], CheckOptions], CheckReport]
Finding = tuple[Outcome, str | None, dict[str, str]]


def superoffice_too(perform: Perform) -> Perform:
    """The same check with one stage more, where the run asks for it."""

    def perform_too(run: CheckRun, secrets: Collection[str], options: CheckOptions) -> CheckReport:
        is_asked = "superoffice_url" in run.request  # read before the check, after which the database may be locked
        report = perform(run, secrets, options)
        if not is_asked or report.verdict == Verdict.CANCELLED:
            return report
        stage = LINKED_STAGE[report.results[-1].stage]
        if report.verdict == Verdict.FAILED:
            return _with(report, StageResult(stage, Outcome.SKIPPED))
        options["observer"].started(stage)
        (result,) = without_secrets([_result(run, stage, options)], Redactor(secrets))
        options["observer"].ended(result)
        return _with(report, result)

    return perform_too


def _result(run: CheckRun, stage: Stage, options: CheckOptions) -> StageResult:
    begun = time.monotonic()
    try:
        with superoffice_of(run, options) as so:
            outcome, reason, facts = _ask(so, run)
        evidence = tuple(facts.items())
    except SuperOfficeError as error:
        outcome, reason, facts, evidence = (
            Outcome.WARNING,
            error.reason,
            dict(error.result.facts),
            error.result.evidence,
        )
    except Refused as refused:
        outcome, reason, facts, evidence = Outcome.WARNING, refused.reason, dict(refused.facts), ()
    return StageResult(stage, outcome, reason, facts, evidence, round((time.monotonic() - begun) * 1000))


def _ask(so: SuperOffice, run: CheckRun) -> Finding:
    request = run.request
    if run.kind == RunKind.CONNECTOR:
        return _reached(registry.test_connector_url(so, request["superoffice_url"]), request["superoffice_url"])
    passes = registry.test_connection_by_config(so, request["superoffice_id"], request["values"])
    facts = {"operation": "TestConnectionByConfig"}
    return (Outcome.PASSED, None, facts) if passes else (Outcome.WARNING, "superoffice.test_failed", facts)


def _reached(answer: str, url: str) -> Finding:
    facts = {"operation": "TestConnectorUrl", "url": url, "answer": answer}
    if answer == registry.NO_ERROR:
        return Outcome.PASSED, None, facts
    is_app_url = url.lower().startswith(APP_SCHEME)
    kind = {"kind": "app"} if is_app_url else {}
    return Outcome.FAILED if is_app_url else Outcome.WARNING, "superoffice.url_not_answering", facts | kind


def _with(report: CheckReport, result: StageResult) -> CheckReport:
    results = report.results
    if result.stage == Stage.SUPEROFFICE and result.outcome == Outcome.PASSED:
        results = tuple(map(_reached_by_superoffice, results))
    results = (*results, result)
    return replace(report, results=results, verdict=verdict_of(results))


def _reached_by_superoffice(result: StageResult) -> StageResult:
    """SuperOffice itself has reached it, so that its private address is in no doubt."""
    if result.reason != "connect.private":
        return result
    return replace(result, outcome=Outcome.PASSED, reason=None)
