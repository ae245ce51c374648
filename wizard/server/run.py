"""`erp-wizard run`: migrates the database, prints the one-time link, and serves until a signal ends it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

from flask import Flask
from flask_babel import gettext as _

from wizard.config import Settings
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.logs import configure_logging
from wizard.server.connections import create_server, listen
from wizard.server.first_link import welcome_link
from wizard.server.tls import require_tls, warn_of_any_host
from wizard.server.upgrade import explain_database_errors, upgrade
from wizard.web import local_origin


def run(settings: Settings, echo: Callable[[str], None]) -> None:
    """Serves until a signal ends it. Raises ConfigError and InstanceError."""
    from wizard import create_app

    require_tls(settings)
    listener = listen(settings)
    settings = replace(settings, port=listener.getsockname()[1])  # a free one may have been taken
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
    address = local_origin(settings.host, settings.port)
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


def _exit(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
