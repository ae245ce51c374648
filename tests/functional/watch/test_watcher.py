"""The threads that test what is watched."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories
from tests.factories.watches import change_watch, make_outage, make_watch
from tests.processes import wizard
from wizard import create_app
from wizard.config import Settings
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.jobs.watcher import Watcher
from wizard.models import Watch
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.watch import Tell


def watch(app: Flask, url: str, number: int = 0) -> int:
    """A watch that is due."""
    connector_id = factories.make_connector(app, f"Connector {number}", url)
    watch_id = make_watch(app, connector_id=connector_id, days=0, interval=Interval.HOUR)
    with app.app_context(), writing():
        db.session.get_one(Watch, watch_id).due_at = now()
        db.session.commit()
    return watch_id


@contextmanager
def watcher(app: Flask, workers: int = 4, tell: Tell | None = None) -> Iterator[Watcher]:
    running = Watcher(app, workers, tell or Tell())
    running.start()
    running.start()  # once is enough
    try:
        yield running
    finally:
        running.close()


def wait_for(app: Flask, condition: Callable[[list[Watch]], bool]) -> list[Watch]:
    """The watches, once they are as expected."""
    for _ in range(600):
        with app.app_context():
            found = list(db.session.scalars(select(Watch).order_by(Watch.id)))
        if condition(found):
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come about")


@pytest.fixture
def silent_url() -> Iterator[str]:
    """A host that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_what_is_due_is_tested_by_itself(app: Flask, practice_url: str) -> None:
    for number in range(9):
        watch(app, practice_url, number)
    watch(app, "http://127.0.0.1:1/", 9)

    with watcher(app):
        found = wait_for(app, lambda watches: all(each.last_at for each in watches))

    assert [each.reason for each in found] == [None] * 9 + ["connect.refused"]
    assert all(each.claimed_until is None for each in found)
    assert all(each.due_at and each.last_at and each.due_at > each.last_at for each in found)


def test_it_ends_at_once_and_leaves_what_it_was_about_to_others(app: Flask, silent_url: str) -> None:
    watch(app, silent_url)
    with watcher(app):
        wait_for(app, lambda watches: watches[0].claimed_until is not None)
        started = time.monotonic()
    assert time.monotonic() - started < 5

    [found] = wait_for(app, lambda watches: watches[0].claimed_until is None)
    assert (found.failures, found.last_at) == (0, None)
    assert (found.due_at or now()) <= now()


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """The database takes nothing in a block."""
    with app.app_context(), writing(), db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE watch")
        yield


def test_what_was_found_while_the_database_was_away_is_stored_when_it_is_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("wizard.jobs.watcher.WAIT_SECONDS", 0.2)
    monkeypatch.setattr("wizard.jobs.watcher.UNAVAILABLE_SECONDS", 0.1)
    called, answer = threading.Event(), threading.Event()
    host = Flask("host")

    @host.post("/")
    def wait_to_answer() -> str:
        called.set()
        answer.wait(60)
        return "<html></html>"

    with factories.serve_app(host) as address:
        watch(app, address + "/")
        with watcher(app):
            assert called.wait(60)
            with locked(app):
                answer.set()
                wait_until(lambda: "waits for the database" in caplog.text)
            [found] = wait_for(app, lambda watches: watches[0].last_at is not None)

    assert (found.failures, found.reason) == (1, "contract.html")
    assert caplog.text.count("waits for the database") == 1


def test_what_cannot_be_told_is_logged_and_tested_again(
    app: Flask, practice_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("wizard.jobs.watcher.UNAVAILABLE_SECONDS", 0.1)
    watch_id = watch(app, practice_url)
    outage_id = make_outage(app, watch_id)
    told: list[Sequence[int]] = []

    def tell(outage_ids: Sequence[int]) -> None:
        told.append(outage_ids)
        if len(told) == 1:
            raise ValueError("nobody can be told")

    with watcher(app, tell=Tell(working=tell)):
        wait_until(lambda: "the watch has failed" in caplog.text)
        change_watch(app, watch_id, claimed_until=None)
        [found] = wait_for(app, lambda watches: watches[0].failures == 0)

    assert (found.reason, told) == (None, [[outage_id]] * 2)


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about")


@pytest.mark.no_cover
def test_what_a_killed_process_was_about_is_tested_by_another_one(tmp_path: Path, silent_url: str) -> None:
    instance = tmp_path / "instance"
    settings = {"ERP_WIZARD_CHECK_SECONDS": "2", "ERP_WIZARD_SILENCE_SECONDS": "1"}
    with wizard(instance, **settings) as first:
        app = create_app(Settings(instance=instance))
        watch(app, silent_url)
        wait_for(app, lambda watches: watches[0].claimed_until is not None)
        first.kill()
    with wizard(instance, **settings):
        [found] = wait_for(app, lambda watches: watches[0].last_at is not None)
    factories.close(app)

    assert (found.failures, found.reason) == (1, "http.timeout")
