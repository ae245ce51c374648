"""Hashes passwords with argon2, with the parameters that the library recommends, a few at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wizard.errors import TooBusy

_hasher = PasswordHasher()
NO_PASSWORD = (  # a literal, because computing one would take a tenth of a second at every start
    f"$argon2id$v=19$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}${'A' * 22}${'A' * 43}"
)
"""A hash that no password has."""

MAX_HASHES = min(4, len(os.sched_getaffinity(0)))
"""How many are computed at once: each takes 64 MB and a processor."""
MAX_WAITING = 8
"""How many wait for that; more would take every thread that serves pages."""
MAX_WAIT_SECONDS = 5.0


class HashingQueue:
    """Lets a few threads compute at once; others wait in bounded number for a bounded time, else raise TooBusy."""

    def __init__(self, at_once: int, waiting: int, seconds: float) -> None:
        self._computing = threading.BoundedSemaphore(at_once)
        self._admitted = threading.BoundedSemaphore(at_once + waiting)
        self._seconds = seconds

    @contextmanager
    def turn(self) -> Iterator[None]:
        if not self._admitted.acquire(blocking=False):
            raise TooBusy
        try:
            if not self._computing.acquire(timeout=self._seconds):
                raise TooBusy
            try:
                yield
            finally:
                self._computing.release()
        finally:
            self._admitted.release()


_queue = HashingQueue(MAX_HASHES, MAX_WAITING, MAX_WAIT_SECONDS)


def hash_password(password: str) -> str:
    """Raises TooBusy when too many are being computed."""
    with _queue.turn():
        return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether it is the password; takes as long without a stored hash, so that the time does not tell user names.

    Raises TooBusy when too many are being computed.
    """
    with _queue.turn():
        try:
            return _hasher.verify(stored or NO_PASSWORD, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False
