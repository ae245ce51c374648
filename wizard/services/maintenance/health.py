"""Whether the wizard can work."""

from __future__ import annotations

import time
from collections.abc import Iterator

from flask import current_app
from sqlalchemy import LargeBinary, func, select, type_coerce

from wizard.extensions import db
from wizard.models import Account
from wizard.models.database import is_file_replaced, reading
from wizard.security.keyring import KeyRing
from wizard.services.maintenance.rotate_keys import encrypted_columns

BATCH = 200
READABLE_CACHE_SECONDS = 60.0
"""For as long what could be read is not read again: anybody may ask, and as often as they like."""


def ask_database() -> bool:
    """Whether it is still the database that was opened. Raises OperationalError when it does not answer."""
    db.session.execute(select(Account.id).limit(1))
    return not is_file_replaced(db.session.connection())


def is_read_only() -> bool:
    """Whether a server takes no changes, as one that follows another does; of a file nobody can tell without one."""
    if db.engine.dialect.name != "postgresql":
        return False
    return db.session.scalar(select(func.current_setting("transaction_read_only"))) == "on"


def keys_fit(keyring: KeyRing) -> bool:
    """Whether the keys can read any of what is encrypted; where nothing is yet, any keys will do."""
    found = False
    for token in _encrypted():
        if keyring.can_decrypt(token):
            return True
        found = True
    return not found


def is_readable() -> bool:
    """Whether the keys can read all of what is encrypted."""
    keyring: KeyRing = current_app.extensions["keyring"]
    keyring.refresh()
    if time.monotonic() < current_app.extensions.get("readable_until", 0):
        return True
    if not all(map(keyring.can_decrypt, _encrypted())):
        return False
    current_app.extensions["readable_until"] = time.monotonic() + READABLE_CACHE_SECONDS
    return True


def _encrypted() -> Iterator[bytes]:
    with reading() as connection:
        for _, column in encrypted_columns():
            tokens = select(type_coerce(column, LargeBinary)).where(column.is_not(None))
            with connection.execution_options(yield_per=BATCH).execute(tokens) as found:
                yield from found.scalars()
