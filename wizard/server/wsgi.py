"""The application for another WSGI server, such as gunicorn with several workers."""

from __future__ import annotations

import os

from flask import Flask

from wizard.config import Settings
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.logs import configure_logging
from wizard.server.tls import require_tls, warn_of_any_host
from wizard.server.upgrade import upgrade

ALL_INTERFACES = "0.0.0.0"  # noqa: S104 - it is compared, not listened on


def application() -> Flask:
    """The app for another WSGI server: `gunicorn 'wizard.server.wsgi:application()'`, with any number of workers.

    That server decides where it listens; it is assumed to be reachable by everyone. Raises ConfigError unless
    ERP_WIZARD_PUBLIC_URL begins with https, and InstanceError as `upgrade` does.
    """
    from wizard import create_app

    settings = Settings.from_environment({**os.environ, "ERP_WIZARD_HOST": ALL_INTERFACES})
    require_tls(settings)
    app = create_app(settings)
    configure_logging(settings)
    warn_of_any_host(settings)
    upgrade(app)
    os.register_at_fork(after_in_child=lambda: _after_fork(app))  # the server may load the app before it forks
    app.before_request(lambda: job_queue().start())  # in a worker, never in their parent
    return app


def _after_fork(app: Flask) -> None:
    """Resets a worker: its connections are the parent's, and threads do not survive a fork."""
    with app.app_context():
        db.engine.dispose(close=False)
        job_queue().after_fork()
