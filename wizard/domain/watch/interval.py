"""How often something is tested, and when it is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

FAILURES_TOLD = 2
"""So many failures in a row are told: one may be a server that has just been started anew."""

_FIRST_RETRY = 5 * 60
_MIN_LONGEST_RETRY = 15 * 60
_MAX_LONGEST_RETRY = 60 * 60
_GOLDEN = 2654435769
"""2^32 times the golden section: multiples of it are spread evenly, however many there are."""


class Interval(StrEnum):
    """How often something is tested while it works."""

    OFF = "off"
    MINUTE = "minute"
    FIVE_MINUTES = "five_minutes"
    QUARTER = "quarter"
    HOUR = "hour"
    DAY = "day"

    @property
    def seconds(self) -> int:
        """0 for `off`."""
        return _SECONDS[self]


_SECONDS = {
    Interval.OFF: 0,
    Interval.MINUTE: 60,
    Interval.FIVE_MINUTES: 5 * 60,
    Interval.QUARTER: 15 * 60,
    Interval.HOUR: 60 * 60,
    Interval.DAY: 24 * 60 * 60,
}


def next_due(watch_id: int, interval: Interval, failures: int, at: datetime) -> datetime | None:
    """When a watch that was tested at this time is due again; None for never.

    What works is due at a time of its own within the interval, so that not all are due together. What fails is tested
    again soon, and then less and less often.
    """
    if interval is Interval.OFF:
        return None
    if failures:
        return at + timedelta(seconds=_retry_seconds(interval, failures))
    seconds = interval.seconds
    phase = (watch_id * _GOLDEN) % 2**32 / 2**32 * seconds
    passed = (at.timestamp() - phase) % seconds
    return datetime.fromtimestamp(at.timestamp() + seconds - passed, UTC)


def longest_gap(interval: Interval, failures: int) -> timedelta:
    """How far away a due time can be. One that is further away was set before the clock was set back."""
    return timedelta(seconds=_longest_retry(interval) if failures else interval.seconds)


def _retry_seconds(interval: Interval, failures: int) -> int:
    first = min(_FIRST_RETRY, interval.seconds)
    return min(first << min(failures - 1, 10), _longest_retry(interval))


def _longest_retry(interval: Interval) -> int:
    """That it works again is noticed within the hour, even of what is tested once a day."""
    return min(max(_MIN_LONGEST_RETRY, interval.seconds), _MAX_LONGEST_RETRY)
