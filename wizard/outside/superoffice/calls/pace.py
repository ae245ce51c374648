"""The pace of calls: one at a time, and no more than a few each second, for each SuperOffice in this process."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wizard.outside.http import Deadline

MAX_CALLS_A_SECOND = 5


class Pace:
    """Lets calls through one after the other. `limit` is that of each second, None for none."""

    def __init__(
        self,
        limit: int | None = MAX_CALLS_A_SECOND,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limit, self._clock, self._sleep = limit, clock, sleep
        self._calls: deque[float] = deque(maxlen=limit)
        self._turn = threading.RLock()

    @contextmanager
    def turn(self, deadline: Deadline) -> Iterator[None]:
        """Waits until no other thread calls. Raises TimeIsUp and Cancelled."""
        while not self._turn.acquire(timeout=deadline.slice()):
            pass
        try:
            yield
        finally:
            self._turn.release()

    def next_call(self, deadline: Deadline) -> None:
        """Waits until one more call may be made. Raises TimeIsUp and Cancelled."""
        if self._limit is not None and len(self._calls) == self._limit:
            self.wait(self._calls[0] + 1 - self._clock(), deadline)
        self._calls.append(self._clock())

    def wait(self, seconds: float, deadline: Deadline) -> None:
        """Waits that long. Raises TimeIsUp and Cancelled."""
        until = self._clock() + seconds
        while (left := until - self._clock()) > 0:
            self._sleep(min(left, deadline.slice()))


_paces: dict[tuple[str, str], Pace] = {}
_lock = threading.Lock()


def pace_of(place: str, tenant: str, limit: int | None = MAX_CALLS_A_SECOND) -> Pace:
    """The pace that all calls of a tenant share."""
    with _lock:
        return _paces.setdefault((place, tenant), Pace(limit))
