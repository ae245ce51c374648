"""Periodic work of a process that serves: it looks after the check runs of all processes, and deletes expired rows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from flask import Flask
from sqlalchemy import select

from wizard.extensions import db
from wizard.jobs.leader import Leader
from wizard.jobs.queue import job_queue
from wizard.models import CheckRun
from wizard.models.database import writing
from wizard.services.checks import end_abandoned_runs, renew_heartbeats_of
from wizard.services.configuration import compare_due as compare_configurations_due
from wizard.services.configuration import read_schemas_if_old, write_waiting, write_waiting_priorities
from wizard.services.connections import resume_orphaned_saves, start_removals
from wizard.services.maintenance import delete_expired
from wizard.services.notices import note_certificates, note_reminders, note_sign_in, send_due
from wizard.services.superoffice import read_users_if_old, repeat_failed_link_check
from wizard.services.superoffice.drift import compare_due
from wizard.services.superoffice.saving import look_at_open_writes, settle_all
from wizard.services.watch import ensure_watches, make_jumped_due

CANCELLATION_SECONDS = 0.5
OWED_SECONDS = 60.0
NOTICE_SECONDS = 10.0
REMINDER_SECONDS = 300.0
DELETION_SECONDS = 60.0
REPEAT_SECONDS = 60.0
WATCH_SECONDS = 60.0
"""How often it is looked for what has become active, and for a clock that was set back."""
USERS_SECONDS = 300.0
"""How often it is looked whether SuperOffice's users are older than a day."""
COMPARISON_SECONDS = 600.0
"""How often it is looked for what was not compared with SuperOffice for a day."""


@dataclass(frozen=True)
class Task:
    """What is run every so many seconds, in an app context of its own, by the process that leads.

    `everywhere`: by each process, for its own runs.
    """

    seconds: float
    run: Callable[[], object]
    everywhere: bool = False


def default_tasks(silence_seconds: float) -> tuple[Task, ...]:
    """Every periodic task, for runs that count as interrupted after so many seconds without a heartbeat."""
    return (Task(silence_seconds / 2, end_abandoned_runs), *tasks_beside_procrastinate(silence_seconds))


def tasks_beside_procrastinate(silence_seconds: float) -> tuple[Task, ...]:
    """The same without what `wizard.jobs.taking_up` does."""
    return (
        Task(silence_seconds / 5, renew_heartbeats, everywhere=True),
        Task(CANCELLATION_SECONDS, cancel_requested_runs, everywhere=True),
        Task(silence_seconds / 2, resume_orphaned_saves),
        Task(silence_seconds / 2, RetryRemovals()),
        Task(DELETION_SECONDS, delete_expired),
        Task(REPEAT_SECONDS, repeat_failed_link_check),
        Task(WATCH_SECONDS, ensure_watches),
        Task(WATCH_SECONDS, make_jumped_due),
    )


def remote_tasks() -> tuple[Task, ...]:
    """Periodic tasks that call other machines. Each gives up when `job_queue().is_closing()`."""
    return (
        Task(USERS_SECONDS, read_users_if_old),
        Task(COMPARISON_SECONDS, compare_due),
        Task(COMPARISON_SECONDS, compare_configurations_due),
        Task(COMPARISON_SECONDS, read_schemas_if_old),
        Task(OWED_SECONDS, settle_all),
        Task(OWED_SECONDS, look_at_open_writes),
        Task(OWED_SECONDS, write_waiting),
        Task(OWED_SECONDS, write_waiting_priorities),
    )


def notice_tasks() -> tuple[Task, ...]:
    """Periodic tasks that note and send notices. Two processes that do so at once note and send nothing twice."""
    return (
        Task(NOTICE_SECONDS, send_due),
        Task(REMINDER_SECONDS, note_reminders),
        Task(REMINDER_SECONDS, note_certificates),
        Task(REMINDER_SECONDS, note_sign_in),
    )


class Scheduler:
    """One thread that runs all its tasks, one after the other. A task that fails is logged and run again in its turn.

    What waits for other machines is not for the thread that renews heartbeats: see `remote_tasks`.
    """

    def __init__(
        self, app: Flask, tasks: Sequence[Task], name: str = "scheduler", leader: Leader | None = None
    ) -> None:
        self._app = app
        self._name = name
        self._tasks = tasks
        self._leader = leader
        self._lock = threading.Lock()
        self._reset()

    def _reset(self) -> None:
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
                self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread is not None:
            self._thread.join()
        if self._leader is not None:
            self._leader.resign()

    def after_fork(self) -> None:
        self._lock = threading.Lock()  # another thread of the parent may have held it
        if self._leader is not None:
            self._leader.after_fork()
        self._reset()

    def _loop(self) -> None:
        due = {task: monotonic() + task.seconds for task in self._tasks}
        while due and not self._closing.wait(max(0, min(due.values()) - monotonic())):
            for task in self._tasks:
                if due[task] <= monotonic():
                    self._run(task)
                    due[task] = monotonic() + task.seconds

    def _run(self, task: Task) -> None:
        try:
            with self._app.app_context():
                if task.everywhere or self._leader is None or self._leader.leads():
                    task.run()
        except Exception:
            self._app.logger.exception("the periodic task %s failed", getattr(task.run, "__name__", task.run))


class RetryRemovals:
    """Tries the removals that are due; the first time all of them, as the process has just started."""

    def __init__(self) -> None:
        self._has_started = False

    def __call__(self) -> None:
        start_removals(due_only=self._has_started)
        self._has_started = True


def renew_heartbeats() -> None:
    """Says of the runs of this process that it is alive. Commits."""
    run_ids = job_queue().run_ids()
    if run_ids:
        with writing():
            renew_heartbeats_of(CheckRun.id.in_(run_ids))
            db.session.commit()


def cancel_requested_runs() -> None:
    """Cancels the runs of this process that another one was asked to cancel."""
    queue = job_queue()
    run_ids = queue.run_ids()
    if run_ids:
        requested = select(CheckRun.id).where(CheckRun.id.in_(run_ids), CheckRun.cancel_requested)
        for run_id in db.session.scalars(requested):
            queue.cancel(run_id)
