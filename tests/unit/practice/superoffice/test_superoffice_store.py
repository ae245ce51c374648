"""What the practice SuperOffice keeps: across restarts, for several at once, and not without end."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wizard.practice.superoffice import store as module
from wizard.practice.superoffice.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "superoffice.sqlite3")


def test_only_the_owner_can_read_it_also_where_it_was_made_by_an_older_version(tmp_path: Path) -> None:
    path = tmp_path / "superoffice.sqlite3"
    path.touch(0o644)
    Store(path).get("connection", 1)
    assert stat.filemode(path.stat().st_mode) == "-rw-------"


def test_a_document_is_taken_by_one_only(store: Store) -> None:
    store.put("code", "a", {"x": 1})

    with ThreadPoolExecutor() as pool:
        taken = list(pool.map(lambda _: store.take("code", "a"), range(8)))

    assert sorted(map(str, taken)) == ["None"] * 7 + ["{'x': 1}"]


def test_numbers_are_given_once_each_although_documents_are_deleted(store: Store) -> None:
    assert (store.next_id("field"), list(store.next_ids("field", 3)), store.next_id("field")) == (1, [2, 3, 4], 5)
    store.clear("field")
    assert store.next_id("field") == 6


def test_a_change_that_makes_nothing_deletes(store: Store) -> None:
    store.put("engine", 1, {})
    assert store.change("engine", 1, lambda _: None) is None
    assert store.get("engine", 1) is None


def test_the_oldest_make_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_DOCUMENTS", 3)
    for number in range(5):
        store.put("access", number, number)
    store.put("access", 2, "changed")

    assert store.all("access") == ["changed", 3, 4]
