"""What the results of a watch say of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from wizard.domain.watch import Condition, Day, answered_share, seconds_by_day, strip_of

TODAY = date(2026, 11, 28)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "condition"),
    [
        (Day(TODAY), Condition.NOT_TESTED),
        (Day(TODAY, tests=24), Condition.WORKED),
        (Day(TODAY, tests=24, failed=1), Condition.SHORT),
        (Day(TODAY, tests=24, failed=1, down_seconds=1799), Condition.SHORT),
        (Day(TODAY, tests=24, failed=4, down_seconds=1800), Condition.LONG),
    ],
)
def test_a_day_is_as_long_as_it_was_down(day: Day, condition: Condition) -> None:
    assert day.condition is condition


def test_a_strip_has_a_day_for_each_date() -> None:
    known = Day(date(2026, 11, 26), tests=3)

    assert strip_of([known], TODAY, 4) == (Day(date(2026, 11, 25)), known, Day(date(2026, 11, 27)), Day(TODAY))


def test_the_share_is_of_the_time_between_tests() -> None:
    whole = Day(date(2026, 11, 27), tests=24, failed=2, down_seconds=3600, watched_seconds=86400)
    begun = Day(TODAY, tests=3, failed=1, down_seconds=120, watched_seconds=240)

    assert answered_share((Day(date(2026, 11, 26)), whole)) == pytest.approx(1 - 1 / 24)
    assert answered_share((Day(date(2026, 11, 27)), begun)) == 0.5


def test_before_any_time_has_passed_the_share_is_of_the_tests() -> None:
    assert answered_share((Day(TODAY, tests=1),)) == 1
    assert answered_share((Day(TODAY, tests=1, failed=1),)) == 0
    assert answered_share((Day(TODAY),)) is None


def test_time_belongs_to_the_days_on_which_it_was() -> None:
    oslo = timezone(timedelta(hours=1))

    assert seconds_by_day(at(26, 23, 50), at(28, 0, 1)) == {
        date(2026, 11, 26): 600,
        date(2026, 11, 27): 86400,
        TODAY: 60,
    }
    assert seconds_by_day(at(27, 10).astimezone(oslo), at(27, 11)) == {date(2026, 11, 27): 3600}


def test_a_clock_that_was_set_back_makes_no_time() -> None:
    assert seconds_by_day(at(27, 11), at(27, 10)) == {}
