"""The background pool that runs checks. `CheckRunner` is all that an existing task queue has to offer instead."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy import select, update

from wizard.extensions import db
from wizard.models import UNFINISHED, CheckRun
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.checks.runs import end_abandoned

TICK_SECONDS = 0.5
TICKS_A_SIGN = 4
"""A running check gives a sign of life every `TICKS_A_SIGN` ticks; see `wizard.services.checks.runs.SILENCE`."""
TICKS_A_RECOVERY = 8
"""As often it looks for what a process that was killed was saving."""
TICKS_A_TIDYING = 120
"""As often it deletes what nobody needs any more."""


class Execute(Protocol):
    """Runs one check to its end; see `wizard.services.checks.execute.execute`."""

    def __call__(self, run_id: str, *, cancelled: Callable[[], bool], interrupted: Callable[[], bool]) -> None: ...


class CheckRunner(Protocol):
    """Carries out check runs outside of the request."""

    def submit(self, run_id: str) -> None:
        """Runs it as soon as there is room."""

    def cancel(self, run_id: str) -> None:
        """Stops it if it runs here; elsewhere the row's `cancel_requested` is noticed within a tick."""

    def start(self) -> None:
        """Begins to look after runs, those of killed processes too, which are interrupted."""

    def begin_anew(self) -> None:
        """After a fork, in the child: what the parent runs stays the parent's, and nothing is looked after yet."""

    def close(self) -> None:
        """Ends every run as interrupted; no new one is taken."""


class ThreadRunner:
    """A bounded pool of threads in this process, and one more that speaks with the database for all of them."""

    def __init__(
        self,
        app: Flask,
        workers: int,
        execute: Execute,
        recover: Callable[[], int],
        tidy: Callable[[], None] = lambda: None,
    ) -> None:
        self._app = app
        self._workers = workers
        self._execute = execute
        self._recover = recover
        self._tidy = tidy
        self._make()

    def _make(self) -> None:
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="check")
        self._cancelled: dict[str, threading.Event] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._ticker: threading.Thread | None = None

    def begin_anew(self) -> None:
        self._make()

    def start(self) -> None:
        """Begins to look after runs; without it, the first run that is submitted does."""
        with self._lock:
            if self._ticker is None:
                self._ticker = threading.Thread(target=self._tick, name="check-ticker", daemon=True)
                self._ticker.start()

    def submit(self, run_id: str) -> None:
        self._cancelled[run_id] = threading.Event()
        self.start()
        self._pool.submit(self._run, run_id)

    def cancel(self, run_id: str) -> None:
        if event := self._cancelled.get(run_id):
            event.set()

    def close(self) -> None:
        self._closing.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._ticker is not None:
            self._ticker.join()

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
            with self._lock:
                del self._cancelled[run_id]

    def _tick(self) -> None:
        ticks = 0
        while not self._closing.wait(TICK_SECONDS):
            ticks += 1
            running = list(self._cancelled)
            try:
                with self._app.app_context():
                    if running:
                        self._notice_cancelled(running)
                    if running and ticks % TICKS_A_SIGN == 0:
                        self._give_sign(running)
                    if ticks % TICKS_A_RECOVERY == 0:
                        self._save_on()
                    if ticks % TICKS_A_TIDYING == 0:
                        self._tidy()
            except Exception:
                self._app.logger.exception("the check ticker missed a tick")

    def _notice_cancelled(self, running: list[str]) -> None:
        asked = select(CheckRun.id).where(CheckRun.id.in_(running), CheckRun.cancel_requested)
        for run_id in db.session.scalars(asked):
            self.cancel(run_id)
        db.session.rollback()

    def _save_on(self) -> None:
        with writing():
            end_abandoned()
            self._recover()
            db.session.rollback()

    def _give_sign(self, running: list[str]) -> None:
        with writing():
            alive = CheckRun.id.in_(running) & CheckRun.state.in_(UNFINISHED)
            db.session.execute(update(CheckRun).where(alive).values(heartbeat_at=now()))
            db.session.commit()


def runner() -> CheckRunner:
    """The runner of the current app."""
    found: CheckRunner = current_app.extensions["check_runner"]
    return found
