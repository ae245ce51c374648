"""Starts the wizard: the database up to date, what a killed process left saved on, the one-time link printed."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import waitress
from alembic import command
from alembic.migration import MigrationContext
from alembic.util import CommandError
from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import URL, func, make_url, select
from sqlalchemy.exc import DBAPIError

from wizard.config import Settings
from wizard.errors import ConfigError, InstanceError
from wizard.extensions import db
from wizard.keyring import KEY_FILE, KeyRing
from wizard.logs import start_logging
from wizard.models.database import reading, writing
from wizard.services.accounts import find_account
from wizard.services.health import keys_fit
from wizard.services.login_links import any_account, make_login_link
from wizard.services.runner import runner

THREADS = 16
UPGRADE_LOCK = 0x657270  # nobody else's in the database
EVERYBODY = "0.0.0.0"  # noqa: S104 - said, not listened on


def upgrade(app: Flask, *, any_key: bool = False, make: bool = True) -> None:
    """Brings the database to the newest schema; two processes at once wait for each other.

    Raises InstanceError for a folder or a database that cannot be used, without the keys that it was encrypted with,
    unless `any_key` will do because it is replaced, and for a database that is empty, unless it may `make` one.
    """
    folder = Path(app.instance_path)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _only_one(folder / "upgrade.lock"), _told_in_a_sentence(), app.app_context(), _only_one_host():
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
        with _told_in_a_sentence():
            _require_keys(app)


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
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
        with _told_in_a_sentence():
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


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serves until it is told to end. Raises ConfigError and InstanceError with what to do about it."""
    from wizard import create_app

    _refuse_open_network(settings)
    listener = _listen(settings)
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, _end)
    app = create_app(settings)
    start_logging(settings)
    try:
        upgrade(app)
        with app.app_context():
            runner().start()
        with _told_in_a_sentence():
            _serve(app, settings, listener, say)
    finally:
        with app.app_context():
            runner().close()
            db.engine.dispose()


def application() -> Flask:
    """The app for another WSGI server: `gunicorn 'wizard.serve:application()'`, with any number of workers.

    Who can reach it is that server's to say, so it is taken for everybody. Raises ConfigError unless a proxy that
    speaks TLS is said to be in front, and InstanceError as `upgrade` does.
    """
    from wizard import create_app

    settings = Settings.from_environment({**os.environ, "ERP_WIZARD_HOST": EVERYBODY})
    _refuse_open_network(settings)
    app = create_app(settings)
    start_logging(settings)
    upgrade(app)
    os.register_at_fork(after_in_child=lambda: _begin_anew(app))  # it may be loaded before there are workers
    app.before_request(lambda: runner().start())  # so in a worker, never in their parent
    return app


def _begin_anew(app: Flask) -> None:
    """In a worker: connections are its parent's, and threads have not come along."""
    with app.app_context():
        db.engine.dispose(close=False)
        runner().begin_anew()


def _serve(app: Flask, settings: Settings, listener: socket.socket, say: Callable[[str], None]) -> None:
    server = waitress.create_server(
        app,
        sockets=[listener],
        threads=THREADS,
        ident="",
        connection_limit=1000,  # a browser holds some open, and whoever sends half a request holds one
        channel_timeout=20,  # of silence; not while a page is being made
        max_request_body_size=4 << 20,
        clear_untrusted_proxy_headers=not settings.behind_tls,
    )
    address = _address(settings, listener)
    say(_("ERP Sync Setup is ready: %(address)s", address=address))
    if link := welcome_link(app, address):
        say(_("Create the first administrator with this one-time link, which holds for an hour:"))
        say(f"\n    {link}\n")
    try:
        server.run()
    finally:
        server.close()


def welcome_link(app: Flask, address: str, username: str | None = None) -> str | None:
    """A new one-time link: for the account of that name, else for the first administrator; None where that is not due.

    Raises InstanceError for a user name that nobody has.
    """
    with app.app_context(), writing():
        if username is None:
            return None if any_account() else f"{address}/welcome/{make_login_link(None)}"
        account = find_account(username)
        if account is None:
            raise InstanceError(_("There is no account %(username)s.", username=username))
        return f"{address}/welcome/{make_login_link(account)}"


def address_of(settings: Settings) -> str:
    """Where a person reaches the wizard on this machine."""
    return _url(settings.host, settings.port)


def _address(settings: Settings, listener: socket.socket) -> str:
    return _url(settings.host, listener.getsockname()[1])


def _url(host: str, port: int) -> str:
    shown = "localhost" if host in ("0.0.0.0", "::", "") else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{shown}:{port}"


def _refuse_open_network(settings: Settings) -> None:
    if not settings.listens_on_loopback and not settings.behind_tls:
        raise ConfigError(
            f"{settings.host} can be reached from other machines, and passwords would travel unencrypted. Put a proxy"
            " that speaks TLS in front and set ERP_WIZARD_BEHIND_TLS=yes, or listen on 127.0.0.1."
        )


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(1024)  # what asks while the rest is got ready waits, and a second process is told at once
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"Port {settings.port} on {settings.host} cannot be used: {error.strerror}. Another program may have it;"
            " choose another one with ERP_WIZARD_PORT."
        ) from error
    return listener


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


class _only_one:  # noqa: N801 - reads as a word
    """Holds a lock file for a block."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self._file)
