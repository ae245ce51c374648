"""The strip of days in words and tones, as `macros/watch.html` renders it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.watch import Condition, Day, answered_share
from wizard.messages import day_of_month, in_zone, percentage, span, time_of_day

_TONES = {
    Condition.NOT_TESTED: "",
    Condition.WORKED: "ok",
    Condition.SHORT: "warn",
    Condition.LONG: "bad",
}


@dataclass(frozen=True)
class DayView:
    """`tone` is empty for a day without a test."""

    title: str
    tone: str


@dataclass(frozen=True)
class StripView:
    """The days, oldest first; `says` is the whole strip in sentences, `summary` the shortest that can be said of it.

    `share` is how much of the time between tests it worked, None where nothing was tested. `begins` says when a day
    begins where that is not at midnight.
    """

    days: Sequence[DayView]
    says: str
    summary: str
    first: str
    begins: str
    share: str | None

    @property
    def is_empty(self) -> bool:
        return self.share is None


def strip_view(days: Sequence[Day]) -> StripView:
    """Of all days of a strip, oldest first, tested or not."""
    return strip_views({0: days})[0]


def strip_views(strips: Mapping[int, Sequence[Day]]) -> Mapping[int, StripView]:
    """The same for many strips: most of their days have the same words, which are looked up once."""
    titles = _Titles()
    return {key: _strip_view(days, titles) for key, days in strips.items()}


def _strip_view(days: Sequence[Day], titles: _Titles) -> StripView:
    share = answered_share(days)
    return StripView(
        days=[DayView(titles.of(day), _TONES[day.condition]) for day in days],
        says=_says(days, titles),
        summary=_summary(days),
        first=day_of_month(days[0].date),
        begins=_begins(days[-1].date),
        share=None if share is None else percentage(share),
    )


def _begins(today: date) -> str:
    """Days are counted in UTC: a strip is the same for all readers, wherever they are."""
    midnight = datetime.combine(today, time(), UTC)
    if not in_zone(midnight).utcoffset():
        return ""
    return _("Each day begins at %(time)s, which is midnight in UTC.", time=time_of_day(midnight))


def _has_failed(day: Day) -> bool:
    return day.condition in (Condition.SHORT, Condition.LONG)


def _first_tested(days: Sequence[Day]) -> Day | None:
    return next((day for day in days if day.condition != Condition.NOT_TESTED), None)


class _Titles(dict[tuple[date, Condition, int], str]):
    """The titles of days, by what stands in them."""

    def of(self, day: Day) -> str:
        return self[day.date, day.condition, day.down_seconds]

    def __missing__(self, key: tuple[date, Condition, int]) -> str:
        self[key] = _title(*key)
        return self[key]


def _title(day: date, condition: Condition, down_seconds: int) -> str:
    name = day_of_month(day)
    if condition == Condition.NOT_TESTED:
        return _("%(day)s: not tested", day=name)
    if condition == Condition.WORKED:
        return _("%(day)s: no failure", day=name)
    return _("%(day)s: down for %(duration)s", day=name, duration=span(down_seconds))


def _says(days: Sequence[Day], titles: _Titles) -> str:
    """For who cannot see it: each day with a failure, and since when it is tested."""
    first = day_of_month(days[0].date)
    bad = [day for day in days if _has_failed(day)]
    tested = _first_tested(days)
    if tested is None:
        return _("%(first)s to today: not tested.", first=first)
    if bad:
        start = ngettext(
            "%(first)s to today: failures on %(num)s day.", "%(first)s to today: failures on %(num)s days.", len(bad),
            first=first,
        )  # fmt: skip
    else:
        start = _("%(first)s to today: no failure.", first=first)
    since = [] if tested is days[0] else [_("Tested since %(day)s.", day=day_of_month(tested.date))]
    return " ".join([start, *since, *(f"{titles.of(day)}." for day in bad)])


def _summary(days: Sequence[Day]) -> str:
    bad = [day for day in days if _has_failed(day)]
    if bad:
        return ngettext(
            "Failures on %(num)s day, %(duration)s in all", "Failures on %(num)s days, %(duration)s in all", len(bad),
            duration=span(sum(day.down_seconds for day in bad)),
        )  # fmt: skip
    tested = _first_tested(days)
    if tested is None:
        return _("Not tested in the last 30 days")
    if tested is days[0]:
        return _("No failure in 30 days")
    return _("No failure since %(day)s", day=day_of_month(tested.date))
