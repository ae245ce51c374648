"""A time limit over several calls, which can be cancelled before it is over."""

from __future__ import annotations

import time
from collections.abc import Callable

SLICE = 0.5
"""The longest wait, in seconds, before the next look whether the check was cancelled."""


class TimeIsUp(Exception):
    """The check's time limit has passed."""


class Cancelled(Exception):
    """The check was cancelled."""


class Deadline:
    """`seconds` from now, over all calls of a check together."""

    def __init__(self, seconds: float, cancelled: Callable[[], bool] = lambda: False) -> None:
        self.seconds = seconds
        self._at = time.monotonic() + seconds
        self._cancelled = cancelled

    def part(self, seconds: float) -> Deadline:
        """A deadline inside of this one. Raises TimeIsUp and Cancelled."""
        return Deadline(min(seconds, self.left()), self._cancelled)

    def is_over(self) -> bool:
        """Whether no time is left. Raises Cancelled."""
        try:
            self.left()
        except TimeIsUp:
            return True
        return False

    def left(self) -> float:
        """Seconds left, more than 0. Raises TimeIsUp and Cancelled."""
        if self._cancelled():
            raise Cancelled
        left = self._at - time.monotonic()
        if left <= 0:
            raise TimeIsUp
        return left

    def slice(self) -> float:
        """How long to wait before asking again. Raises TimeIsUp and Cancelled."""
        return min(self.left(), SLICE)
