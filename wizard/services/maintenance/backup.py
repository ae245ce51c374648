"""The whole database as one portable file: what SQLite wrote can be read into PostgreSQL, and back.

A ZIP file with `manifest.json` (format, schema, when, rows a table) and a `<table>.jsonl` each: a row a line, a list of
values in the order of the columns. Times are ISO 8601, bytes are base64. What is encrypted stays so.
"""

from __future__ import annotations

import base64
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from alembic.migration import MigrationContext
from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Column, Connection, DateTime, LargeBinary, MetaData, Table, func, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.types import TypeDecorator

from wizard.errors import InstanceError
from wizard.extensions import Base, db
from wizard.models import Account, LoginLink
from wizard.models.database import writing
from wizard.security.keyring import KeyRing
from wizard.services.accounts.sessions import new_session_key

FORMAT = 1
MANIFEST = "manifest.json"
BATCH = 500
MAX_LISTED = 20
MAX_LINE_BYTES = 1 << 26
"""A row has a few values of some MB at most; what is longer is read as a part of one, which is none."""
_DAMAGED = (
    *(OSError, EOFError, LookupError, ValueError, TypeError, AttributeError, RuntimeError),
    *(struct.error, zlib.error, zipfile.BadZipFile, IntegrityError, DataError),
)
"""What an archive raises while it is read, depending on which byte of it was changed."""


class Kept(NamedTuple):
    """How many rows there are, and which values of them none of our keys can read: `setup 3 (draft)`."""

    rows: int
    unreadable: list[str]


