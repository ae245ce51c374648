"""Hosts that speak TLS with certificates made at test time."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme


class _NoAnswer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None: ...


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that turns away after it has seen the certificate is no error here."""


@contextmanager
def expired_host() -> Iterator[tuple[str, str]]:
    """A host whose certificate has ended: its URL, and the PEM of the authority that made it."""
    authority = trustme.CA()
    ended = datetime.now(UTC) - timedelta(days=3)
    certificate = authority.issue_cert("localhost", not_before=ended - timedelta(days=90), not_after=ended)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    server = _QuietServer(("127.0.0.1", 0), _NoAnswer)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}/ERPConnectorWS.svc", authority.cert_pem.bytes().decode()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
