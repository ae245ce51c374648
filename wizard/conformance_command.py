"""`erp-wizard check --full`: a conformance run, as text, JSON or JUnit XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree  # writes only

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.check_command import Request
from wizard.config_file import encode_values
from wizard.connectors.check import CheckReport, Endpoint, check_connector
from wizard.connectors.conformance import Finding, run_conformance
from wizard.domain.check import Outcome, Verdict
from wizard.errors import BadFile
from wizard.messages import duration, one_line, without_password
from wizard.report import echo_json, render_json, word_of

PATIENCE = 10
"""All of it may take as many times as long as a check."""
SET_ASIDE = 3
"""Of these: one for the check before, one for the call that is begun last, and one for cleaning up."""


def run(urls: Sequence[str], request: Request, *, shape: str) -> int:
    """Runs them in turn and prints what was found; `shape` is text, json or junit. Returns the exit code."""
    found = [_run_one(url, request, live=shape == "text") for url in urls]
    if shape == "json":
        shown = [_as_json(url, report, findings) for url, report, findings in found]
        echo_json(shown if len(urls) > 1 else shown[0])
        click.echo()
    if shape == "junit":
        click.echo(_as_junit(found))
    return 0 if all(_is_good(report, findings) for _url, report, findings in found) else 1


_Result = tuple[str, CheckReport, tuple[Finding, ...]]


def _run_one(url: str, request: Request, *, live: bool) -> _Result:
    """The check, and where it passes the conformance run. Raises click.UsageError for values that do not fit."""
    endpoint = Endpoint(url, request.trust)
    if live:
        click.echo(one_line(without_password(url), 1023))
    report = check_connector(endpoint, request.perhaps_secret, policy=request.policy, limits=request.limits)
    if report.fields is None or report.verdict == Verdict.FAILED:
        if live:
            click.echo(_("  The check has not passed; run it without --full to see why."))
        return url, report, ()
    try:
        values, secrets = encode_values(report.fields, request.given or {})
    except BadFile as error:
        raise click.UsageError(str(error)) from error
    report = report.without(secrets)
    findings = run_conformance(
        endpoint,
        values,
        secrets,
        policy=request.policy,
        limits=request.limits,
        seconds=(PATIENCE - SET_ASIDE) * request.limits.seconds,
        told=_tell if live else lambda _: None,
    )
    if live:
        _tell_count(findings)
    return url, report, findings


def _tell(finding: Finding) -> None:
    line = f"  {word_of(finding.outcome):8} {finding.operation}: {one_line(finding.name)}"
    click.echo(f"{line} ({duration(finding.elapsed_ms)})")
    if finding.says:
        click.echo(f"      {one_line(finding.says)}")


def _tell_count(findings: Sequence[Finding]) -> None:
    counts = _counts(findings)
    click.echo(
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
        click.echo(
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


def _as_junit(found: Sequence[_Result]) -> str:
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
            reason = next((result.reason for result in report.results if result.outcome == Outcome.FAILED), "")
            ElementTree.SubElement(case, "failure", message=reason or "")
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True)


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
