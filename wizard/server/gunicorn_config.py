"""gunicorn's settings: `gunicorn --config python:wizard.server.gunicorn_config`; options on the command line win."""

from __future__ import annotations

import os
from typing import Any

from wizard.jobs.queue import job_queue
from wizard.server.metrics_folder import create_metrics_folder, remove_metrics_folder
from wizard.server.whole_bodies import WholeBodies

wsgi_app = "wizard.server.wsgi:application()"
bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 3
threads = 8
graceful_timeout = 35
forwarded_allow_ips = "127.0.0.1,::1"
forwarder_headers = ""
"""No header of a proxy decides about paths; web/proxies.py judges all others."""
control_socket_disable = True
metrics_folder = create_metrics_folder()
"""What the workers have counted, those that have ended too. gunicorn itself does not know this name."""


def post_worker_init(worker: Any) -> None:
    """Keeps half of the threads from those who send bodies slowly."""
    worker.wsgi.wsgi_app = WholeBodies(worker.wsgi.wsgi_app, at_once=max(1, worker.cfg.threads // 2))


def worker_exit(_server: Any, worker: Any) -> None:
    """Interrupts the checks of a worker that ends: Python would wait for their threads until the time limit of each."""
    if worker.pid != os.getpid() or worker.wsgi is None:  # the parent calls it too
        return
    with worker.wsgi.app_context():
        job_queue().close()


def on_exit(_server: Any) -> None:
    """Removes what was counted: the next start counts from nothing."""
    remove_metrics_folder(metrics_folder)
