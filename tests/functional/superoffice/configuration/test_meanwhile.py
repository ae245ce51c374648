"""Two who work at one connection at the same moment: what one of them has read may be old when it is used."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import update

from tests.functional.superoffice.configuration.activating import ready_to_activate
from tests.functional.superoffice.configuration.configuring import Configuring
from wizard.domain.configuration import TypeSettings
from wizard.extensions import db
from wizard.models import Account, ConfigurationState, Connection, SuperOfficeLink
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside.superoffice import SuperOffice, configuration
from wizard.services.configuration import (
    Written,
    compare_there,
    deactivate,
    differences_there,
    read_schema,
    save_type,
    state_of,
    take_theirs,
    write_there,
    write_waiting,
)
from wizard.services.configuration.there import resolve
from wizard.services.configuration.there.state import LEASE
from wizard.services.configuration.there.writing import write as writing_there
from wizard.services.superoffice import open_superoffice


def meanwhile(monkeypatch: pytest.MonkeyPatch, operation: str, act: Callable[[], object]) -> None:
    """Lets somebody else act once, between the answer of an operation and what follows it."""
    call, actors = getattr(configuration, operation), [threading.Thread(target=act)]

    def called(*arguments: Any) -> Any:
        answer = call(*arguments)
        while actors:
            actor = actors.pop()
            actor.start()
            actor.join()
        return answer

    monkeypatch.setattr(configuration, operation, called)


HEAD_START = 0.5
"""Seconds in which somebody else gets ahead who is not locked out."""


def beside(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, act: Callable[[], object]
) -> threading.Thread:
    """Starts what somebody else does before a function of a module is called; that may be locked out for a time."""
    function, actor = getattr(module, name), threading.Thread(target=act)

    def called(*arguments: Any) -> Any:
        if actor.ident is None:
            actor.start()
            actor.join(HEAD_START)
        return function(*arguments)

    monkeypatch.setattr(module, name, called)
    return actor


def connection_of(sides: Configuring) -> Connection:
    return db.session.get_one(Connection, sides.both.connection_id)


def test_a_claim_that_was_made_since_the_page_has_read_the_state_is_respected(sides: Configuring) -> None:
    sides.write()
    sides.set("Customer", Phone={"show_in_tab": True})
    with sides.app.app_context(), writing():
        account, connection = db.session.get_one(Account, sides.account_id), connection_of(sides)
        known = state_of(connection)
        db.session.commit()
        with db.engine.begin() as another:
            another.execute(update(ConfigurationState).values(writing_until=now() + timedelta(minutes=1)))
        begun = len(sides.host.traffic)

        assert write_there(account, connection).state is Written.WAITING

    assert known is not None
    assert sides.calls(begun) == []


def test_an_attempt_ends_before_its_claim_does(sides: Configuring, monkeypatch: pytest.MonkeyPatch) -> None:
    sides.app.config["CHECK_SECONDS"] = 600.0
    seconds = []

    def noted(link: SuperOfficeLink, **options: Any) -> AbstractContextManager[SuperOffice]:
        seconds.append(options["seconds"])
        return open_superoffice(link, **options)

    sides.write()
    monkeypatch.setattr(writing_there, "open_superoffice", noted)

    sides.write(seconds=600)

    assert timedelta(seconds=max(seconds)) < LEASE


def test_a_connection_that_is_deactivated_during_a_change_stays_inactive(
    sides: Configuring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = ready_to_activate(sides)
    ready.run()

    def stop() -> None:
        with sides.app.app_context(), writing():
            deactivate(db.session.get_one(Account, sides.account_id), connection_of(sides))

    meanwhile(monkeypatch, "save_actor_type_mapping", stop)
    sides.set("Customer", Phone={"show_in_tab": True})

    assert sides.write().state is Written.DONE
    assert sides.there("Phone")["ShowInGui"]
    assert not ready.is_active_there


@pytest.mark.parametrize("read", [compare_there, read_schema])
def test_what_was_read_before_a_write_is_no_change_of_somebody_in_superoffice(
    sides: Configuring, monkeypatch: pytest.MonkeyPatch, read: Callable[[Connection], object]
) -> None:
    sides.write()

    def write() -> None:
        sides.set("Customer", Phone={"show_in_tab": True})
        sides.write()

    meanwhile(monkeypatch, "list_mappings", write)
    with sides.app.app_context(), writing():
        read(connection_of(sides))

    assert sides.there("Phone")["ShowInGui"]
    assert sides.both.read(differences_there) == []


def test_a_row_that_is_saved_while_others_are_taken_from_superoffice_is_not_lost(
    sides: Configuring, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides.write()
    sides.change_there("Phone", ShowInGui=True)
    with sides.app.app_context(), writing():
        compare_there(connection_of(sides))

    def save() -> None:
        email = replace(sides.here.type("Customer").field("Email"), show_in_tab=True)
        with sides.app.app_context(), writing():
            account = db.session.get_one(Account, sides.account_id)
            save_type(account, connection_of(sides), "Customer", TypeSettings("Customer", fields=(email,)), {})

    actor = beside(monkeypatch, resolve, "take_over", save)
    with sides.app.app_context(), writing():
        take_theirs(db.session.get_one(Account, sides.account_id), connection_of(sides), ())
    actor.join()

    customer = sides.here.type("Customer")
    assert (customer.field("Email").show_in_tab, customer.field("Phone").show_in_tab) == (True, True)


def test_what_waits_is_written_though_another_process_writes_to_the_database(
    sides: Configuring, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides.write()
    sides.set("Customer", Phone={"show_in_tab": True})

    def save() -> None:
        with sides.app.app_context(), writing():
            connection_of(sides).sync_priority = 1
            db.session.commit()

    actor = beside(monkeypatch, writing_there, "linked", save)
    with sides.app.app_context():
        write_waiting()
    actor.join()

    assert sides.there("Phone")["ShowInGui"]
