"""Health checks: whether the database and the keys can be used."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy import LargeBinary, MetaData, delete, func, insert, select

from wizard.extensions import db
from wizard.models import Account, RateEntry
from wizard.models.database import DatabaseUnavailable, is_file_replaced, reading, writing
from wizard.models.encrypted import context_of
from wizard.security import KeyRing
from wizard.services.maintenance.rotate_keys import encrypted_columns
from wizard.services.maintenance.schema import current_revision, newest_revision

BATCH = 200
CACHE_SECONDS = 60.0
WRITABLE_CACHE_SECONDS = 5.0
"""How long a positive result is cached: the health page is public and may be requested often."""
MIN_FREE_BYTES = 4 << 20
"""Less is a full disk: SQLite still finds room in its own files for a while, and then fails in the middle."""


def is_same_database() -> bool:
    """Whether the database is still the one that was opened. Raises DatabaseUnavailable when it does not answer."""
    db.session.execute(select(Account.id).limit(1))
    return not is_file_replaced(db.session.connection())


def has_newest_schema() -> bool:
    """Whether the database has the schema of this version: another one may have migrated it meanwhile."""
    return current_revision(db.session.connection()) == newest_revision()


def is_read_only() -> bool:
    """Whether the server is read-only, like a replica. For a file only an attempt to write would tell."""
    if db.engine.dialect.name != "postgresql":
        return False
    return db.session.scalar(select(func.current_setting("transaction_read_only"))) == "on"


def has_space() -> bool:
    """Whether there is room for more in the folders of the instance and of SQLite's file."""
    folders = {Path(current_app.instance_path), *_database_folders()}
    return all(shutil.disk_usage(folder).free >= MIN_FREE_BYTES for folder in folders)


def _database_folders() -> Iterator[Path]:
    if db.engine.dialect.name == "sqlite" and db.engine.url.database:
        yield Path(db.engine.url.database).parent


def takes_changes() -> bool:
    """Whether the database takes a change: a row is inserted and deleted again. What is wrong is logged."""
    if time.monotonic() < current_app.extensions.get("writable_until", 0):
        return True
    db.session.rollback()  # one connection is enough
    try:
        with writing(), db.engine.begin() as connection:
            row = insert(RateEntry).values(key="health", at=0, expires_at=0).returning(RateEntry.id)
            connection.execute(delete(RateEntry).where(RateEntry.id == connection.scalar(row)))
    except DatabaseUnavailable as error:
        current_app.logger.error("database: %s", error.orig)
        return False
    current_app.extensions["writable_until"] = time.monotonic() + WRITABLE_CACHE_SECONDS
    return True


def can_decrypt_any(keyring: KeyRing) -> bool:
    """Whether the keys decrypt at least one value, or there is none yet."""
    return _can_decrypt_any(keyring, _encrypted_values())


def can_decrypt_any_stored(keyring: KeyRing) -> bool:
    """The same in a database of any schema, whose encrypted columns are those of bytes."""
    return _can_decrypt_any(keyring, _stored_bytes())


def _can_decrypt_any(keyring: KeyRing, values: Iterator[tuple[bytes, str]]) -> bool:
    is_empty = True
    for token, context in values:
        if keyring.can_decrypt(token, context):
            return True
        is_empty = False
    return is_empty


def can_decrypt_all() -> bool:
    """Whether the keys decrypt every value."""
    keyring: KeyRing = current_app.extensions["keyring"]
    keyring.refresh()
    if time.monotonic() < current_app.extensions.get("decryptable_until", 0):
        return True
    if not all(keyring.can_decrypt(token, context) for token, context in _encrypted_values()):
        return False
    current_app.extensions["decryptable_until"] = time.monotonic() + CACHE_SECONDS
    return True


def _encrypted_values() -> Iterator[tuple[bytes, str]]:
    """Yields every token with its context."""
    with reading() as connection:
        for table, column in encrypted_columns():
            (key,) = table.primary_key
            tokens = select(column, key).where(column.is_not(None))
            with connection.execute(tokens, execution_options={"yield_per": BATCH}) as result:
                for token, row_id in result:
                    yield token, context_of(table.name, column.name, row_id)


_FERNET = b"gAAAA"
"""How every token begins. SQLite's full-text indexes keep other bytes in tables of their own."""


def _stored_bytes() -> Iterator[tuple[bytes, str]]:
    """Yields the same from the tables as they are; a full-text index has bytes too, in tables of its own."""
    names = {table.name for table, _ in encrypted_columns()}
    with reading() as connection:
        metadata = MetaData()
        metadata.reflect(connection, only=lambda name, _: name in names)
        for table in metadata.sorted_tables:
            for column in (each for each in table.columns if isinstance(each.type, LargeBinary)):
                for row_id, token in connection.execute(select(table.c.id, column).where(column.is_not(None))):
                    if token.startswith(_FERNET):
                        yield token, context_of(table.name, column.name, row_id)
