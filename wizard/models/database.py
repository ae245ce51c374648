"""How the engine is opened, so that SQLite serves several threads and processes as PostgreSQL does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from wizard.extensions import db

DatabaseGone = OperationalError
"""What every query raises while the database cannot be reached, is locked for too long, read-only or full."""

BadData = DataError
"""What PostgreSQL raises for a value that a column does not take."""

Row = TypeVar("Row")
_writes: ContextVar[bool] = ContextVar("writes", default=False)


def set_writing(writes: bool) -> None:
    """Transactions begun from now on in this context take SQLite's write lock at once, or do not.

    One that reads first and writes later would fail at once, without waiting, when another has written in between.
    """
    _writes.set(writes)


@contextmanager
def writing() -> Iterator[None]:
    """`set_writing` for a block of its own: no transaction may be open around it."""
    token = _writes.set(True)
    try:
        yield
    finally:
        _writes.reset(token)


def locked(model: type[Row], row_id: Any) -> Row | None:
    """The row as it is now, whatever was read of it before, and nobody else's until the transaction ends.

    Rows that refer to it can be added all the same, else two that lock in different orders would wait for each other.
    """
    return db.session.get(model, row_id, with_for_update={"key_share": True}, populate_existing=True)


def prepare_engine(app: Flask) -> None:
    """Sets SQLite's pragmas and transaction control on the engine of `app`; PostgreSQL needs nothing."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late: see _begin
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "busy_timeout = 5000", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes.get() else "BEGIN")
