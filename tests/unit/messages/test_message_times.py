from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from wizard.messages import (
    date,
    day_and_time,
    day_of_month,
    duration,
    full_moment,
    moment,
    percentage,
    span,
    zone_name,
    zoned_moment,
)
from wizard.messages.times import plain_moment

OSLO = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 8, 43, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "today at 09:43"),
        (datetime(2026, 11, 22, 15, 2, tzinfo=UTC), "yesterday at 16:02"),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "today at 00:30"),
        (datetime(2026, 11, 24, 8, 55, tzinfo=UTC), "tomorrow at 09:55"),
        (datetime(2026, 11, 20, 6, 14, tzinfo=UTC), "on 20 November 2026 at 07:14"),
    ],
)
def test_a_moment_is_said_as_people_say_it_in_their_zone(at, words):
    assert moment(at, NOW, OSLO) == words


def test_a_moment_is_compared_with_now_unless_another_time_is_given():
    assert moment(datetime.now(UTC)).startswith(("today at ", "yesterday at "))


@pytest.mark.parametrize(
    ("at", "now", "words"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "yesterday at 23:59"),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "today at 00:00"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "today at 01:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "today at 03:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "today at 02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "today at 02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "yesterday at 02:30"),
    ],
)
def test_days_begin_at_midnight_where_the_clock_is_put_on_and_back(at, now, words):
    assert moment(at, now, ZoneInfo("Europe/Oslo")) == words


@pytest.mark.parametrize(
    ("month", "words"),
    [(1, "today at 13:00 (UTC+01:00)"), (7, "today at 14:00 (UTC+02:00)")],
)
def test_a_time_of_which_the_zone_matters_says_it(month, words):
    noon = datetime(2026, month, 1, 12, tzinfo=UTC)
    assert zoned_moment(noon, noon, ZoneInfo("Europe/Oslo")) == words


@pytest.mark.parametrize(
    ("tz", "words"),
    [
        (ZoneInfo("Asia/Kolkata"), "Kolkata (UTC+05:30)"),
        (ZoneInfo("Etc/UTC"), "UTC"),
        (UTC, "UTC"),
        (OSLO, "UTC+01:00"),
    ],
)
def test_a_zone_is_called_after_its_city(tz, words):
    assert zone_name(tz) == words


def test_a_city_is_written_as_in_the_reader_s_language(in_locale):
    with in_locale("sv"):
        assert zone_name(ZoneInfo("Europe/Copenhagen")).startswith("Köpenhamn (UTC+0")


@pytest.mark.parametrize(
    ("tz", "words"),
    [
        (OSLO, "23 November 2026 at 09:43 (UTC+01:00)"),
        (UTC, "23 November 2026 at 08:43 (UTC)"),
        (timezone(-timedelta(hours=3, minutes=30)), "23 November 2026 at 05:13 (UTC-03:30)"),
    ],
)
def test_a_moment_that_is_read_elsewhere_has_its_zone(tz, words):
    assert full_moment(NOW, tz) == words


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        ("en", "20 November 2026"),
        ("nl", "20 november 2026"),
        ("de", "20. November 2026"),
        ("nb", "20. november 2026"),
        ("sv", "20 november 2026"),
        ("da", "20. november 2026"),
    ],
)
def test_a_day_is_written_as_in_the_reader_s_language(in_locale, locale, day):
    with in_locale(locale):
        assert date("2026-11-20T07:14:00+00:00", UTC) == day


@pytest.mark.parametrize("text", ["", "soon", "2026-13-40", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_what_is_no_time_stays_as_it_is(text):
    assert date(text, OSLO) == text


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0, "0 ms"), (46, "46 ms"), (999, "999 ms"), (1000, "1.0 s"), (1949, "1.9 s"), (61_500, "61.5 s")],
)
def test_a_duration_is_in_milliseconds_below_a_second(milliseconds, words):
    assert duration(milliseconds) == words


def test_a_duration_has_the_reader_s_decimal_mark(in_locale):
    with in_locale("de"):
        assert duration(1900) == "1,9 s"


def test_a_time_of_the_erp_has_no_zone():
    assert plain_moment(datetime(2026, 1, 1, 0, 0)) == "1 January 2026, 00:00"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 23, 1, 15, tzinfo=UTC), "today at 02:15"),
        (datetime(2026, 11, 20, 6, 14, tzinfo=UTC), "20 November, 07:14"),
        (datetime(2025, 12, 31, 23, 14, tzinfo=UTC), "1 January, 00:14"),
        (datetime(2025, 12, 31, 22, 14, tzinfo=UTC), "31 December 2025, 23:14"),
    ],
)
def test_a_time_that_follows_since_has_no_preposition(at, words):
    assert day_and_time(at, NOW, OSLO) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than 1 min"),
        (59, "less than 1 min"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (33_000, "9 h 10 min"),
        (86_400, "1 d"),
        (183_600, "2 d 3 h"),
    ],
)
def test_a_span_has_its_two_largest_units(seconds, words):
    assert span(seconds) == words


@pytest.mark.parametrize(("share", "words"), [(1.0, "100%"), (0.99999, "99.9%"), (0.5, "50%"), (0.0, "0%")])
def test_only_all_is_a_hundred_percent(share, words):
    assert percentage(share) == words


@pytest.mark.parametrize(
    ("locale", "day", "share"),
    [("en", "9 October", "99.9%"), ("de", "9. Oktober", "99,9\xa0%"), ("nl", "9 oktober", "99,9%")],
)
def test_days_and_shares_are_written_as_in_the_reader_s_language(in_locale, locale, day, share):
    with in_locale(locale):
        assert (day_of_month(datetime(2026, 10, 9)), percentage(0.999)) == (day, share)
