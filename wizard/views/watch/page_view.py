"""What a page of Monitoring shows of a watch, above its failures."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.check import RunKind
from wizard.domain.watch import Interval
from wizard.messages import moment
from wizard.models import Outage, Watch
from wizard.views.checks.check_view import CheckView
from wizard.views.watch.interval_words import INTERVAL_WORDS
from wizard.views.watch.muting import mute_choices, mute_hint, muted_text
from wizard.views.watch.outage_view import outage_check, outage_title
from wizard.views.watch.strip_view import StripView
from wizard.views.watch.subject import Subject


@dataclass(frozen=True)
class MonitoringView:
    """`check` has the stages of the first failure while it is down; `strip` is None before the first test, when
    `before` stands in its place. `notified` is there once so much has failed that it is told, `muted` and
    `muted_by` while nobody is; `mutes` are for how long it can be muted.
    """

    title: str
    hint: str
    before: str
    what_is_tested: str
    interval: str
    interval_text: str
    intervals: list[tuple[str, str]]
    strip: StripView | None
    check: CheckView | None
    notified: str
    muted: str
    muted_by: str
    mutes: list[tuple[str, str]]
    mute_hint: str


def monitoring_view(
    subject: Subject, watch: Watch | None, strip: StripView | None, down: Outage | None
) -> MonitoringView:
    interval = watch.interval if watch else Interval.OFF
    hint = _hint(watch)
    return MonitoringView(
        title=_title(watch),
        hint=hint,
        before=_before(interval),
        what_is_tested=_what_is_tested(subject.kind),
        interval=interval.value,
        interval_text=str(INTERVAL_WORDS[interval]),
        intervals=[(each.value, str(text)) for each, text in INTERVAL_WORDS.items()],
        strip=None if strip is None or strip.is_empty else strip,
        notified=_notified(down) if watch and watch.is_down and down else "",
        muted=muted_text(watch),
        muted_by=(watch.muted_by if watch else None) or "",
        mutes=mute_choices(watch),
        mute_hint=mute_hint(subject),
        check=outage_check(subject, down, _title_of_failure(watch, down), hint) if watch and down else None,
    )


def _title(watch: Watch | None) -> str:
    if watch is None or watch.interval == Interval.OFF:
        return _("It is not tested automatically")
    return _("It works") if watch.last_at else _("Not tested yet")


def _title_of_failure(watch: Watch, outage: Outage) -> str:
    """A single failure may be a server that has just been started anew."""
    return outage_title(outage) if watch.is_down else _("The last test failed. It is tested again soon.")


def _hint(watch: Watch | None) -> str:
    """When it was tested, and when it will be."""
    if watch is None:
        return ""
    last = moment(watch.last_at) if watch.last_at else ""
    following = moment(watch.due_at) if watch.interval != Interval.OFF and watch.due_at else ""
    if last and following:
        return _("Last test %(last)s, next %(next)s", last=last, next=following)
    if following:
        return _("First test %(moment)s", moment=following)
    return _("Last test %(moment)s", moment=last) if last else ""


def _before(interval: Interval) -> str:
    if interval == Interval.OFF:
        return _("Choose how often, and the results of the last 30 days are here.")
    return _("The first results are here soon. You need not wait for them on this page.")


def _notified(outage: Outage) -> str:
    if not outage.notified:
        return _("Nobody is notified yet.")
    return ngettext(
        "%(num)s recipient is notified. The next notification follows when it works again, or after a day.",
        "%(num)s recipients are notified. The next notification follows when it works again, or after a day.",
        outage.notified,
    )


def _what_is_tested(kind: RunKind) -> str:
    if kind == RunKind.CONNECTION:
        return _("The whole way to the ERP, with the values that are saved. Nothing is changed.")
    return _("The whole way to the connector and to the fields that it asks for. Nothing is changed.")
