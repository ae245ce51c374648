"""One process of all that share a PostgreSQL database does the periodic work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from tests.factories import in_app
from tests.functional.queue.looking import comes
from wizard.extensions import db
from wizard.jobs.leader import Leader, Leadership
from wizard.jobs.scheduler import Scheduler, Task

PATIENCE = 60
"""Seconds that a test waits at most for something that happens at once."""
HOLDERS = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM"
HOLDERS += " pg_database WHERE datname = current_database())"


@pytest.fixture
def leaders(app: Flask) -> Iterator[list[Leader]]:
    found = [Leader(Leadership.POOL, PATIENCE) for _ in range(2)]
    yield found
    for leader in found:
        leader.resign()


def leads(app: Flask, leader: Leader) -> bool:
    return bool(in_app(app, leader.leads))


def test_one_leads_until_it_resigns(app: Flask, leaders: list[Leader]) -> None:
    first, second = leaders
    assert [leads(app, each) for each in (first, second, first)] == [True, False, True]

    first.resign()

    assert comes(lambda: leads(app, second), bool)


def test_different_works_are_led_by_themselves(app: Flask, leaders: list[Leader]) -> None:
    remote = Leader(Leadership.REMOTE, PATIENCE)

    assert leads(app, leaders[0])
    assert leads(app, remote)
    remote.resign()


def test_one_whose_connection_is_lost_leads_no_longer(app: Flask, leaders: list[Leader]) -> None:
    first, second = leaders
    assert leads(app, first)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(HOLDERS))

    assert not leads(app, first)
    assert comes(lambda: leads(app, second), bool)


def test_one_that_gives_no_sign_of_life_leads_no_longer(app: Flask, leaders: list[Leader]) -> None:
    stopped = Leader(Leadership.POOL, 0.2)
    assert leads(app, stopped)

    assert comes(lambda: leads(app, leaders[0]), bool)
    assert not leads(app, stopped)


def test_of_two_schedulers_one_runs_what_is_done_once_and_each_what_is_its_own(app: Flask) -> None:
    once, everywhere = threading.Semaphore(0), threading.Semaphore(0)
    names: set[str] = set()

    def note(semaphore: threading.Semaphore) -> Callable[[], None]:
        def run() -> None:
            if semaphore is once:
                names.add(threading.current_thread().name)
            semaphore.release()

        return run

    tasks = [Task(0.01, note(once)), Task(0.01, note(everywhere), everywhere=True)]
    schedulers = [Scheduler(app, tasks, name, Leader(Leadership.POOL, PATIENCE)) for name in ("one", "two")]
    for scheduler in schedulers:
        scheduler.start()
    assert all(once.acquire(timeout=PATIENCE) for _ in range(5))
    assert all(everywhere.acquire(timeout=PATIENCE) for _ in range(20))
    assert len(names) == 1

    next(each for each in schedulers if each._name in names).close()
    assert comes(lambda: set(names), lambda found: len(found) == 2) == {"one", "two"}
    for scheduler in schedulers:
        scheduler.close()
