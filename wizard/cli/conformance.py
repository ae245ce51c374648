"""`erp-wizard check --full`: a conformance run, as text, JSON or JUnit XML."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any
from xml.etree import ElementTree  # writes only

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.cli.check import Request
from wizard.cli.config_file import encode_values
from wizard.cli.text_report import TextReport, echo_json, in_text, render_json, word_of
from wizard.domain.check import CONNECTOR_STAGES, Outcome, StageResult, Verdict
from wizard.errors import InvalidFile
from wizard.messages import describe, duration, one_line, without_password
from wizard.outside.connector import CheckReport, Endpoint, check_connector
from wizard.outside.connector.conformance import Finding, run_conformance

PATIENCE = 10
"""All of it may take as many times as long as a check."""
SET_ASIDE = 3
"""Of these: one for the check before, one for the call that is begun last, and one for cleaning up."""


def run(urls: Sequence[str], request: Request, *, shape: str) -> int:
    """Runs them in turn and prints what was found; `shape` is text, json or junit. Returns the exit code."""
    text = TextReport.on_stdout(CONNECTOR_STAGES) if shape == "text" else None
    with _cleaned_up_when_ended():
        found = [_run_one(url, request, text) for url in urls]
    if shape == "json":
        reports = [_as_json(url, report, findings) for url, report, findings in found]
        echo_json(reports if len(urls) > 1 else reports[0])
        click.echo()
    if shape == "junit":
        click.echo(_as_junit(found))
    return 0 if all(_is_good(report, findings) for _url, report, findings in found) else 1


@contextmanager
def _cleaned_up_when_ended() -> Iterator[None]:
    """Ctrl-C and a termination raise SystemExit where the program stands, so that no connection is left behind."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)  # as shells count it

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_Result = tuple[str, CheckReport, tuple[Finding, ...]]


def _run_one(url: str, request: Request, text: TextReport | None) -> _Result:
    """The check, and where it passes the conformance run. Raises click.UsageError for values that do not fit."""
    endpoint = Endpoint(url, request.trust)
    if text:
        text.begin(url)
    report = check_connector(endpoint, request.possible_secrets, policy=request.policy, limits=request.limits)
    if report.fields is None or report.verdict == Verdict.FAILED:
        if text:
            text.ended(_failed(report))
            text.end(report)
        return url, report, ()
    try:
        values, secrets = encode_values(report.fields, request.given or {})
    except InvalidFile as error:
        raise click.UsageError(str(error)) from error
    findings = run_conformance(
        endpoint,
        values,
        secrets,
        policy=request.policy,
        limits=request.limits,
        seconds=(PATIENCE - SET_ASIDE) * request.limits.seconds,
        on_finding=partial(_tell, text) if text else lambda _: None,
    )
    if text:
        _tell_count(text, findings)
    return url, report.without_in_keys(secrets), findings


def _failed(report: CheckReport) -> StageResult:
    return next(result for result in report.results if result.outcome == Outcome.FAILED)


def _tell(text: TextReport, finding: Finding) -> None:
    line = f"  {word_of(finding.outcome):8} {finding.operation}: {one_line(finding.name)}"
    text.line(f"{line} ({duration(finding.elapsed_ms)})")
    if finding.says:
        text.line(f"      {one_line(finding.says)}")


def _tell_count(text: TextReport, findings: Sequence[Finding]) -> None:
    counts = _counts(findings)
    text.line(
        _(
            "  %(passed)s passed, %(warning)s with a remark, %(failed)s failed, %(skipped)s skipped.",
            passed=counts["passed"],
            warning=counts["warning"],
            failed=counts["failed"],
            skipped=counts["skipped"],
        )
    )
    slowest = max(findings, key=lambda finding: finding.elapsed_ms, default=None)
    if slowest is not None:
        called = {finding.operation for finding in findings if finding.outcome != Outcome.SKIPPED}
        calls = ngettext("%(num)s operation called", "%(num)s operations called", len(called))
        took = duration(slowest.elapsed_ms)
        text.line(
            _("  %(calls)s; the slowest took %(time)s: %(name)s.", calls=calls, time=took, name=one_line(slowest.name))
        )


def _counts(findings: Sequence[Finding]) -> Mapping[str, int]:
    return {each.value: sum(finding.outcome == each for finding in findings) for each in Outcome}


def _as_json(url: str, report: CheckReport, findings: Sequence[Finding]) -> dict[str, Any]:
    cases = [
        {
            "name": finding.name,
            "operation": finding.operation,
            "outcome": finding.outcome.value,
            "says": finding.says,
            "elapsed_ms": finding.elapsed_ms,
        }
        for finding in findings
    ]
    return render_json(url, report) | {"conformance": cases}


def _as_junit(found: Sequence[_Result]) -> bytes:
    """The form that CI servers read: a suite for each URL, a case for each finding."""
    suites = ElementTree.Element("testsuites")
    for url, report, findings in found:
        counts = _counts(findings)
        suite = ElementTree.SubElement(
            suites,
            "testsuite",
            name=one_line(without_password(url), 1023),
            tests=str(len(findings) or 1),
            failures=str(counts["failed"] if findings else 1),
            skipped=str(counts["skipped"]),
            time=f"{sum(finding.elapsed_ms for finding in findings) / 1000:.3f}",
        )
        for finding in findings:
            _add_case(suite, finding)
        if not findings:
            case = ElementTree.SubElement(suite, "testcase", classname="check", name="The connector can be used")
            failed = _failed(report)
            failure = ElementTree.SubElement(case, "failure", type=failed.reason or "", message=describe(failed).says)
            failure.text = in_text(failed)
    ElementTree.indent(suites)
    xml: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return xml


def _add_case(suite: ElementTree.Element, finding: Finding) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=finding.operation,
        name=one_line(finding.name),
        time=f"{finding.elapsed_ms / 1000:.3f}",
    )
    says = one_line(finding.says)
    if finding.outcome == Outcome.FAILED:
        ElementTree.SubElement(case, "failure", message=says)
    elif finding.outcome == Outcome.SKIPPED:
        ElementTree.SubElement(case, "skipped", message=says)
    elif says:
        ElementTree.SubElement(case, "system-out").text = says


def _is_good(report: CheckReport, findings: Sequence[Finding]) -> bool:
    return bool(findings) and report.verdict != Verdict.FAILED and not _counts(findings)["failed"]
