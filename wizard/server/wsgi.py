"""The application for another WSGI server, such as gunicorn with several workers."""

from __future__ import annotations

import os

from flask import Flask

from wizard.config import Settings
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.logs import start_logging
from wizard.server.open_network import refuse_open_network
from wizard.server.upgrade import upgrade

EVERYBODY = "0.0.0.0"  # noqa: S104 - said, not listened on


def application() -> Flask:
    """The app for another WSGI server: `gunicorn 'wizard.server.wsgi:application()'`, with any number of workers.

    Who can reach it is that server's to say, so it is taken for everybody. Raises ConfigError unless a proxy that
    speaks TLS is said to be in front, and InstanceError as `upgrade` does.
    """
    from wizard import create_app

    settings = Settings.from_environment({**os.environ, "ERP_WIZARD_HOST": EVERYBODY})
    refuse_open_network(settings)
    app = create_app(settings)
    start_logging(settings)
    upgrade(app)
    os.register_at_fork(after_in_child=lambda: _after_fork(app))  # it may be loaded before there are workers
    app.before_request(lambda: job_queue().start())  # so in a worker, never in their parent
    return app


def _after_fork(app: Flask) -> None:
    """In a worker: connections are its parent's, and threads have not come along."""
    with app.app_context():
        db.engine.dispose(close=False)
        job_queue().after_fork()
