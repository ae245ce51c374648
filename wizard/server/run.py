"""`erp-wizard run`: upgrades the database, prints the one-time link, and serves until it is told to end."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

import waitress
from flask import Flask
from flask_babel import gettext as _

from wizard.config import Settings
from wizard.errors import ConfigError
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.logs import start_logging
from wizard.server.first_link import url_of, welcome_link
from wizard.server.open_network import refuse_open_network
from wizard.server.upgrade import database_errors_in_a_sentence, upgrade

THREADS = 16


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serves until it is told to end. Raises ConfigError and InstanceError with what to do about it."""
    from wizard import create_app

    refuse_open_network(settings)
    listener = _listen(settings)
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, _end)
    app = create_app(settings)
    start_logging(settings)
    try:
        upgrade(app)
        with app.app_context():
            job_queue().start()
        with database_errors_in_a_sentence():
            _serve(app, settings, listener, say)
    finally:
        with app.app_context():
            job_queue().close()
            db.engine.dispose()


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
    address = url_of(settings.host, listener.getsockname()[1])
    say(_("ERP Sync Setup is ready: %(address)s", address=address))
    if link := welcome_link(app, address):
        say(_("Create the first administrator with this one-time link, which holds for an hour:"))
        say(f"\n    {link}\n")
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
