"""When notices are sent, in nights in which the clock is changed too."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.notices import GIVE_UP_AFTER, QuietHours, certificate_step, next_attempt

OSLO = ZoneInfo("Europe/Oslo")
NIGHT = QuietHours(time(22), time(7), OSLO)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("quiet", "moment", "over"),
    [
        (NIGHT, "2026-11-27T21:59+01:00", None),
        (NIGHT, "2026-11-27T22:00+01:00", "2026-11-28T07:00+01:00"),
        (NIGHT, "2026-11-28T06:59+01:00", "2026-11-28T07:00+01:00"),
        (NIGHT, "2026-11-28T07:00+01:00", None),
        (QuietHours(time(12), time(13), OSLO), "2026-11-28T12:30+01:00", "2026-11-28T13:00+01:00"),
        (QuietHours(time(12), time(13), OSLO), "2026-11-28T13:00+01:00", None),
    ],
)
def test_quiet_hours_end_the_next_time_that_the_clock_says_so(quiet: QuietHours, moment: str, over: str | None) -> None:
    assert quiet.until(at(moment)) == (at(over) if over else None)


def test_a_night_in_which_summer_time_begins_is_an_hour_shorter() -> None:
    begin, end = at("2026-03-28T22:00+01:00"), at("2026-03-29T07:00+02:00")
    assert NIGHT.until(begin) == end
    assert end - begin == timedelta(hours=8)


def test_a_night_in_which_summer_time_ends_is_an_hour_longer() -> None:
    begin, end = at("2026-10-24T22:00+02:00"), at("2026-10-25T07:00+01:00")
    assert NIGHT.until(begin) == end
    assert end - begin == timedelta(hours=10)


def test_an_end_that_comes_twice_is_the_second_one() -> None:
    quiet = QuietHours(time(22), time(2, 30), OSLO)
    assert quiet.until(at("2026-10-25T02:10+02:00")) == at("2026-10-25T02:30+01:00")
    assert quiet.until(at("2026-10-25T02:45+02:00")) == at("2026-10-25T02:30+01:00")


def test_an_end_that_the_clock_leaves_out_is_as_long_after_midnight_as_ever() -> None:
    quiet = QuietHours(time(22), time(2, 30), OSLO)
    assert quiet.until(at("2026-03-29T01:00+01:00")) == at("2026-03-29T03:30+02:00")


@given(
    st.times(),
    st.times(),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(["Europe/Oslo", "Australia/Lord_Howe", "America/St_Johns", "Etc/UTC"]),
)
def test_when_quiet_hours_are_over_they_are_over(begin: time, end: time, moment: datetime, zone: str) -> None:
    quiet = QuietHours(begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0), ZoneInfo(zone))
    over = quiet.until(moment.replace(tzinfo=UTC))
    if over is not None and quiet.begin != quiet.end:
        assert over > moment.replace(tzinfo=UTC)
        assert quiet.until(over) is None


def test_what_fails_is_tried_after_a_growing_delay_until_it_is_given_up() -> None:
    began = now = at("2026-11-27T12:00+00:00")
    delays = []
    for attempts in range(1, 100):
        following = next_attempt(attempts, began, now)
        if following is None:
            break
        delays.append((following - now) // timedelta(minutes=1))
        now = following
    assert delays[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert set(delays[8:]) == {60}
    assert GIVE_UP_AFTER - timedelta(hours=1) < now - began <= GIVE_UP_AFTER


@pytest.mark.parametrize(
    ("days", "step"), [(31, None), (30, 30), (15, 30), (14, 14), (4, 14), (3, 3), (0.1, 3), (0, None), (-1, None)]
)
def test_a_certificate_is_told_of_thirty_fourteen_and_three_days_before_its_end(days: float, step: int | None) -> None:
    now = at("2026-11-27T12:00+00:00")
    assert certificate_step(now + timedelta(days=days), now) == step
