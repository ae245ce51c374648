"""Engine settings and transactions: SQLite serves several threads and processes as PostgreSQL does."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from flask import Flask
from sqlalchemy import ColumnElement, Connection, Table, bindparam, event, insert, update
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, TimeoutError
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.pool import ConnectionPoolEntry

from wizard.config import Settings
from wizard.extensions import Base, db
from wizard.models.timeouts import BUSY_SECONDS, busy_seconds, limit_postgresql, set_busy_timeout

DatabaseUnavailable = OperationalError
"""Raised by every query while the database cannot be reached, is locked for too long, read-only or full."""

NoConnectionFree = TimeoutError
"""Raised while every connection of the pool is in use, as they are when the database hangs."""

InvalidData = DataError
"""Raised by PostgreSQL for a value that does not fit its column."""

Row = TypeVar("Row")

_FILE = "file"
_turn = threading.Lock()
"""Held by the thread that waits for SQLite's write lock: SQLite tries now and then only, and lets others pass."""
_write_intent: ContextVar[bool] = ContextVar("write_intent", default=False)
_is_asynchronous: ContextVar[bool] = ContextVar("is_asynchronous", default=False)


def set_write_intent(writes: bool) -> None:
    """Sets whether transactions of this context begin with SQLite's write lock.

    Without it a transaction that reads first and writes later fails, without waiting, when another one has written in
    between.
    """
    _write_intent.set(writes)


@contextmanager
def writing() -> Iterator[None]:
    """Sets the write intent for a block. No transaction may be open around it."""
    token = _write_intent.set(True)
    try:
        yield
    finally:
        _write_intent.reset(token)


@contextmanager
def reading() -> Iterator[Connection]:
    """Opens a separate connection without the write lock, whatever the transaction around it holds."""
    token = _write_intent.set(False)
    try:
        with db.engine.connect() as connection:
            yield connection
    finally:
        _write_intent.reset(token)


@contextmanager
def asynchronous_commit() -> Iterator[None]:
    """Lets the commits of transactions that begin in a block not wait for the disk.

    Nothing is lost when the process is killed. When the power goes, the last of them may be, in their order; a commit
    outside of a block waits for all that are before it.
    """
    token = _is_asynchronous.set(True)
    try:
        yield
    finally:
        _is_asynchronous.reset(token)


def reload_for_update(model: type[Row], row_id: Any, *options: ORMOption) -> Row | None:
    """Re-reads the row FOR NO KEY UPDATE; `options` say what is read with it.

    Other transactions may still add rows that refer to it, else two that lock in different orders would deadlock.
    """
    lock = {"key_share": True}
    return db.session.get(model, row_id, options=options, with_for_update=lock, populate_existing=True)


def insert_row(model: type[Base], **columns: Any) -> Any:
    """Adds a row without loading it. Returns its id."""
    table = cast(Table, model.__table__)
    return db.session.scalar(insert(table).values(columns).returning(table.c.id))


def update_row(model: type[Base], row_id: Any, *conditions: ColumnElement[bool], **columns: Any) -> None:
    """Writes columns of a row by their names in the database, loaded or not; what is loaded stays as it is.

    `conditions` are of the table: the row is left alone unless they hold.
    """
    table = cast(Table, model.__table__)
    db.session.execute(update(table).where(table.c.id == row_id, *conditions).values(columns))


def update_rows(model: type[Base], rows: Sequence[dict[str, Any]], **same: Any) -> None:
    """The same for many rows at once, each with its `id` and the same columns; `same` is written to all of them."""
    if not rows:
        return
    table = cast(Table, model.__table__)
    columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "id"}
    statement = update(table).where(table.c.id == bindparam("row_id")).values(columns | same)
    db.session.execute(statement, [{"row_id": row["id"], **{name: row[name] for name in columns}} for row in rows])


def checkpoint() -> None:
    """Moves SQLite's log into its file and waits until the disk has it, so that no old value is in either.

    Gives up after a while if others read all the time: what was committed is on the disk in any case.
    """
    if db.engine.dialect.name == "sqlite":
        with closing(db.engine.raw_connection()) as connection:  # it cannot be done inside a transaction
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def close_session(_: BaseException | None) -> None:
    """Ends the transaction of a request after its response was made, even when the server has closed the connection."""
    try:
        db.session.close()
    except DBAPIError:
        db.session().invalidate()


def prepare_engine(app: Flask) -> None:
    """Adds the listeners of the engine: pragmas and BEGIN for SQLite, time limits and an error for PostgreSQL."""
    with app.app_context():
        engine = db.engine
    settings: Settings = app.config["SETTINGS"]
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "connect", _remember_file(engine.url.database))
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "handle_error", _map_read_only_error)
        event.listen(engine, "begin", _set_local_synchronous_commit)
        limit_postgresql(engine, settings.database_connect_seconds, settings.database_statement_seconds)


def _map_read_only_error(context: ExceptionContext) -> None:
    """Raises for a read-only server what SQLite raises; the driver reports an internal error."""
    error = context.original_exception
    if getattr(error, "sqlstate", None) == "25006":
        raise DatabaseUnavailable(context.statement, None, error, hide_parameters=True) from error


def _remember_file(path: str | None) -> Callable[[Any, ConnectionPoolEntry], None]:
    def remember(_: Any, entry: ConnectionPoolEntry) -> None:
        entry.info[_FILE] = _file_at(path)

    return remember


def is_file_replaced(connection: Connection) -> bool:
    """Whether SQLite's file was deleted or replaced after it was opened; writes to the open one are lost."""
    path = connection.engine.url.database
    return _FILE in connection.info and connection.info[_FILE] != _file_at(path)


def _file_at(path: str | None) -> int | None:
    try:
        return os.stat(path).st_ino if path else None
    except OSError:
        return None


def _set_pragmas(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would send BEGIN before the first write only: see _begin
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        f"busy_timeout = {round(BUSY_SECONDS * 1000)}",
        "synchronous = FULL",  # NORMAL loses what was answered when the power goes
    ):
        connection.execute(f"PRAGMA {pragma}")


def _set_local_synchronous_commit(connection: Connection) -> None:
    if _is_asynchronous.get():
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


def _set_synchronous(connection: Connection) -> None:
    """SQLite does not change it inside a transaction."""
    wanted = "NORMAL" if _is_asynchronous.get() else "FULL"
    if connection.info.get("synchronous", "FULL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous = {wanted}")
        connection.info["synchronous"] = wanted


def _begin(connection: Connection) -> None:
    set_busy_timeout(connection)
    _set_synchronous(connection)
    if not _write_intent.get():
        connection.exec_driver_sql("BEGIN")
        return
    waits_alone = _turn.acquire(timeout=busy_seconds())
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        if waits_alone:
            _turn.release()


def erase_remains() -> None:
    """Rewrites SQLite's files without what was deleted or overwritten, which stays in them otherwise."""
    if db.engine.dialect.name == "sqlite":
        with closing(db.engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM")
        checkpoint()
