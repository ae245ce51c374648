"""How long a database may take. SQLite waits for a lock only; a PostgreSQL server may also stop to answer."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any, TypeVar, cast

import psycopg
from sqlalchemy import Connection, Engine, event

Result = TypeVar("Result")
BUSY_SECONDS = 15.0
"""How long SQLite waits for the write lock of another transaction."""
SERVER_GRACE = 0.5
"""Seconds after which the server itself should have ended a statement, before the connection is given up."""

_limit: ContextVar[float | None] = ContextVar("limit", default=None)


@contextmanager
def statement_timeout(seconds: float) -> Iterator[None]:
    """Sets the time limit of a statement for the transactions that begin in a block, instead of the setting's.

    With `math.inf` a PostgreSQL server may take as long as it needs. On SQLite it limits the wait for the write lock.
    """
    token = _limit.set(seconds)
    try:
        yield
    finally:
        _limit.reset(token)


def busy_seconds() -> float:
    """How long a transaction of SQLite that begins now waits for the write lock."""
    limit = _limit.get()
    return limit if limit is not None and math.isfinite(limit) else BUSY_SECONDS


def set_busy_timeout(connection: Connection) -> None:
    """Sets how long a transaction of SQLite, which is about to begin, waits for a lock, unless it is set already."""
    limit, known = _limit.get(), connection.info.get("busy_timeout")
    is_limited = limit is not None and math.isfinite(limit)
    if known is None and not is_limited:
        return
    usual, present = known or [connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()] * 2
    wanted = round(limit * 1000) if limit is not None and is_limited else usual
    if wanted != present:  # past SQLAlchemy: it needs no file, and every second transaction of a check changes it
        cast(sqlite3.Connection, connection.connection.driver_connection).execute(f"PRAGMA busy_timeout = {wanted}")
    connection.info["busy_timeout"] = usual, wanted


def limit_postgresql(engine: Engine, connect_seconds: int, statement_seconds: float) -> None:
    """Limits how long connecting and each statement take, whether the server ends them or does not answer at all."""

    def connect(_: Any, __: Any, arguments: Any, parameters: dict[str, Any]) -> psycopg.Connection[Any]:
        parameters.setdefault("connect_timeout", connect_seconds)
        connection: _Limited = _Limited.connect(*arguments, **parameters)
        connection.seconds = statement_seconds
        return connection

    def set_timeout(connection: Any, _: Any) -> None:
        connection.execute(f"SET statement_timeout = {round(statement_seconds * 1000)}")
        connection.commit()

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", set_timeout)
    event.listen(engine, "begin", _set_local_timeout)


def _set_local_timeout(connection: Connection) -> None:
    limit = _limit.get()
    if limit is not None:
        milliseconds = round(limit * 1000) if math.isfinite(limit) else 0
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {milliseconds}")


class _Limited(psycopg.Connection[Any]):
    """Closes itself when the server does not answer in time."""

    seconds = math.inf

    def wait(self, gen: Generator[Any, Any, Result], *arguments: Any, **options: Any) -> Result:
        limit = _limit.get()
        return super().wait(self._limited(gen, self.seconds if limit is None else limit), *arguments, **options)

    def _limited(self, gen: Generator[Any, Any, Result], seconds: float) -> Generator[Any, Any, Result]:
        """Yields what the driver waits for; it sends 0 when nothing has come for a moment."""
        end = monotonic() + seconds + SERVER_GRACE
        try:
            awaited = next(gen)
            while True:
                ready = yield awaited
                if not ready and monotonic() > end:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"the server has not answered for {seconds:g} seconds")
                awaited = gen.send(ready)
        except StopIteration as done:
            result: Result = done.value
            return result
