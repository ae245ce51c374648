"""Reads the bodies of requests where each occupies a thread, without letting slow ones take all threads."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BODY_SECONDS = 30.0
"""How long a body may take to arrive. A proxy that holds slow bodies sends one at once."""
PATIENCE_SECONDS = 0.1
MAX_BODY = 4 << 20


class WholeBodies:
    """WSGI middleware that reads a body before the app does: few at once, and each within a time limit.

    Others are asked to come again, so that pages have threads left. It needs the socket that gunicorn hands over.
    """

    def __init__(self, app: WSGIApplication, at_once: int, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._reading = threading.BoundedSemaphore(at_once)
        self._seconds = seconds

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("CONTENT_LENGTH") in (None, "", "0") and "HTTP_TRANSFER_ENCODING" not in environ:
            return self._app(environ, start_response)
        if not self._reading.acquire(timeout=PATIENCE_SECONDS):
            return _refuse(environ, start_response, "503 Service Unavailable")
        try:
            body = self._read(environ)
        finally:
            self._reading.release()
        if body is None:
            return _refuse(environ, start_response, "408 Request Timeout")
        environ["wsgi.input"] = io.BytesIO(body)
        environ["wsgi.input_terminated"] = True
        return self._app(environ, start_response)

    def _read(self, environ: WSGIEnvironment) -> bytes | None:
        """The body, or None for one that does not arrive in time. Of a larger one than the app takes, the beginning."""
        timer = threading.Timer(self._seconds, _end_reading, (environ["gunicorn.socket"],))
        timer.daemon = True
        timer.start()
        try:
            body: bytes = environ["wsgi.input"].read(MAX_BODY)
        except OSError:
            return None
        finally:
            timer.cancel()
        expected = int(environ.get("CONTENT_LENGTH") or "0")
        return body if len(body) >= min(expected, MAX_BODY) else None


def _end_reading(connection: socket.socket) -> None:
    """Whatever waits for more from this connection gets nothing, at once."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)


def _refuse(environ: WSGIEnvironment, start_response: StartResponse, status: str) -> Iterable[bytes]:
    """Answers without the body. gunicorn's only loop would wait two seconds for the rest of it."""
    _end_reading(environ["gunicorn.socket"])
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close"), ("Retry-After", "5")]
    start_response(status, headers)
    return [b"The request took too long to arrive, or too many others do. Send it again.\n"]
