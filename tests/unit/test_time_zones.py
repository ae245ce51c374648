"""Which time zones there are."""

from __future__ import annotations

import subprocess
import sys
from zoneinfo import available_timezones

import pytest
from babel.localtime import LOCALTZ

from wizard.messages import zone_city
from wizard.time_zones import find_time_zone, of_machine, time_zone_names


@pytest.mark.parametrize("name", ["Europe/Oslo", "Asia/Kolkata", "UTC", "Etc/GMT+5"])
def test_a_zone_is_found_by_the_name_that_browsers_give_it(name):
    assert str(find_time_zone(name)) == name


@pytest.mark.parametrize("name", [None, "", "Mars/Base", "europe/oslo", "../etc/passwd", "Europe/Oslo\0"])
def test_a_name_that_is_not_known_finds_none(name):
    assert find_time_zone(name) is None


def test_the_zones_to_choose_from_are_known_and_have_no_second_name():
    names = time_zone_names()
    assert {"Europe/Oslo", "America/St_Johns", "Etc/UTC"} <= set(names) <= available_timezones()
    assert not {"Norway", "US/Pacific", "Etc/GMT+5"} & set(names)


def test_every_zone_has_a_city():
    assert all(zone_city(name) for name in available_timezones())


@pytest.mark.parametrize("zone", ["Europe/Oslo", "CET-1CEST,M3.5.0,M10.5.0/3"])
def test_the_zone_of_the_machine_knows_summer_and_winter(zone):
    code = (
        "from datetime import datetime, UTC; from wizard.time_zones import of_machine;"
        "print([datetime(2026, month, 1, 12, tzinfo=UTC).astimezone(of_machine()).hour for month in (1, 7)])"
    )
    told = subprocess.run([sys.executable, "-c", code], env={"TZ": zone}, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[13, 14]"


def test_the_zone_of_the_machine_has_a_name():
    assert str(of_machine()) == str(LOCALTZ)
