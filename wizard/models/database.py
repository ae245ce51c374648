"""How the engine is opened, so that SQLite serves several threads and processes as PostgreSQL does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from wizard.extensions import db

DatabaseGone = OperationalError
"""What every query raises while the database cannot be reached, is locked for too long, read-only or full."""

BadData = DataError
"""What PostgreSQL raises for a value that a column does not take."""

Row = TypeVar("Row")
BUSY_MILLISECONDS = 5000
"""For as long SQLite waits for another who writes."""

_FILE = "file"
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


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection of its own that waits for nobody, whatever is going on around it."""
    token = _writes.set(False)
    try:
        with db.engine.connect() as connection:
            yield connection
    finally:
        _writes.reset(token)


def reload_for_update(model: type[Row], row_id: Any) -> Row | None:
    """The row as it is now, whatever was read of it before, and nobody else's until the transaction ends.

    Rows that refer to it can be added all the same, else two that lock in different orders would wait for each other.
    """
    return db.session.get(model, row_id, with_for_update={"key_share": True}, populate_existing=True)


def close_session(_: BaseException | None) -> None:
    """Ends the transaction of a request, whose answer is made already: one that the server has broken off too."""
    try:
        db.session.close()
    except DBAPIError:
        db.session().invalidate()


def prepare_engine(app: Flask) -> None:
    """Sets SQLite's pragmas and transaction control on the engine of `app`; PostgreSQL needs only its errors named."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "connect", _remember_file(engine.url.database))
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "handle_error", _take_read_only_for_gone)


def _take_read_only_for_gone(context: ExceptionContext) -> None:
    """As SQLite has it; PostgreSQL calls it an internal error."""
    error = context.original_exception
    if getattr(error, "sqlstate", None) == "25006":
        raise DatabaseGone(context.statement, None, error, hide_parameters=True) from error


def _remember_file(path: str | None) -> Callable[[Any, ConnectionPoolEntry], None]:
    def remember(_: Any, entry: ConnectionPoolEntry) -> None:
        entry.info[_FILE] = _file_at(path)

    return remember


def has_lost_its_file(connection: Connection) -> bool:
    """Whether SQLite's file was deleted or replaced since it was opened: what is written then is lost."""
    path = connection.engine.url.database
    return _FILE in connection.info and connection.info[_FILE] != _file_at(path)


def _file_at(path: str | None) -> int | None:
    try:
        return os.stat(path).st_ino if path else None
    except OSError:
        return None


def _set_pragmas(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late: see _begin
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "synchronous = NORMAL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes.get() else "BEGIN")
