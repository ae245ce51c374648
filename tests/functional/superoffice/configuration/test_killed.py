"""A process that is really killed while SuperOffice works at a write: another one ends it, once."""

from __future__ import annotations

import multiprocessing
import threading
import time

import pytest

from tests.factories.superoffice import Held
from tests.functional.superoffice.configuration.configuring import BOTH_WAYS, Configuring
from wizard import create_app
from wizard.config import Settings
from wizard.extensions import db
from wizard.models import Account, Connection, SuperOfficeWrite, WriteState
from wizard.models.database import writing
from wizard.practice.superoffice import Fault
from wizard.services.configuration import write_there

pytestmark = pytest.mark.no_cover


def write(settings: Settings, account_id: int, connection_id: int) -> None:
    """What the process does that is killed."""
    app = create_app(settings)
    with app.app_context(), writing():
        write_there(db.session.get_one(Account, account_id), db.session.get_one(Connection, connection_id))


def start_and_kill(sides: Configuring, operation: str) -> None:
    held = Held(Fault.SLOW, operation, 1)
    sides.host.behaviour.planned.append(held)
    begun = len(sides.host.traffic)
    arguments = (sides.app.config["SETTINGS"], sides.account_id, sides.both.connection_id)
    process = multiprocessing.get_context("spawn").Process(target=write, args=arguments)
    process.start()
    assert held.arrived.wait(60)
    process.kill()
    process.join()
    _wait_for_the_answer(sides, operation, begun)
    sides.host.behaviour.planned.remove(held)


def _wait_for_the_answer(sides: Configuring, operation: str, begun: int) -> None:
    """SuperOffice ends its work though nobody listens any more."""
    pause, ends_at = threading.Event(), time.monotonic() + 60
    while operation not in sides.calls(begun):
        assert time.monotonic() < ends_at
        pause.wait(0.05)


@pytest.mark.parametrize("operation", ["SaveActorTypeMapping", "ToggleErpConnectionActive"])
def test_what_a_killed_process_has_begun_is_ended_and_done_once(sides: Configuring, operation: str) -> None:
    sides.host.behaviour.slow_seconds = 0.5
    sides.activate()
    category = {"crm_key": "contact/category", "direction": BOTH_WAYS, "items": {"A": 4}}
    sides.set("Customer", Name={"direction": BOTH_WAYS}, Category=category)

    start_and_kill(sides, operation)
    sides.retry()

    assert sides.there("Name")["SyncToErp"]
    assert sides.items_there("Category") == {"A": 4}
    assert sides.both.there()["Active"]
    assert sides.state(lambda state: (state.waiting, state.reactivate)) == (False, False)
    with sides.app.app_context():
        is_open = SuperOfficeWrite.state == WriteState.OPEN
        assert db.session.scalars(db.select(SuperOfficeWrite).where(is_open)).all() == []
