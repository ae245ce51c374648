"""The results of a watch by day, in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

DAYS = 30
"""How many days a strip shows."""
LONG_SECONDS = 30 * 60
"""What was down for so long on one day was down for long."""


class Condition(StrEnum):
    """How a day was: not tested, without a failure, down for less than half an hour, or for longer."""

    NOT_TESTED = "not_tested"
    WORKED = "worked"
    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Day:
    """The tests of a day, how long it was known to be down, and how long it was known how it was."""

    date: date
    tests: int = 0
    failed: int = 0
    down_seconds: int = 0
    watched_seconds: int = 0

    @property
    def condition(self) -> Condition:
        if self.down_seconds >= LONG_SECONDS:
            return Condition.LONG
        if self.failed or self.down_seconds:
            return Condition.SHORT
        return Condition.WORKED if self.tests else Condition.NOT_TESTED


def strip_of(found: Iterable[Day], today: date, days: int = DAYS) -> tuple[Day, ...]:
    """A day for each date up to today, the oldest first."""
    by_date = {day.date: day for day in found}
    dates = (today - timedelta(days=back) for back in reversed(range(days)))
    return tuple(by_date.get(each, Day(each)) for each in dates)


def answered_share(days: Sequence[Day]) -> float | None:
    """The share of the time between tests in which it worked, of the tests before there is any; None without one."""
    watched = sum(day.watched_seconds for day in days)
    if watched:
        return max(0.0, 1 - sum(day.down_seconds for day in days) / watched)
    tests = sum(day.tests for day in days)
    return 1 - sum(day.failed for day in days) / tests if tests else None


def seconds_by_day(since: datetime, until: datetime) -> Mapping[date, int]:
    """The seconds between two times, by day; none where the clock was set back in between."""
    found: dict[date, int] = {}
    while since < until:
        midnight = datetime.combine(since.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
        end = min(midnight, until)
        found[since.astimezone(UTC).date()] = round((end - since).total_seconds())
        since = end
    return found
