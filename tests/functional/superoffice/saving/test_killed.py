"""A process that is really killed while SuperOffice works: in the end all three have the same one connection."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.factories import close
from tests.factories.superoffice import Held, PracticeSuperOffice, link_practice, serve_superoffice
from tests.over_http import Browser, comes_to_say, reach_step_3
from tests.processes import wizard
from tests.steps import RIGHT
from tests.superoffice_sides import read_sides, stored
from wizard import create_app
from wizard.config import Settings
from wizard.practice.superoffice import Fault

pytestmark = pytest.mark.no_cover

SOON = {"ERP_WIZARD_SILENCE_SECONDS": "2"}


@pytest.mark.parametrize("operation", ["SaveConnection", "TestConnectionById"])
def test_killed_while_superoffice_works_it_ends_with_the_same_one_connection(tmp_path: Path, operation: str) -> None:
    instance = tmp_path / "instance"
    with serve_superoffice(folder=tmp_path, slow_seconds=1.0) as there:
        with wizard(instance, **SOON) as running:
            browser = Browser(running.address)
            browser.enter(running.link or "")
            app = _app(instance)
            link_practice(app, there)
            page = reach_step_3(browser, there.connector_url)
            comes_to_say(browser, page, "Who may use this connection.")
            browser.send(page, RIGHT | {"action": "test"})
            comes_to_say(browser, page, "The connection works")
            held = Held(Fault.SLOW, operation, 1)
            there.behaviour.planned.append(held)
            browser.send(page, {"action": "ok"})
            assert held.arrived.wait(60)
            running.kill()

        with wizard(instance, has_accounts=True, **SOON) as running:
            browser = Browser(running.address)
            browser.sign_in()
            comes_to_say(browser, page, "Acme Norway is saved")
        _require_one(app, there)
        close(app)


def _require_one(app: Flask, there: PracticeSuperOffice) -> None:
    assert read_sides(app, there).agree
    assert len(stored(there, "connection")) == len(stored(there, "connector")) == 1


def _app(instance: Path) -> Flask:
    """What reads and writes the database of the running process."""
    return create_app(Settings(instance=instance))
