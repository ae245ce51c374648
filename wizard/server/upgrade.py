"""Migrates the database of an instance before anything else uses it, and opens the app for commands."""

from __future__ import annotations

import fcntl
import logging
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from alembic import command
from alembic.util import CommandError
from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import URL, func, make_url, select
from sqlalchemy.exc import DBAPIError

from wizard.config import Queue, Settings
from wizard.errors import InstanceError
from wizard.extensions import db
from wizard.files import make_private
from wizard.models.database import erase_remains, reading
from wizard.models.timeouts import statement_timeout
from wizard.security import KEY_FILE, KeyRing, read_keys
from wizard.services.maintenance import can_decrypt_any, can_decrypt_any_stored, current_revision
from wizard.services.source import from_command_line

UPGRADE_LOCK = 0x657270
"""The number of PostgreSQL's advisory lock around an upgrade; nothing else in the database takes it."""


def upgrade(app: Flask, *, create: bool = True, require_keys: bool = True) -> None:
    """Migrates the database to the newest schema; processes that start at once wait for each other.

    Raises InstanceError for a folder or a database that cannot be used, for an empty database unless `create` allows
    one, and, with `require_keys`, without the keys that it was encrypted with.
    """
    folder = Path(app.instance_path)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            _file_lock(folder / "upgrade.lock"),
            explain_database_errors(),
            app.app_context(),
            statement_timeout(math.inf),
            _advisory_lock(),
        ):
            _create_private_file(db.engine.url)
            if not create and _revision() is None:
                raise _no_instance(app.config["SETTINGS"])
            before = _revision()
            if require_keys and before is not None:
                _require(app, can_decrypt_any_stored)  # a migration may encrypt, after which any keys would fit
            command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
            if _revision() != before:
                erase_remains()
    except OSError as error:
        message = _("%(file)s cannot be used: %(error)s.", file=error.filename or folder, error=error.strerror)
        raise InstanceError(message) from error
    except CommandError as error:
        message = _("The database is of a newer version of this program. Install that one again.")
        raise InstanceError(message) from error
    if require_keys:
        with explain_database_errors(), app.app_context():
            _require(app, can_decrypt_any)


@contextmanager
def explain_database_errors() -> Iterator[None]:
    """Raises InstanceError for a database that does not answer, is locked, full or read-only."""
    try:
        yield
    except DBAPIError as error:
        raise InstanceError(_("The database cannot be used: %(error)s", error=error.orig)) from error


@contextmanager
def open_for_reading() -> Iterator[Flask]:
    """Yields the app as `open_app` does; one whose folder takes no changes is copied first, and the copy is opened.

    Nobody can change it meanwhile, and SQLite cannot be read where it cannot write.
    """
    settings = Settings.from_environment()
    if os.access(settings.instance, os.W_OK) or not _is_initialized(settings):
        with open_app() as app:
            yield app
        return
    with tempfile.TemporaryDirectory() as folder, open_app(settings=_copy(settings, Path(folder))) as app:
        yield app


def _copy(settings: Settings, folder: Path) -> Settings:
    """Copies SQLite's files into a folder; returns the settings of an instance there, with the same keys."""
    keys = settings.keys or tuple(read_keys(settings.instance / KEY_FILE))
    url = make_url(settings.database_url)
    if url.drivername == "sqlite":
        source = Path(url.database or "")
        for file in source.parent.glob(f"{source.name}*"):  # its log too
            shutil.copyfile(file, folder / file.name)
        url = url.set(database=str(folder / source.name))
    return replace(settings, instance=folder, keys=keys, database_url=url.render_as_string(hide_password=False))


@contextmanager
def open_app(*, create: bool = False, require_keys: bool = True, settings: Settings | None = None) -> Iterator[Flask]:
    """Yields the app for one command, with settings from the environment by default. Raises what `upgrade` does."""
    from wizard import create_app

    settings = replace(settings or Settings.from_environment(), queue=Queue.POOL)  # it needs no worker
    if not create and not _is_initialized(settings):
        raise _no_instance(settings)
    app = create_app(settings)
    try:
        upgrade(app, create=create, require_keys=require_keys)
        with explain_database_errors(), from_command_line(), statement_timeout(math.inf):
            yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def _is_initialized(settings: Settings) -> bool:
    """Whether there is an instance already. Creates nothing, unlike `create_app`."""
    url = make_url(settings.database_url)
    if url.drivername == "sqlite":
        return Path(url.database or "").exists()
    return bool(settings.keys) or (settings.instance / KEY_FILE).exists()


def _revision() -> str | None:
    with reading() as connection:
        return current_revision(connection)


def _no_instance(settings: Settings) -> InstanceError:
    message = _(
        "There is no wizard in %(folder)s. Set ERP_WIZARD_INSTANCE, and ERP_WIZARD_DATABASE_URL if it has one, as the"
        " wizard itself has them.",
        folder=settings.instance,
    )
    return InstanceError(message)


def _require(app: Flask, fits: Callable[[KeyRing], bool]) -> None:
    keyring: KeyRing = app.extensions["keyring"]
    if fits(keyring):
        return
    keyring.remove_created_file()
    raise InstanceError(
        _(
            "The database was encrypted with other keys than those in %(source)s. Put back the keys that it had; they"
            " are not in a backup of the database, but kept beside it.",
            source=keyring.source,
        )
    )


@contextmanager
def _advisory_lock() -> Iterator[None]:
    """Holds a lock in PostgreSQL: hosts that share a database share no lock file."""
    if db.engine.dialect.name != "postgresql":
        yield
        return
    with reading() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        yield


def _create_private_file(url: URL) -> None:
    """Creates SQLite's file for its owner only, or makes it so; the files beside it get the same mode from SQLite."""
    if url.drivername == "sqlite" and url.database:
        make_private(Path(url.database))


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    """Holds an exclusive lock on a file that the processes of one host share."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
