"""What a worker answers: the pages that monitoring asks, and no others."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from wizard.config import Settings
from wizard.server.connections import create_server, listen
from wizard.web import local_origin

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATHS = ("/livez", "/healthz", "/metrics")
THREADS = 2


class MonitoringOnly:
    """WSGI middleware before which there is nothing but these pages."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] in PATHS:
            return self._app(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"A worker has no pages.\n"]


def serve_monitoring(app: WSGIApplication, settings: Settings) -> str:
    """Answers them, until the process ends, where the settings say; the address. Raises ConfigError."""
    listener = listen(settings)
    server = create_server(MonitoringOnly(app), listener, threads=THREADS)
    threading.Thread(target=server.run, name="monitoring", daemon=True).start()
    return local_origin(settings.host, listener.getsockname()[1])
