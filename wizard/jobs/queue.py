"""The queue of check runs, as services see it; `wizard.app` chooses what implements it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from flask import current_app


class Lifecycle(Protocol):
    """What starts and ends with a process that serves."""

    def start(self) -> None:
        """Starts the threads that it needs; does nothing if it has been started."""

    def close(self) -> None:
        """Ends them, and waits until they have ended."""

    def after_fork(self) -> None:
        """Forgets, in the child of a fork, what its parent has started."""


class JobQueue(Lifecycle, Protocol):
    """Executes check runs outside of the request. A closed one executes no more; what it executed is interrupted."""

    def submit(self, run_id: str) -> None:
        """Executes a run as soon as a worker is free."""

    def cancel(self, run_id: str) -> None:
        """Cancels a run of this process at once; another one finds `cancel_requested` in its row, at the latest."""

    def run_ids(self) -> Collection[str]:
        """The runs that are queued or executed in this process, which has to renew their heartbeat."""

    def is_closing(self) -> bool:
        """Whether the process ends, so that whoever waits for another machine gives up."""

    def hands_over(self) -> bool:
        """Whether another process executes from the beginning what this one does not finish."""


class Execute(Protocol):
    """Executes one check run to its end; see `wizard.services.checks.execute_run`."""

    def __call__(self, run_id: str, *, cancelled: Callable[[], bool], interrupted: Callable[[], bool]) -> None: ...


def job_queue() -> JobQueue:
    """The queue of the current app."""
    queue: JobQueue = current_app.extensions["job_queue"]
    return queue
