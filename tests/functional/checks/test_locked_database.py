"""A database that is locked for longer than a check may take is not the connector's fault."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from tests.over_http import Browser, comes_to_say, patient_host, reach_step_3
from tests.processes import wizard
from tests.steps import RIGHT

pytestmark = pytest.mark.no_cover

SECONDS = {"ERP_WIZARD_SILENCE_SECONDS": "2", "ERP_WIZARD_CHECK_SECONDS": "4"}
LOCKED_SECONDS = 6


def test_a_check_during_a_long_lock_is_not_interrupted_and_ends_as_the_connector_answered(tmp_path: Path) -> None:
    with patient_host(tmp_path) as (url, hold, go_on), wizard(tmp_path / "instance", **SECONDS) as running:
        browser = Browser(running.address)
        browser.enter(running.link or "")
        page = reach_step_3(browser, url)
        arrived = hold("WSTestConfigData")
        browser.send(page, RIGHT | {"action": "test"})
        assert arrived.wait(60)

        with closing(sqlite3.connect(tmp_path / "instance" / "wizard.sqlite3")) as other:
            other.execute("BEGIN IMMEDIATE")
            go_on.set()
            end = monotonic() + LOCKED_SECONDS
            while monotonic() < end:
                assert "Interrupted" not in browser.get(page).text

        assert "Interrupted" not in comes_to_say(browser, page, "The connection works")