def dump(path: Path) -> Kept:
    """Writes everything as it is at one moment, while others go on; what cannot be read too.

    Raises InstanceError for a file that is there already or cannot be written. Either all of it is there, or nothing.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists():
            raise InstanceError(_("%(file)s is there already. Choose another name.", file=path))
        kept = _write(part)
        part.rename(path)
    except OSError as error:
        told = _("%(file)s cannot be written: %(error)s", file=path, error=error.strerror)
        raise InstanceError(told) from error
    finally:
        part.unlink(missing_ok=True)
    return kept


def _write(path: Path) -> Kept:
    unreadable: list[str] = []
    file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    with file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, _at_one_moment() as connection:
        counts = {}
        for table in _tables():
            found = connection.execute(select(table), execution_options={"yield_per": BATCH})
            with found as rows, archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                counts[table.name] = 0
                for row in rows:
                    unreadable += [_named(table, row, column) for column in _unreadable(table, row)]
                    lines.write(json.dumps([_plain(value) for value in row]).encode() + b"\n")
                    counts[table.name] += 1
        manifest = {"format": FORMAT, "schema": _schema(connection), "made": _now(), "rows": counts}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
    return Kept(sum(counts.values()), unreadable)


def _unreadable(table: Table, row: Sequence[Any]) -> Iterator[Column[Any]]:
    keyring: KeyRing = current_app.extensions["keyring"]
    for column, value in zip(table.columns, row, strict=True):
        if isinstance(value, bytes) and not keyring.reads(value):
            yield column


def _named(table: Table, row: Sequence[Any], column: Column[Any]) -> str:
    return f"{table.name} {row[0]} ({column.name})"


def load(path: Path, *, replace: bool = False, partly: bool = False) -> Kept:
    """Reads a backup into an empty database, or in the place of what is there; all of it or nothing.

    Every session ends, and no one-time link works any more. With `partly` values that our keys cannot read are left
    out, and a check that has one. Raises InstanceError for a file that is damaged or of another version, for a database
    that is not empty, and where keys of the backup are missing.
    """
    try:
        with zipfile.ZipFile(path) as archive, writing(), db.engine.begin() as connection:
            with archive.open(MANIFEST) as told:
                manifest = json.loads(told.read(MAX_LINE_BYTES))
            if broken := archive.testzip():
                raise InstanceError(_("%(file)s is damaged: %(part)s is not what was written.", file=path, part=broken))
            _check(connection, manifest, replace=replace)
            kept = _load_rows(connection, archive)
            if kept.unreadable and not partly:
                raise InstanceError(_told(path, kept.unreadable))
            return kept
    except _DAMAGED as error:
        raise InstanceError(_("%(file)s is no backup, or it is damaged: %(error)s", file=path, error=error)) from error


def _told(path: Path, unreadable: Sequence[str]) -> str:
    return ngettext(
        "%(num)s value in %(file)s cannot be read with the keys that are here: %(values)s. Put back the keys that were"
        " kept with it, or leave out what they cannot read with --without-unreadable.",
        "%(num)s values in %(file)s cannot be read with the keys that are here: %(values)s. Put back the keys that were"
        " kept with it, or leave out what they cannot read with --without-unreadable.",
        len(unreadable),
        file=path,
        values=listed(unreadable),
    )


def listed(values: Sequence[str]) -> str:
    """The first of them, in one line."""
    return ", ".join([*values[:MAX_LISTED], *(["…"] if len(values) > MAX_LISTED else [])])


def _load_rows(connection: Connection, archive: zipfile.ZipFile) -> Kept:
    tables, total = _tables(), 0
    unreadable: list[str] = []
    for table in reversed(tables):
        connection.execute(table.delete())
    for table in tables:
        if table.name == LoginLink.__tablename__:
            continue  # one that was used since would work again
        for batch in _batches(archive, table):
            rows = [row for row in batch if _make_readable(table, row, unreadable)]
            if rows:
                connection.execute(insert(table), rows)
            total += len(rows)
        _count_on(connection, table)
    for account in connection.scalars(select(Account.id)).all():  # a session that was ended since would go on
        connection.execute(update(Account).where(Account.id == account).values(session_key=new_session_key()))
    return Kept(total, unreadable)


def _make_readable(table: Table, row: dict[str, Any], unreadable: list[str]) -> bool:
    """Puts nothing in the place of what cannot be read; False for a row that would be good for nothing then."""
    for column in list(_unreadable(table, list(row.values()))):
        unreadable.append(_named(table, list(row.values()), column))
        model = Base.metadata.tables[table.name].columns[column.name]
        if not model.nullable and model.default is None:
            return False
        row[column.name] = None if model.nullable else current_app.extensions["keyring"].encrypt(b"{}")
    return True


def _check(connection: Connection, manifest: dict[str, Any], *, replace: bool) -> None:
    ours = _schema(connection)
    if (manifest.get("format"), manifest.get("schema")) != (FORMAT, ours):
        told = _(
            "This backup is of another version (format %(their_format)s, schema %(theirs)s; here it is format"
            " %(our_format)s, schema %(ours)s). Restore it with the version that made it, and upgrade then.",
            their_format=manifest.get("format"),
            theirs=manifest.get("schema"),
            our_format=FORMAT,
            ours=ours,
        )
        raise InstanceError(told)
    filled = [table.name for table in _tables() if connection.scalar(select(func.count()).select_from(table))]
    if filled and not replace:
        told = _("The database is not empty. Restore into a new one, or replace all that is there with --replace.")
        raise InstanceError(told)


def _batches(archive: zipfile.ZipFile, table: Table) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as lines:
        while line := lines.readline(MAX_LINE_BYTES):
            values = zip(table.columns, json.loads(line), strict=True)
            rows.append({column.name: _typed(column, value) for column, value in values})
            if len(rows) == BATCH:
                yield rows
                rows = []
    if rows:
        yield rows


def _tables() -> list[Table]:
    """Every table, referenced ones first, with columns that pass on encrypted values as they are."""
    return [
        Table(table.name, MetaData(), *(Column(c.name, _raw(c), primary_key=c.primary_key) for c in table.columns))
        for table in Base.metadata.sorted_tables
    ]


def _raw(column: Column[Any]) -> Any:
    return column.type.impl if isinstance(column.type, TypeDecorator) else column.type


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return base64.b64decode(value) if isinstance(column.type, LargeBinary) else value


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL hands out ids from a sequence of its own."""
    key = table.columns.get("id")
    if connection.dialect.name != "postgresql" or key is None or key.type.python_type is not int:
        return
    highest = connection.scalar(select(func.max(key)))
    if highest is not None:
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))


def _at_one_moment() -> Any:
    """A connection whose transaction sees the database as it was when it began."""
    connection = db.engine.connect()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    return connection


def _schema(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _now() -> str:
    return datetime.now(UTC).isoformat("T", "seconds")
