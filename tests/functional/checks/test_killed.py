"""A process that is killed leaves nothing lost and nothing half saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import form_fields
from tests.factories.forgetting import Host
from tests.over_http import Browser, comes_to_say, patient_host, press_ok_and_hold, reach_step_3
from tests.processes import wizard
from tests.steps import RIGHT

pytestmark = pytest.mark.no_cover

SOON = {"ERP_WIZARD_SILENCE_SECONDS": "2"}


def test_killed_in_the_middle_of_a_check_it_shows_the_check_as_interrupted_and_every_value(tmp_path: Path) -> None:
    with patient_host(tmp_path) as (url, hold, _):
        with wizard(tmp_path / "instance", **SOON) as running:
            browser = Browser(running.address)
            browser.enter(running.link or "")
            page = reach_step_3(browser, url)
            arrived = hold("WSTestConfigData")
            browser.send(page, RIGHT | {"action": "test"})
            assert arrived.wait(60)
            running.kill()

        with wizard(tmp_path / "instance", has_accounts=True, **SOON) as running:
            browser = Browser(running.address)
            browser.sign_in()
            again = comes_to_say(browser, page, "Interrupted")

    assert form_fields(again)["cf:Company"] == "ACME-NO"
    assert "Saved today" in again


def test_killed_in_the_middle_of_ok_it_saves_the_connection_at_the_next_start(tmp_path: Path) -> None:
    with patient_host(tmp_path) as (url, hold, go_on):
        with wizard(tmp_path / "instance", **SOON) as running:
            browser = Browser(running.address)
            browser.enter(running.link or "")
            page = press_ok_and_hold(browser, url, hold)
            running.kill()
        go_on.set()

        with wizard(tmp_path / "instance", has_accounts=True, **SOON) as running:
            browser = Browser(running.address)
            browser.sign_in()
            done = comes_to_say(browser, page, "Acme Norway is saved")
            home = browser.get("/").text

    assert "ACME-NO" in done
    assert home.count("<b>Acme Norway</b>") == 1


def test_killed_in_the_middle_of_ok_while_the_connector_goes_away_it_removes_what_was_stored_once_it_is_back(
    tmp_path: Path,
) -> None:
    host = Host(tmp_path)
    with host.serve():
        with wizard(tmp_path / "instance", **SOON) as running:
            browser = Browser(running.address)
            browser.enter(running.link or "")
            page = press_ok_and_hold(browser, host.url, host.hold)
            running.kill()
        assert len(host.kept()) == 1
        host.is_away = True

        with wizard(tmp_path / "instance", has_accounts=True, **SOON) as running:
            browser = Browser(running.address)
            browser.sign_in()
            comes_to_say(browser, "/", "still to be removed at the connector: Acme Norway")
            assert form_fields(browser.get(page).text)["cf:Company"] == "ACME-NO"
            running.kill()
        host.is_away = False
        host.go_on.set()
        arrived = host.hold("WSDeleteConnection")

        with wizard(tmp_path / "instance", has_accounts=True, **SOON):
            assert arrived.wait(60)
        assert host.kept() == []
