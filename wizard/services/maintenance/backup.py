"""Writes the whole database into one portable file, which SQLite and PostgreSQL can be restored from."""

from __future__ import annotations

import fcntl
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Connection, Table, select, text

from wizard.errors import InstanceError
from wizard.extensions import Base, db
from wizard.files import sync_folder
from wizard.models.encrypted import context_of
from wizard.security import KeyRing
from wizard.services.maintenance import archive as archives
from wizard.services.maintenance import schema


class Contents(NamedTuple):
    """The number of rows in a backup, and their values that no key decrypts, like `setup 3 (draft)`."""

    rows: int
    undecryptable: list[str]


def write_backup(path: Path) -> Contents:
    """Writes a snapshot of all rows while others work on; values that no key decrypts are written too.

    The disk has it then. Raises InstanceError for a file that exists or cannot be written; a part of one is removed.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _remove_leftovers(path.parent)
        if path.exists():
            raise InstanceError(_("%(file)s is there already. Choose another name.", file=path))
        contents = _write(part)
        part.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        message = _("%(file)s cannot be written: %(error)s", file=path, error=error.strerror)
        raise InstanceError(message) from error
    finally:
        part.unlink(missing_ok=True)
    return contents


def _remove_leftovers(folder: Path) -> None:
    """Removes what a backup left that was killed. One that is being written is locked."""
    for part in folder.glob(".*.part"):
        if not re.fullmatch(r"\..+\.\d+\.part", part.name):
            continue
        with suppress(OSError), part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


def undecryptable_columns(table: Table, row: dict[str, Any]) -> Iterator[str]:
    """Yields the names of the encrypted columns whose value no key decrypts."""
    keyring: KeyRing = current_app.extensions["keyring"]
    tokens = {name: value for name, value in row.items() if isinstance(value, bytes)}
    return (
        name
        for name, token in tokens.items()
        if not keyring.can_decrypt(token, context_of(table.name, name, row["id"]))
    )


def label(table: Table, row: dict[str, Any], column: str) -> str:
    """Names one value of a row, like `setup 3 (draft)`."""
    return f"{table.name} {row['id']} ({column})"


def _write(path: Path) -> Contents:
    undecryptable: list[str] = []
    file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    fcntl.flock(file, fcntl.LOCK_EX)
    with file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, _snapshot() as connection:
        tables = schema.reflect_tables(connection, Base.metadata.tables)
        written = {table.name: _write_table(archive, connection, table, undecryptable) for table in tables}
        counts = {name: count for name, (count, _) in written.items()}
        manifest = {
            "format": archives.FORMAT,
            "schema": schema.current_revision(connection),
            "made": datetime.now(UTC).isoformat("T", "seconds"),
            "columns": {table.name: [column.name for column in table.columns] for table in tables},
            "rows": counts,
            "sha256": {name: digest for name, (_, digest) in written.items()},
        }
        archives.write_manifest(archive, current_app.extensions["keyring"], manifest)
        archive.close()
        file.flush()
        os.fsync(file.fileno())
    return Contents(sum(counts.values()), undecryptable)


def _write_table(
    archive: zipfile.ZipFile, connection: Connection, table: Table, undecryptable: list[str]
) -> tuple[int, str]:
    """Returns the number of rows and their SHA-256; appends the values that no key decrypts."""
    count, digest = 0, sha256()
    result = connection.execute(select(table), execution_options={"yield_per": archives.BATCH})
    with result as rows, archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
        for row in rows.mappings():
            values = dict(row)
            undecryptable += [label(table, values, column) for column in undecryptable_columns(table, values)]
            line = archives.encode_row(list(values.values()))
            lines.write(line)
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


@contextmanager
def _snapshot() -> Iterator[Connection]:
    """Opens a transaction that reads the database as it was when the transaction began."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        yield connection
