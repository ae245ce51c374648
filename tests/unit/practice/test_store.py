"""What the practice connector remembers: across restarts, for several at once, and not without end."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wizard.outside.soap.contract import Actor
from wizard.practice.connector import store as module
from wizard.practice.connector.store import Store

ONE = Actor(actor_type="Customer", erp_key="N1", field_values={"Name": "Ødegård", "Town": None})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.sqlite3"


def test_a_connection_is_there_after_a_restart(path: Path) -> None:
    Store(path).save_connection("a", "Nordic", {"Company": "ACME", "Note": None})
    assert Store(path).connection("a") == {"Company": "ACME", "Note": None}


def test_only_the_owner_can_read_it_also_where_it_was_made_by_an_older_version(path: Path) -> None:
    path.touch(0o644)
    Store(path).connection("a")
    assert stat.filemode(path.stat().st_mode) == "-rw-------"


def test_a_connection_that_was_never_saved_is_not_there(path: Path) -> None:
    assert Store(path).connection("a") is None


def test_a_connection_saved_again_is_replaced(path: Path) -> None:
    store = Store(path)
    store.save_connection("a", "Nordic", {"Company": "ACME"})
    store.save_connection("a", "Nordic", {"Company": "Other"})
    assert store.connection("a") == {"Company": "Other"}


def test_a_connection_is_deleted_once(path: Path) -> None:
    store = Store(path)
    store.save_connection("a", "Nordic", {})
    assert store.delete_connection("a") is True
    assert store.delete_connection("a") is False
    assert store.connection("a") is None


def test_a_record_is_kept_whole_and_replaced_by_its_newer_self(path: Path) -> None:
    store = Store(path)
    store.save_actor(Actor(actor_type="Customer", erp_key="N1"))
    store.save_actor(ONE)
    assert Store(path).actors() == [ONE]


def test_several_at_once_lose_nothing(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Store(path).save_connection(str(number), "Nordic", {}), range(40)))
    assert all(Store(path).connection(str(number)) == {} for number in range(40))


def test_the_oldest_go_when_there_are_too_many(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CONNECTIONS", 2)
    monkeypatch.setattr(module, "MAX_RECORDS", 2)
    store = Store(path)
    for key in "abc":
        store.save_connection(key, "Nordic", {})
        store.save_actor(Actor(actor_type="Customer", erp_key=key))
    assert [store.connection(key) for key in "abc"] == [None, {}, {}]
    assert [actor.erp_key for actor in store.actors()] == ["b", "c"]
