"""Periodic work: each task in its turn, and what the tasks do for the runs of this process and of others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask, current_app

from tests.factories import InlineQueue, in_app, make_account
from wizard.domain.check import RunKind, RunState
from wizard.extensions import db
from wizard.jobs.scheduler import Scheduler, Task, cancel_requested_runs, default_tasks, renew_heartbeats
from wizard.models import CheckRun
from wizard.models.columns import now
from wizard.models.database import writing

LONG_AGO = timedelta(minutes=5)
PATIENCE = 60
"""Seconds that a test waits at most for something that happens at once."""


class Queue(InlineQueue):
    """A queue that executes run `a` and no other; it lists what is cancelled."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.cancelled: list[str] = []

    def cancel(self, run_id: str) -> None:
        self.cancelled.append(run_id)

    def run_ids(self) -> tuple[str, ...]:
        return ("a",)


@pytest.fixture
def queue(app: Flask) -> Queue:
    """The queue of an app with the runs `a` and `b`, whose last heartbeat was long ago."""
    account_id = make_account(app, "Ola")
    with app.app_context(), writing():
        for run_id in "ab":
            run = CheckRun(id=run_id, kind=RunKind.CONNECTOR, account_id=account_id, request={}, receipt_signature="")
            run.limit_seconds, run.state, run.heartbeat_at = 30, RunState.RUNNING, now() - LONG_AGO
            db.session.add(run)
        db.session.commit()
    queue = app.extensions["job_queue"] = Queue(app)
    return queue


def run_of(app: Flask, run_id: str) -> CheckRun:
    return in_app(app, lambda: db.session.get_one(CheckRun, run_id))


def test_a_task_is_run_again_and_again_in_an_app_context(app: Flask) -> None:
    runs = threading.Semaphore(0)

    def task() -> None:
        assert current_app
        runs.release()

    scheduler = Scheduler(app, [Task(0, task)])
    scheduler.start()
    assert runs.acquire(timeout=PATIENCE)
    assert runs.acquire(timeout=PATIENCE)
    scheduler.close()


def test_each_task_has_its_own_interval(app: Flask) -> None:
    often, seldom = threading.Semaphore(0), threading.Semaphore(0)
    scheduler = Scheduler(app, [Task(3600, seldom.release), Task(0.001, often.release)])
    scheduler.start()
    assert all(often.acquire(timeout=PATIENCE) for _ in range(3))
    scheduler.close()

    assert not seldom.acquire(blocking=False)


def test_a_task_that_fails_is_logged_and_run_again(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    runs = threading.Semaphore(0)

    def fail() -> None:
        runs.release()
        raise RuntimeError("the database was away for a moment")

    scheduler = Scheduler(app, [Task(0, fail)])
    scheduler.start()
    assert runs.acquire(timeout=PATIENCE)
    assert runs.acquire(timeout=PATIENCE)
    scheduler.close()

    assert "the periodic task fail failed" in caplog.text


def test_starting_twice_starts_one_thread(app: Flask) -> None:
    threads: set[str] = set()
    runs = threading.Semaphore(0)

    def task() -> None:
        threads.add(threading.current_thread().name)
        runs.release()

    scheduler = Scheduler(app, [Task(0, task)])
    before = threading.active_count()
    scheduler.start()
    scheduler.start()
    assert runs.acquire(timeout=PATIENCE)
    assert threading.active_count() == before + 1
    scheduler.close()

    assert threads == {"scheduler"}


def test_what_waits_for_another_machine_has_a_thread_of_its_own(app: Flask) -> None:
    answer, heartbeats = threading.Event(), threading.Semaphore(0)
    remote = Scheduler(app, [Task(0, lambda: answer.wait(PATIENCE))], "remote")
    own = Scheduler(app, [Task(0, heartbeats.release)])
    remote.start()
    own.start()

    assert heartbeats.acquire(timeout=PATIENCE)
    answer.set()
    remote.close()
    own.close()


def test_after_a_fork_it_can_be_started_again(app: Flask) -> None:
    runs = threading.Semaphore(0)
    scheduler = Scheduler(app, [Task(0, runs.release)])
    scheduler.start()
    scheduler.close()

    scheduler.after_fork()
    while runs.acquire(blocking=False):
        pass
    scheduler.start()

    assert runs.acquire(timeout=PATIENCE)
    scheduler.close()


def test_one_that_was_never_started_can_be_closed(app: Flask) -> None:
    Scheduler(app, default_tasks(10)).close()


def test_a_heartbeat_comes_several_times_before_a_run_counts_as_interrupted() -> None:
    intervals = {task.run: task.seconds for task in default_tasks(10)}

    assert intervals[renew_heartbeats] == 2


def test_the_heartbeat_of_the_runs_of_this_process_is_renewed(app: Flask, queue: Queue) -> None:
    in_app(app, renew_heartbeats)

    assert now() - run_of(app, "a").heartbeat_at < LONG_AGO / 2
    assert now() - run_of(app, "b").heartbeat_at >= LONG_AGO


def test_a_run_that_another_process_was_asked_to_cancel_is_cancelled(app: Flask, queue: Queue) -> None:
    in_app(app, cancel_requested_runs)
    assert queue.cancelled == []

    with app.app_context(), writing():
        for run_id in "ab":
            db.session.get_one(CheckRun, run_id).cancel_requested = True
        db.session.commit()
    in_app(app, cancel_requested_runs)

    assert queue.cancelled == ["a"]


@pytest.mark.parametrize("task", [renew_heartbeats, cancel_requested_runs])
def test_a_process_without_runs_leaves_the_database_alone(app: Flask, task: Callable[[], None]) -> None:
    def is_in_transaction() -> bool:
        task()
        return db.session.registry().in_transaction()

    assert not in_app(app, is_in_transaction)
