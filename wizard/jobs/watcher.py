"""Threads that test what is watched, in each process that serves.

One of them claims what is due and stores what was found, for many tests at once; the others test.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from flask import Flask

from wizard.models.database import DatabaseUnavailable, NoConnectionFree
from wizard.models.timeouts import statement_timeout
from wizard.services.watch import Job, OwnNetwork, Result, Tell, claim_due, perform, store, void

PAUSE_SECONDS = 0.5
"""How often it is looked for what is due."""
BUSY_SECONDS = 0.1
"""How often while there is something to test."""
WAIT_SECONDS = 2.0
"""How long the database may take for a statement."""
UNAVAILABLE_SECONDS = 2.0
"""How often the database is tried while it takes nothing."""


class Watcher:
    """So many threads that test. As many tests are claimed as have a thread, so that none waits while it is claimed."""

    def __init__(self, app: Flask, workers: int, tell: Tell) -> None:
        self._app = app
        self._workers = workers
        self._tell = tell
        self._reset()

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._claimed: list[Job] = []
        self._running: set[int] = set()
        self._results: list[Result] = []
        self._network = OwnNetwork()
        self._is_away = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._thread is None and self._workers:
            self._thread = threading.Thread(target=self._loop, name="watcher", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Cancels the tests that run: another process may test at once what they were about."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def after_fork(self) -> None:
        self._reset()

    def _loop(self) -> None:
        with ThreadPoolExecutor(self._workers, thread_name_prefix="watch") as executor:
            while not self._closing.is_set():
                if not (self._attempt(self._store) and self._attempt(self._claim)):
                    self._closing.wait(UNAVAILABLE_SECONDS)
                elif self._claimed:
                    self._begin(executor)
                else:
                    self._closing.wait(BUSY_SECONDS if self._running else PAUSE_SECONDS)
        self._attempt(self._store)

    def _begin(self, executor: ThreadPoolExecutor) -> None:
        """Begins one test after the other: many that begin at once would hold up the pages."""
        for job in self._claimed:
            executor.submit(self._test, job)
            self._closing.wait(BUSY_SECONDS / len(self._claimed))

    def _attempt(self, work: Callable[[], None]) -> bool:
        """Whether it has worked. That the database takes nothing is logged once."""
        try:
            with self._app.app_context(), statement_timeout(WAIT_SECONDS):
                work()
        except (DatabaseUnavailable, NoConnectionFree):
            if not self._is_away:
                self._app.logger.warning("the watch waits for the database")
            self._is_away = True
            return False
        except Exception:
            self._app.logger.exception("the watch has failed")
            return False
        self._is_away = False
        return True

    def _store(self) -> None:
        """What the database does not take is stored later. After another error it is tested again."""
        with self._lock:
            results = self._results[:]
        if not results:
            return
        try:
            store([self._network.judge(each, monotonic()) for each in results], self._tell)
        except (DatabaseUnavailable, NoConnectionFree):
            raise
        except Exception:
            self._forget(results)
            raise
        self._forget(results)

    def _forget(self, results: Sequence[Result]) -> None:
        with self._lock:
            del self._results[: len(results)]
        self._running.difference_update(result.job.watch_id for result in results)

    def _claim(self) -> None:
        self._claimed = []
        free = self._workers - len(self._running)
        if free > 0:
            self._claimed = claim_due(free, self._running)
            self._running.update(job.watch_id for job in self._claimed)

    def _test(self, job: Job) -> None:
        with self._app.app_context():
            try:
                result = perform(job, self._closing.is_set)
            except Exception:
                self._app.logger.exception("the test of watch %s failed", job.watch_id)
                result = void(job)
        with self._lock:
            self._results.append(result)
