"""When something that is watched is due again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from wizard.domain.watch import Interval, longest_gap, next_due

AT = datetime(2026, 11, 28, 9, 38, 12, tzinfo=UTC)
TESTED = [interval for interval in Interval if interval is not Interval.OFF]


def minutes(interval: Interval, failures: int) -> float:
    due = next_due(7, interval, failures, AT)
    assert due is not None
    return (due - AT).total_seconds() / 60


def test_what_is_off_is_never_due() -> None:
    assert next_due(1, Interval.OFF, 0, AT) is None


@pytest.mark.parametrize("interval", TESTED)
def test_what_works_is_due_once_an_interval(interval: Interval) -> None:
    first = next_due(1, interval, 0, AT)
    assert first is not None
    assert timedelta(0) < first - AT <= timedelta(seconds=interval.seconds)

    second = next_due(1, interval, 0, first + timedelta(seconds=1))

    assert second is not None
    assert (second - first).total_seconds() == pytest.approx(interval.seconds, abs=0.001)


def test_ten_thousand_are_spread_over_the_minute() -> None:
    seconds = Counter(due.second for each in range(10_000) if (due := next_due(each, Interval.MINUTE, 0, AT)))

    assert len(seconds) == 60
    assert max(seconds.values()) < 200  # 167 are a sixtieth


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval.MINUTE, [1, 2, 4, 8, 15, 15]),
        (Interval.FIVE_MINUTES, [5, 10, 15, 15]),
        (Interval.QUARTER, [5, 10, 15, 15]),
        (Interval.HOUR, [5, 10, 20, 40, 60, 60]),
        (Interval.DAY, [5, 10, 20, 40, 60, 60]),
    ],
)
def test_what_fails_is_tested_soon_and_then_more_and_more_rarely(interval: Interval, expected: list[int]) -> None:
    assert [minutes(interval, number) for number in range(1, len(expected) + 1)] == expected
    assert minutes(interval, 100_000) == expected[-1]


@pytest.mark.parametrize("interval", TESTED)
@pytest.mark.parametrize("failures", [0, 1, 3, 50])
def test_no_due_time_is_further_away_than_the_longest_gap(interval: Interval, failures: int) -> None:
    due = next_due(3, interval, failures, AT)

    assert due is not None
    assert due - AT <= longest_gap(interval, failures)
