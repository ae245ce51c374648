"""A queue that executes check runs in threads of the process that they are submitted in."""

from __future__ import annotations

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from wizard.jobs.queue import Execute, Lifecycle
from wizard.models.database import writing


class ThreadPool:
    """A bounded number of threads. The schedulers start and end with them."""

    def __init__(self, app: Flask, workers: int, execute: Execute, *schedulers: Lifecycle) -> None:
        self._app = app
        self._workers = workers
        self._execute = execute
        self._schedulers = schedulers
        self._reset()

    def _reset(self) -> None:
        self._executor = ThreadPoolExecutor(self._workers, thread_name_prefix="check")
        self._cancelled: dict[str, threading.Event] = {}
        self._closing = threading.Event()

    def start(self) -> None:
        for scheduler in self._schedulers:
            scheduler.start()

    def close(self) -> None:
        self._closing.set()
        for scheduler in self._schedulers:
            scheduler.close()  # first: one resumes saves, and a closed executor takes none
        self._executor.shutdown(wait=True, cancel_futures=True)

    def after_fork(self) -> None:
        for scheduler in self._schedulers:
            scheduler.after_fork()
        self._reset()

    def submit(self, run_id: str) -> None:
        self._cancelled[run_id] = threading.Event()
        self._executor.submit(self._run, run_id)

    def cancel(self, run_id: str) -> None:
        if event := self._cancelled.get(run_id):
            event.set()

    def run_ids(self) -> Collection[str]:
        return tuple(self._cancelled)

    def is_closing(self) -> bool:
        return self._closing.is_set()

    def hands_over(self) -> bool:
        return False

    def _run(self, run_id: str) -> None:
        event = self._cancelled[run_id]
        try:
            with self._app.app_context(), writing():
                self._execute(
                    run_id,
                    cancelled=lambda: event.is_set() or self._closing.is_set(),
                    interrupted=self._closing.is_set,
                )
        except Exception:
            self._app.logger.exception("check run %s failed", run_id)
        finally:
            del self._cancelled[run_id]
