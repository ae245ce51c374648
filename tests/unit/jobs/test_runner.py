"""The background pool: bounded, watched, and ended without leaving anything behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask, current_app

from tests.factories import make_account
from wizard.extensions import db
from wizard.jobs import runner as module
from wizard.jobs.runner import ThreadRunner, runner
from wizard.models import CheckRun, RunKind, RunState
from wizard.models.columns import now
from wizard.models.database import writing

LONG_AGO = timedelta(minutes=5)
PATIENCE = 20
"""Seconds that a test waits at most for something that happens at once."""


class Work:
    """What a run does in these tests: it tells that it began, and waits until it is told to end."""

    def __init__(self) -> None:
        self.begun: dict[str, threading.Event] = {}
        self.go_on = threading.Event()
        self.ended: dict[str, str] = {}
        self.room = threading.Semaphore(0)

    def expect(self, run_id: str) -> threading.Event:
        self.begun[run_id] = threading.Event()
        return self.begun[run_id]

    def __call__(self, run_id: str, *, cancelled: Callable[[], bool], interrupted: Callable[[], bool]) -> None:
        assert current_app
        self.begun[run_id].set()
        while not self.go_on.wait(0.01):
            if cancelled():
                self.ended[run_id] = "interrupted" if interrupted() else "cancelled"
                self.room.release()
                return
        self.ended[run_id] = "ended"
        self.room.release()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def pool(app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadRunner]:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.01)
    pool = ThreadRunner(app, 2, work, lambda: 0)
    yield pool
    work.go_on.set()
    pool.close()


def make_run(app: Flask, run_id: str) -> None:
    """A row that gave its last sign of life long ago."""
    account_id = make_account(app, f"Account of {run_id}")
    with app.app_context(), writing():
        run = CheckRun(id=run_id, kind=RunKind.CONNECTOR, account_id=account_id, request={}, receipt_signature="")
        run.limit_seconds, run.state, run.heartbeat_at = 30, RunState.RUNNING, now() - LONG_AGO
        db.session.add(run)
        db.session.commit()


def test_a_run_begins_at_once_and_ends(pool: ThreadRunner, work: Work) -> None:
    begun = work.expect("a")
    pool.submit("a")
    assert begun.wait(PATIENCE)
    work.go_on.set()
    assert work.room.acquire(timeout=PATIENCE)
    assert work.ended == {"a": "ended"}


def test_no_more_run_at_a_time_than_are_set(pool: ThreadRunner, work: Work) -> None:
    begun = [work.expect(run_id) for run_id in "abc"]
    for run_id in "abc":
        pool.submit(run_id)
    assert begun[0].wait(PATIENCE)
    assert begun[1].wait(PATIENCE)
    assert not begun[2].is_set()

    pool.cancel("a")

    assert begun[2].wait(PATIENCE)


def test_a_cancelled_run_is_told(pool: ThreadRunner, work: Work) -> None:
    begun = work.expect("a")
    pool.submit("a")
    assert begun.wait(PATIENCE)
    pool.cancel("a")
    assert work.room.acquire(timeout=PATIENCE)
    assert work.ended == {"a": "cancelled"}


def test_a_run_that_is_not_here_can_be_cancelled_without_harm(pool: ThreadRunner) -> None:
    pool.cancel("of another process")


def test_a_run_that_another_process_cancelled_is_told_too(app: Flask, pool: ThreadRunner, work: Work) -> None:
    make_run(app, "a")
    begun = work.expect("a")
    pool.submit("a")
    assert begun.wait(PATIENCE)

    with app.app_context(), writing():
        db.session.get_one(CheckRun, "a").cancel_requested = True
        db.session.commit()

    assert work.room.acquire(timeout=PATIENCE)
    assert work.ended == {"a": "cancelled"}


def test_a_run_gives_signs_of_life(app: Flask, pool: ThreadRunner, work: Work) -> None:
    make_run(app, "a")
    begun = work.expect("a")
    pool.submit("a")
    assert begun.wait(PATIENCE)

    def seen_now() -> bool:
        with app.app_context():
            return now() - db.session.get_one(CheckRun, "a").heartbeat_at < LONG_AGO / 2

    pause = threading.Event()
    assert any(seen_now() or pause.wait(0.02) for _ in range(3000))


def test_a_run_of_a_process_that_is_gone_is_written_down_as_interrupted(app: Flask, pool: ThreadRunner) -> None:
    make_run(app, "a")
    pool.start()

    def state() -> str:
        with app.app_context():
            return db.session.get_one(CheckRun, "a").state

    pause = threading.Event()
    assert any(state() == RunState.INTERRUPTED or pause.wait(0.02) for _ in range(3000))


def test_closing_tells_a_run_that_it_is_interrupted_and_never_begins_those_that_wait(
    pool: ThreadRunner, work: Work
) -> None:
    begun = [work.expect(run_id) for run_id in "abc"]
    for run_id in "abc":
        pool.submit(run_id)
    assert begun[0].wait(PATIENCE)
    assert begun[1].wait(PATIENCE)

    pool.close()

    assert work.ended == {"a": "interrupted", "b": "interrupted"}
    assert not begun[2].is_set()


def test_a_run_that_breaks_is_logged_and_leaves_room(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.01)
    second = threading.Event()

    def execute(run_id: str, *, cancelled: Callable[[], bool], interrupted: Callable[[], bool]) -> None:
        if run_id == "b":
            second.set()
        else:
            raise RuntimeError("unforeseen")

    pool = ThreadRunner(app, 1, execute, lambda: 0)
    pool.submit("a")
    pool.submit("b")
    assert second.wait(PATIENCE)
    pool.close()

    assert "check run a failed" in caplog.text
    assert "unforeseen" in caplog.text


def test_what_a_killed_process_was_saving_is_looked_for_again_and_again(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.001)
    looked = threading.Semaphore(0)

    def recover() -> int:
        looked.release()
        raise RuntimeError("the database was away for a moment")

    pool = ThreadRunner(app, 1, Work(), recover)
    pool.start()
    pool.start()
    assert looked.acquire(timeout=PATIENCE)
    assert looked.acquire(timeout=PATIENCE)
    pool.close()

    assert "the check ticker missed a tick" in caplog.text


def test_it_tidies_now_and_then(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.001)
    tidied = threading.Semaphore(0)
    pool = ThreadRunner(app, 1, Work(), lambda: 0, tidied.release)
    pool.start()
    assert tidied.acquire(timeout=PATIENCE)
    assert tidied.acquire(timeout=PATIENCE)
    pool.close()


def test_a_pool_that_never_began_can_be_closed(app: Flask) -> None:
    ThreadRunner(app, 1, Work(), lambda: 0).close()


def test_the_app_has_a_runner(app: Flask) -> None:
    with app.app_context():
        assert runner() is app.extensions["check_runner"]
