"""The pool: bounded, cancellable, and closed without leaving anything behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, current_app

from wizard.jobs.pool import ThreadPool
from wizard.jobs.queue import job_queue
from wizard.jobs.scheduler import Scheduler

PATIENCE = 60
"""Seconds that a test waits at most for something that happens at once."""


class Job:
    """What a run does in these tests: it sets an event as it begins, and waits until it may end or is cancelled."""

    def __init__(self) -> None:
        self.begun: dict[str, threading.Event] = {}
        self.may_end = threading.Event()
        self.outcomes: dict[str, str] = {}
        self.ended = threading.Semaphore(0)

    def expect(self, run_id: str) -> threading.Event:
        self.begun[run_id] = threading.Event()
        return self.begun[run_id]

    def __call__(self, run_id: str, *, cancelled: Callable[[], bool], interrupted: Callable[[], bool]) -> None:
        assert current_app
        self.begun[run_id].set()
        outcome = "finished"
        while not self.may_end.wait(0.01):
            if cancelled():
                outcome = "interrupted" if interrupted() else "cancelled"
                break
        self.outcomes[run_id] = outcome
        self.ended.release()


class Calls:
    """A scheduler that writes down what the pool asks of it."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def start(self) -> None:
        self.names.append("start")

    def close(self) -> None:
        self.names.append("close")

    def after_fork(self) -> None:
        self.names.append("after_fork")


@pytest.fixture
def job() -> Job:
    return Job()


@pytest.fixture
def pool(app: Flask, job: Job) -> Iterator[ThreadPool]:
    pool = ThreadPool(app, 2, job, Scheduler(app, ()))
    yield pool
    job.may_end.set()
    pool.close()


def test_a_run_begins_at_once_and_ends(pool: ThreadPool, job: Job) -> None:
    begun = job.expect("a")
    pool.submit("a")
    assert begun.wait(PATIENCE)
    job.may_end.set()
    assert job.ended.acquire(timeout=PATIENCE)
    assert job.outcomes == {"a": "finished"}


def test_no_more_run_at_a_time_than_there_are_workers(pool: ThreadPool, job: Job) -> None:
    begun = [job.expect(run_id) for run_id in "abc"]
    for run_id in "abc":
        pool.submit(run_id)
    assert begun[0].wait(PATIENCE)
    assert begun[1].wait(PATIENCE)
    assert not begun[2].is_set()

    pool.cancel("a")

    assert begun[2].wait(PATIENCE)


def test_a_run_belongs_to_the_process_from_when_it_is_queued_until_it_ends(pool: ThreadPool, job: Job) -> None:
    begun = [job.expect(run_id) for run_id in "abc"]
    for run_id in "abc":
        pool.submit(run_id)
    assert set(pool.run_ids()) == set("abc")

    job.may_end.set()
    assert begun[2].wait(PATIENCE)
    pool.close()

    assert pool.run_ids() == ()


def test_a_run_can_be_cancelled(pool: ThreadPool, job: Job) -> None:
    begun = job.expect("a")
    pool.submit("a")
    assert begun.wait(PATIENCE)
    pool.cancel("a")
    assert job.ended.acquire(timeout=PATIENCE)
    assert job.outcomes == {"a": "cancelled"}


def test_cancelling_a_run_of_another_process_does_nothing(pool: ThreadPool) -> None:
    pool.cancel("of another process")


def test_closing_interrupts_what_is_executed_and_never_begins_what_is_queued(pool: ThreadPool, job: Job) -> None:
    begun = [job.expect(run_id) for run_id in "abc"]
    for run_id in "abc":
        pool.submit(run_id)
    assert begun[0].wait(PATIENCE)
    assert begun[1].wait(PATIENCE)

    pool.close()

    assert job.outcomes == {"a": "interrupted", "b": "interrupted"}
    assert not begun[2].is_set()


def test_after_a_fork_the_runs_are_the_parents_and_new_ones_are_executed(pool: ThreadPool, job: Job) -> None:
    pool.close()
    pool.after_fork()
    assert pool.run_ids() == ()

    begun = job.expect("a")
    pool.submit("a")
    assert begun.wait(PATIENCE)


def test_a_run_that_raises_is_logged_and_leaves_room(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    second = threading.Event()

    def execute(run_id: str, *, cancelled: Callable[[], bool], interrupted: Callable[[], bool]) -> None:
        if run_id == "b":
            second.set()
        else:
            raise RuntimeError("unforeseen")

    pool = ThreadPool(app, 1, execute, Scheduler(app, ()))
    pool.submit("a")
    pool.submit("b")
    assert second.wait(PATIENCE)
    pool.close()

    assert "check run a failed" in caplog.text
    assert "unforeseen" in caplog.text


def test_the_scheduler_starts_ends_and_forks_with_the_pool(app: Flask, job: Job) -> None:
    scheduler = Calls()
    pool = ThreadPool(app, 1, job, scheduler)

    pool.start()
    pool.after_fork()
    pool.close()

    assert scheduler.names == ["start", "after_fork", "close"]


def test_the_queue_of_the_current_app_is_found(app: Flask) -> None:
    with app.app_context():
        assert job_queue() is app.extensions["job_queue"]
