"""Brings the database of an instance to the newest schema before anything else uses it, and opens it for commands."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.migration import MigrationContext
from alembic.util import CommandError
from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import URL, func, make_url, select
from sqlalchemy.exc import DBAPIError

from wizard.config import Settings
from wizard.errors import InstanceError
from wizard.extensions import db
from wizard.models.database import reading
from wizard.security.keyring import KEY_FILE, KeyRing
from wizard.services.maintenance.health import keys_fit

UPGRADE_LOCK = 0x657270
"""The number of PostgreSQL's advisory lock around an upgrade; nothing else in the database takes it."""


def upgrade(app: Flask, *, any_key: bool = False, make: bool = True) -> None:
    """Brings the database to the newest schema; two processes at once wait for each other.

    Raises InstanceError for a folder or a database that cannot be used, without the keys that it was encrypted with,
    unless `any_key` will do because it is replaced, and for a database that is empty, unless it may `make` one.
    """
    folder = Path(app.instance_path)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _only_one(folder / "upgrade.lock"), database_errors_in_a_sentence(), app.app_context(), _only_one_host():
            _keep_private(db.engine.url)
            if not make and not _has_schema():
                raise _no_wizard(app.config["SETTINGS"])
            command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
    except OSError as error:
        told = _("%(file)s cannot be used: %(error)s.", file=error.filename or folder, error=error.strerror)
        raise InstanceError(told) from error
    except CommandError as error:
        told = _("The database is of a newer version of this program. Install that one again.")
        raise InstanceError(told) from error
    if not any_key:
        with database_errors_in_a_sentence():
            _require_keys(app)


@contextmanager
def database_errors_in_a_sentence() -> Iterator[None]:
    """A database that does not answer, is locked, full or read-only is InstanceError."""
    try:
        yield
    except DBAPIError as error:
        raise InstanceError(_("The database cannot be used: %(error)s", error=error.orig)) from error


@contextmanager
def opened(*, any_key: bool = False, make: bool = False) -> Iterator[Flask]:
    """The app of the environment's settings for one command, its database up to date. Raises as `upgrade` does."""
    from wizard import create_app

    settings = Settings.from_environment()
    if not make and not _is_there(settings):
        raise _no_wizard(settings)
    app = create_app(settings)
    try:
        upgrade(app, any_key=any_key, make=make)
        with database_errors_in_a_sentence():
            yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def _is_there(settings: Settings) -> bool:
    """Whether there is something to open: looking makes nothing."""
    url = make_url(settings.database_url)
    if url.drivername == "sqlite":
        return Path(url.database or "").exists()
    return bool(settings.keys) or (settings.instance / KEY_FILE).exists()


def _has_schema() -> bool:
    with reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() is not None


def _no_wizard(settings: Settings) -> InstanceError:
    told = _(
        "There is no wizard in %(folder)s. Set ERP_WIZARD_INSTANCE, and ERP_WIZARD_DATABASE_URL if it has one, as the"
        " wizard itself has them.",
        folder=settings.instance,
    )
    return InstanceError(told)


def _require_keys(app: Flask) -> None:
    keyring: KeyRing = app.extensions["keyring"]
    with app.app_context():
        if keys_fit(keyring):
            return
    keyring.take_back()
    raise InstanceError(
        _(
            "The database was encrypted with other keys than those in %(source)s. Put back the keys that it had; they"
            " are not in a backup of the database, but kept beside it.",
            source=keyring.source,
        )
    )


@contextmanager
def _only_one_host() -> Iterator[None]:
    """Hosts that share a server share no lock file."""
    if db.engine.dialect.name != "postgresql":
        yield
        return
    with reading() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        yield


def _keep_private(url: URL) -> None:
    """SQLite gives the files that it makes beside a database the database's own mode: so it comes first."""
    if url.drivername == "sqlite" and url.database:
        Path(url.database).touch(0o600)
        Path(url.database).chmod(0o600)


class _only_one:  # noqa: N801 - reads as a word
    """Holds a lock file for a block."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self._file)
