"""Queues that run a check at once, or never."""

from __future__ import annotations

from flask import Flask

from wizard.app import execute
from wizard.models.database import writing


class InlineQueue:
    """Executes a run while it is submitted."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def submit(self, run_id: str) -> None:
        with self._app.app_context(), writing():
            execute(run_id, cancelled=lambda: False, interrupted=lambda: False)

    def start(self) -> None: ...

    def cancel(self, run_id: str) -> None: ...

    def run_ids(self) -> tuple[str, ...]:
        return ()

    def is_closing(self) -> bool:
        return False

    def hands_over(self) -> bool:
        return False

    def after_fork(self) -> None: ...

    def close(self) -> None: ...


class ForgetfulQueue(InlineQueue):
    """Never executes anything, as a process that was killed."""

    def submit(self, run_id: str) -> None: ...
