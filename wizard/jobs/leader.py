"""One process of all that share a database: the one that holds a lock of PostgreSQL."""

from __future__ import annotations

import threading
from contextlib import suppress
from enum import IntEnum

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError, TimeoutError

from wizard.extensions import db

LOCK_CLASS = 0x657270
"""The first number of its locks; `wizard.server.upgrade` takes one of a single number."""


class Leadership(IntEnum):
    """What is led; the second number of its lock."""

    POOL = 1
    REMOTE = 2
    PROCRASTINATE = 3
    NOTICES = 4


class Leader:
    """Whether this process leads. On SQLite each one does: they are few, on one machine, and take turns at its lock.

    Whoever gave no sign of life for `patience` seconds, because it is stopped or its machine is gone, leads no longer.
    """

    def __init__(self, leadership: Leadership, patience: float) -> None:
        self._leadership = leadership
        self._patience = patience
        self.after_fork()

    def after_fork(self) -> None:
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def leads(self) -> bool:
        """Tries to lead, or makes sure that this process still does."""
        if db.engine.dialect.name != "postgresql":
            return True
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._try()
                else:
                    self._connection.execute(select(1))
            except (DBAPIError, TimeoutError):
                self._drop()
            return self._connection is not None

    def resign(self) -> None:
        """Lets another process lead at once."""
        with self._lock:
            self._drop()

    def _try(self) -> Connection | None:
        """A connection of its own that holds the lock, unless another process does."""
        connection = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            lock = func.pg_try_advisory_lock(LOCK_CLASS, int(self._leadership))
            if not connection.scalar(select(lock)):
                connection.close()
                return None
            connection.detach()
            if (connection.dialect.server_version_info or ()) >= (14,):  # which has it
                connection.execute(text(f"SET idle_session_timeout = {round(self._patience * 1000)}"))
        except DBAPIError:
            connection.close()
            raise
        return connection

    def _drop(self) -> None:
        """The server lets go of the lock with the connection."""
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None
