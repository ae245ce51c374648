"""`erp-wizard worker`: executes check runs that other processes have queued, until a signal ends it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from wizard.config import Queue, Settings
from wizard.errors import ConfigError
from wizard.extensions import db
from wizard.jobs.procrastinate import ProcrastinateQueue
from wizard.logs import configure_logging
from wizard.server.monitored import serve_monitoring
from wizard.server.upgrade import explain_database_errors, upgrade


def work(
    settings: Settings, concurrency: int | None, echo: Callable[[str], None], *, serves_metrics: bool = False
) -> None:
    """Works until a signal ends it. Raises ConfigError and InstanceError."""
    from wizard import create_app

    if settings.queue is not Queue.PROCRASTINATE:
        raise ConfigError("A worker needs ERP_WIZARD_QUEUE=procrastinate, for itself and for the processes that serve.")
    app = create_app(settings)
    configure_logging(settings)
    queue: ProcrastinateQueue = app.extensions["job_queue"]
    try:
        upgrade(app)
        echo(_("The worker is ready."))
        if serves_metrics:
            echo(_("Monitoring reaches it at: %(address)s", address=serve_monitoring(app, settings)))
        with explain_database_errors():
            queue.work(concurrency or settings.check_workers)
    finally:
        with app.app_context():
            queue.close()
            db.engine.dispose()
