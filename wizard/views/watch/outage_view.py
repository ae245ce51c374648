"""The failures of what is watched: a row of the list each, and the stages of the first failed test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.check import Outcome, StageResult
from wizard.messages import day_and_time, moment, span, stage_title, summary
from wizard.models import Outage
from wizard.models.columns import now
from wizard.views.checks.check_view import CheckView, ended_check
from wizard.views.checks.receipt_view import capitalised
from wizard.views.checks.stage_view import Tested, as_may_be_seen
from wizard.views.watch.subject import Subject


@dataclass(frozen=True)
class OutageRow:
    """`notified` says who was told, `why_not` why nobody was."""

    since: str
    href: str
    stage: str
    reason: str
    lasted: str
    notified: str
    why_not: str = ""


def outage_row(subject: Subject, outage: Outage) -> OutageRow:
    return OutageRow(
        since=capitalised(day_and_time(outage.since)),
        href=subject.url("_outage", outage_id=outage.id),
        stage=stage_title(outage.stage),
        reason=summary(as_may_be_seen(_failed(outage))),
        lasted=_lasted(outage),
        notified=notified_text(outage),
        why_not=_why_not(outage),
    )


def outage_check(subject: Subject, outage: Outage, title: str, status_line: str) -> CheckView:
    """The first failed test, as every other check is shown."""
    tested = Tested(
        kind=subject.kind,
        connector=subject.connector.name,
        url=subject.called_url,
        at=outage.since,
        results=_results(outage),
        provider=subject.provider,
    )
    return ended_check(tested, title, status_line)


def outage_title(outage: Outage) -> str:
    if outage.until is None:
        return _("Down since %(moment)s", moment=day_and_time(outage.since))
    return _("Down %(moment)s, for %(duration)s", moment=moment(outage.since), duration=_lasted(outage))


def notified_text(outage: Outage) -> str:
    if not outage.notified:
        return _("Nobody")
    return ngettext("%(num)s recipient", "%(num)s recipients", outage.notified)


def _why_not(outage: Outage) -> str:
    return _("Only 1 test failed") if outage.failures == 1 and not outage.notified else ""


def _lasted(outage: Outage) -> str:
    return span(round(((outage.until or now()) - outage.since).total_seconds()))


def _failed(outage: Outage) -> StageResult:
    return next(result for result in _results(outage) if result.outcome == Outcome.FAILED)


def _results(outage: Outage) -> Sequence[StageResult]:
    """All that is kept: of an older one only where it failed, and why."""
    return outage.stages or (StageResult(outage.stage, Outcome.FAILED, outage.reason),)
