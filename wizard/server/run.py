"""`erp-wizard run`: migrates the database, prints the one-time link, and serves until a signal ends it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from flask import Flask
from flask_babel import gettext as _

from wizard.config import Settings
from wizard.errors import ConfigError
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.logs import configure_logging
from wizard.server.connections import create_server
from wizard.server.first_link import welcome_link
from wizard.server.tls import require_tls, warn_of_any_host
from wizard.server.upgrade import explain_database_errors, upgrade
from wizard.web import local_origin


def run(settings: Settings, echo: Callable[[str], None]) -> None:
    """Serves until a signal ends it. Raises ConfigError and InstanceError."""
    from wizard import create_app

    require_tls(settings)
    listener = _listen(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)
    app = create_app(settings)
    configure_logging(settings)
    warn_of_any_host(settings)
    try:
        upgrade(app)
        with app.app_context():
            job_queue().start()
        with explain_database_errors():
            _serve(app, settings, listener, echo)
    finally:
        with app.app_context():
            job_queue().close()
            db.engine.dispose()


def _serve(app: Flask, settings: Settings, listener: socket.socket, echo: Callable[[str], None]) -> None:
    server = create_server(app, listener)
    address = local_origin(settings.host, listener.getsockname()[1])
    echo(_("ERP Sync Setup is ready: %(address)s", address=settings.public_url or address))
    if settings.public_url:
        echo(_("Its proxy reaches it at: %(address)s", address=address))
    if link := welcome_link(app, settings.public_url or address):
        echo(_("Create the first administrator with this one-time link, which holds for an hour:"))
        echo(f"\n    {link}\n")
    try:
        server.run()
    finally:
        server.close()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(1024)  # early: requests wait during the start, and a second process fails at once
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"Port {settings.port} on {settings.host} cannot be used: {error.strerror}. Another program may have it;"
            " choose another one with ERP_WIZARD_PORT."
        ) from error
    return listener


def _exit(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
