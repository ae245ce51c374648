"""Restores a backup of this version or of one before: its rows are inserted into its schema, which is upgraded then."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypedDict, Unpack

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from wizard.domain.superoffice import LinkAccess
from wizard.errors import InstanceError
from wizard.extensions import Base, db
from wizard.models import AccountNotice, AccountSession, Delivery, LoginLink, SuperOfficeDrift, SuperOfficeLink
from wizard.models.database import writing
from wizard.models.encrypted import context_of
from wizard.security import KeyRing
from wizard.services.maintenance import schema
from wizard.services.maintenance.archive import (
    FORMAT,
    FORMAT_1_SCHEMAS,
    Forged,
    read_manifest,
    read_rows,
    table_names,
)
from wizard.services.maintenance.backup import Contents, label, undecryptable_columns

MAX_LISTED = 20
NOT_RESTORED = {row.__tablename__ for row in (AccountSession, AccountNotice, Delivery, LoginLink, SuperOfficeDrift)}
"""Sessions and links that work no more, notices that such a session shows, comparisons that are to be made anew,
and notifications that are no news any more."""
_DAMAGE_ERRORS = (
    *(OSError, EOFError, LookupError, ValueError, TypeError, AttributeError, RuntimeError),
    *(struct.error, zlib.error, zipfile.BadZipFile, IntegrityError, DataError),
)
"""Raised while a damaged archive is read, depending on the byte that has changed."""


class RestoreOptions(TypedDict, total=False):
    """What is allowed beyond the restore of a signed and readable backup into an empty database."""

    replace: bool
    without_unreadable: bool
    unsigned: bool


def restore_backup(path: Path, **options: Unpack[RestoreOptions]) -> Contents:
    """Restores a backup into an empty database; all of it or nothing. All sessions end and one-time links are void.

    `replace` replaces all rows of a database that is not empty; `without_unreadable` leaves out values that no key
    decrypts, and checks that have one; `unsigned` takes a file that none of the keys has signed. Raises InstanceError
    for a file that is damaged, forged or of an unknown version, for a database that is not empty, and where keys of the
    backup are missing.
    """
    keyring: KeyRing | None = None if options.get("unsigned") else current_app.extensions["keyring"]
    try:
        with zipfile.ZipFile(path) as archive, writing(), db.engine.begin() as connection:
            manifest = read_manifest(archive, keyring)
            if broken := archive.testzip():
                raise InstanceError(_("%(file)s is damaged: %(part)s is not what was written.", file=path, part=broken))
            _require_known_version(connection, manifest)
            if not options.get("replace"):
                _require_empty(connection)
            contents = _replace_rows(connection, archive, manifest)
            if contents.undecryptable and not options.get("without_unreadable"):
                raise InstanceError(_missing_keys_message(path, contents.undecryptable))
            return contents
    except Forged as error:
        raise InstanceError(_forged_message(path)) from error
    except _DAMAGE_ERRORS as error:
        raise InstanceError(_("%(file)s is no backup, or it is damaged: %(error)s", file=path, error=error)) from error


def shorten(values: Sequence[str]) -> str:
    """Joins the first values, with an ellipsis for the others."""
    return ", ".join([*values[:MAX_LISTED], *(["…"] if len(values) > MAX_LISTED else [])])


def _forged_message(path: Path) -> str:
    return _(
        "%(file)s was not signed with the keys that are here, or was changed since. Put back the keys that were kept"
        " with it. A backup of version 1.0 has no signature: restore it with --unsigned, if nobody else could write to"
        " it.",
        file=path,
    )


def _missing_keys_message(path: Path, undecryptable: Sequence[str]) -> str:
    return ngettext(
        "%(num)s value in %(file)s cannot be read with the keys that are here: %(values)s. Put back the keys that were"
        " kept with it, or leave out what they cannot read with --without-unreadable.",
        "%(num)s values in %(file)s cannot be read with the keys that are here: %(values)s. Put back the keys that were"
        " kept with it, or leave out what they cannot read with --without-unreadable.",
        len(undecryptable),
        file=path,
        values=shorten(undecryptable),
    )


def _require_known_version(connection: Connection, manifest: dict[str, Any]) -> None:
    revisions = {1: FORMAT_1_SCHEMAS, FORMAT: schema.known_revisions()}
    if manifest.get("schema") in revisions.get(manifest.get("format", 0), ()):
        return
    message = _(
        "This backup is of another version (format %(their_format)s, schema %(theirs)s; here it is format"
        " %(our_format)s, schema %(ours)s). Restore it with the version that made it, and upgrade then.",
        their_format=manifest.get("format"),
        theirs=manifest.get("schema"),
        our_format=FORMAT,
        ours=schema.current_revision(connection),
    )
    raise InstanceError(message)


def _require_empty(connection: Connection) -> None:
    if any(connection.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables):
        message = _("The database is not empty. Restore into a new one, or replace all that is there with --replace.")
        raise InstanceError(message)


def _replace_rows(connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Contents:
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())
    schema.downgrade(connection, manifest["schema"])
    contents = _insert_rows(connection, archive, manifest)
    schema.upgrade(connection)
    _stop_saving_in_superoffice(connection)
    _reset_sequences(connection)
    return contents


def _stop_saving_in_superoffice(connection: Connection) -> None:
    """Until the link is checked again. The instance of the backup may still run, and be the one that saves there."""
    unchecked = {"access": LinkAccess.READ_ONLY, "health": None, "health_run_id": None}
    connection.execute(update(SuperOfficeLink.__table__).values(unchecked))  # type: ignore[arg-type]


def _insert_rows(connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Contents:
    total, undecryptable = 0, list[str]()
    for table in schema.reflect_tables(connection, table_names(manifest)):
        if table.name in NOT_RESTORED:
            continue  # a session that was ended after the backup, or a link that was used, would work again
        for batch in read_rows(archive, manifest, table):
            rows = [row for row in batch if _clear_undecryptable(table, row, undecryptable)]
            if rows:
                connection.execute(insert(table), rows)
            total += len(rows)
    return Contents(total, undecryptable)


def _clear_undecryptable(table: Table, row: dict[str, Any], undecryptable: list[str]) -> bool:
    """Empties the values that no key decrypts and appends their names; False for a row that is useless without one."""
    for column in list(undecryptable_columns(table, row)):
        undecryptable.append(label(table, row, column))
        if (table.name, column) == ("check_run", "request"):
            return False
        context = context_of(table.name, column, row["id"])
        row[column] = None if table.columns[column].nullable else _empty_value(context)
    return True


def _empty_value(context: str) -> bytes:
    keyring: KeyRing = current_app.extensions["keyring"]
    return keyring.encrypt(b"{}", context)


def _reset_sequences(connection: Connection) -> None:
    """Lets the sequences of PostgreSQL continue after the inserted ids."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        key = table.columns.get("id")
        highest = None if key is None or key.type.python_type is not int else connection.scalar(select(func.max(key)))
        if highest is not None:
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))
