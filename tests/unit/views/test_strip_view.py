from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask_babel import Babel

from wizard.domain.watch import Day
from wizard.views.watch.strip_view import strip_view

TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _language():
    app = Flask("test")
    Babel(app)
    with app.test_request_context():
        yield


def days(**down):
    """30 days with 24 tests each; of those that are named, seconds down."""
    return [
        Day(day, tests=24, failed=1 if name in down else 0, down_seconds=down.get(name, 0))
        for day in (TODAY - timedelta(days=back) for back in range(29, -1, -1))
        for name in [f"{day:%b%d}"]
    ]


def not_tested(count):
    """The first days of a strip."""
    return [Day(day.date) for day in days()[:count]]


def test_each_day_says_how_it_was_and_looks_so():
    strip = strip_view([*not_tested(1), *days(Nov07=300, Nov24=2100)[1:]])
    said = {day.title: day.tone for day in strip.days}

    assert len(said) == 30
    assert said["29 October: not tested"] == ""
    assert said["30 October: no failure"] == "ok"
    assert said["7 November: down for 5 min"] == "warn"
    assert said["24 November: down for 35 min"] == "bad"


def test_who_cannot_see_the_strip_hears_each_day_with_a_failure():
    assert strip_view(days(Nov07=300, Nov24=2100)).says == (
        "29 October to today: failures on 2 days. 7 November: down for 5 min. 24 November: down for 35 min."
    )


def test_a_strip_that_begins_later_says_since_when():
    strip = strip_view([*not_tested(12), *days()[12:]])
    assert strip.says == "29 October to today: no failure. Tested since 10 November."
    assert strip.summary == "No failure since 10 November"


@pytest.mark.parametrize(
    ("shown", "summary"),
    [
        (days(), "No failure in 30 days"),
        (days(Nov07=300), "Failures on 1 day, 5 min in all"),
        (days(Nov07=300, Nov24=2100), "Failures on 2 days, 40 min in all"),
        (not_tested(30), "Not tested in the last 30 days"),
    ],
)
def test_a_list_says_the_whole_in_one_line(shown, summary):
    assert strip_view(shown).summary == summary


def test_a_strip_without_a_test_is_empty():
    strip = strip_view(not_tested(30))
    assert (strip.is_empty, strip.says) == (True, "29 October to today: not tested.")
