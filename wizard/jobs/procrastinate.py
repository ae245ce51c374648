"""A queue inside PostgreSQL, for any number of machines: web processes submit check runs, workers execute them.

Procrastinate gives each job to one worker. Its lock is the id of the run: no run is executed twice at once.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psycopg
from flask import Flask
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.job_context import AbortReason
from procrastinate.tasks import configure_task
from sqlalchemy import Enum, column, func, select, table

from wizard.config import Settings
from wizard.extensions import db
from wizard.jobs.queue import Execute, Lifecycle
from wizard.models.database import DatabaseUnavailable, NoConnectionFree, writing

TASK = "execute"
MAX_ATTEMPTS = 5
"""How often a run is executed whose worker is killed each time: it may be the run that kills it."""
SECONDS_TO_END = 5.0
"""How long a worker that ends lets its runs go on; what is left then is executed by another one from the beginning."""
PAUSE_SECONDS = 1.0
"""How long a worker waits before it asks again a database that does not answer."""


jobs = table(
    "procrastinate_jobs",
    column("id"),
    column("task_name"),
    column("lock"),
    column("status", Enum("todo", "doing", name="procrastinate_job_status")),
    column("attempts"),
    column("worker_id"),
)
"""A job's lock is the id of its run."""

UNAVAILABLE = (DatabaseUnavailable, NoConnectionFree)


class HandedOver(Exception):
    """The run is for another worker, or for later: this one ends first, or is still at it."""


class ProcrastinateQueue:
    """`start` is for a process that submits, and starts `keepers`. `work` is for a worker, and starts `others` too."""

    def __init__(
        self, app: Flask, execute: Execute, keepers: Sequence[Lifecycle], others: Sequence[Lifecycle] = ()
    ) -> None:
        self._app = app
        self._execute = execute
        self._keepers = keepers
        self._others = others
        self._deferring = App(connector=SyncPsycopgConnector())  # never opened: it is given connections
        self._reset()

    def _reset(self) -> None:
        self._cancelled: dict[str, threading.Event] = {}
        self._closing = threading.Event()

    def start(self) -> None:
        for each in self._keepers:
            each.start()

    def close(self) -> None:
        self._closing.set()
        for each in (*self._others, *self._keepers):
            each.close()

    def after_fork(self) -> None:
        for each in (*self._others, *self._keepers):
            each.after_fork()
        self._reset()

    def submit(self, run_id: str) -> None:
        """Defers a job; without a database for it, `take_up_runs` does so later."""
        try:
            with db.engine.begin() as connection:
                driver = connection.connection.driver_connection
                manager = self._deferring.job_manager
                job = configure_task(
                    name=TASK, job_manager=manager, lock=run_id, queueing_lock=run_id, connection=driver
                )
                job.defer(run_id=run_id)
        except AlreadyEnqueued:
            return
        except (ConnectorException, *UNAVAILABLE):
            self._app.logger.warning("check run %s could not be queued yet", run_id)

    def cancel(self, run_id: str) -> None:
        """Also where another process executes it: PostgreSQL notifies that one."""
        if event := self._cancelled.get(run_id):
            event.set()
            return
        with suppress(*UNAVAILABLE), db.engine.begin() as connection:
            of_run = jobs.c.lock == run_id
            connection.execute(select(func.procrastinate_cancel_job_v1(jobs.c.id, True, True)).where(of_run))

    def run_ids(self) -> Collection[str]:
        return tuple(self._cancelled)

    def is_closing(self) -> bool:
        return self._closing.is_set()

    def hands_over(self) -> bool:
        return True

    def work(self, concurrency: int) -> None:
        """Executes runs, so many at a time, until SIGTERM or SIGINT ends it."""
        for each in (*self._keepers, *self._others):
            each.start()
        asyncio.run(self._work(concurrency))

    async def _work(self, concurrency: int) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(concurrency, thread_name_prefix="check"))
        working = asyncio.create_task(self._work_again_and_again(concurrency))

        def end() -> None:
            self._closing.set()
            working.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, end)
        with suppress(asyncio.CancelledError):
            await working

    async def _work_again_and_again(self, concurrency: int) -> None:
        """Begins anew when Procrastinate has given up, as it does while the database is away."""
        while True:
            try:
                async with self._tasks().open_async() as tasks:
                    await tasks.run_worker_async(**self._options(concurrency))
            except (ConnectorException, psycopg.Error) as error:
                self._app.logger.warning("the worker begins anew, as the database does not answer: %s", error)
            await asyncio.sleep(PAUSE_SECONDS)

    def _options(self, concurrency: int) -> dict[str, Any]:
        silence = self._settings.silence_seconds
        return {
            "concurrency": concurrency,
            "fetch_job_polling_interval": silence / 10,  # of a job that is taken up, nobody is notified
            "update_heartbeat_interval": silence / 5,
            "stalled_worker_timeout": stalled_seconds(silence),
            "shutdown_graceful_timeout": SECONDS_TO_END,
            "delete_jobs": "always",
            "install_signal_handlers": False,
        }

    @property
    def _settings(self) -> Settings:
        settings: Settings = self._app.config["SETTINGS"]
        return settings

    def _tasks(self) -> App:
        with self._app.app_context():
            _, arguments = db.engine.dialect.create_connect_args(db.engine.url)
        parameters = {
            **arguments,
            "connect_timeout": self._settings.database_connect_seconds,
            "tcp_user_timeout": round(self._settings.silence_seconds * 1000),
        }
        tasks = App(connector=PsycopgConnector(min_size=1, kwargs=parameters))
        again = RetryStrategy(max_attempts=MAX_ATTEMPTS, wait=1, retry_exceptions=[HandedOver, *UNAVAILABLE])
        tasks.task(name=TASK, pass_context=True, retry=again)(self._run)
        return tasks

    def _run(self, context: JobContext, run_id: str) -> None:
        if run_id in self._cancelled:  # it was silent for a while, and the job was released
            raise HandedOver
        event = self._cancelled[run_id] = threading.Event()

        def is_ending() -> bool:
            return context.abort_reason() is AbortReason.SHUTDOWN

        def is_cancelled() -> bool:
            return event.is_set() or context.should_abort()

        try:
            with self._app.app_context(), writing():
                self._execute(run_id, cancelled=is_cancelled, interrupted=is_ending)
        finally:
            del self._cancelled[run_id]
        if is_ending():
            raise HandedOver


def stalled_seconds(silence_seconds: float) -> float:
    """After so many seconds without a sign of life a worker counts as killed: before its runs count as interrupted."""
    return silence_seconds * 0.6
