"""waitress's server, from which nobody can keep others by requests that do not come to their end."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from wizard.config import Settings
from wizard.errors import ConfigError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 16
MAX_CONNECTIONS = 400
"""A browser keeps several open. With files and the database they stay below 1024, which many systems allow."""
SILENCE_SECONDS = 20
"""After so long without data a connection is closed, not counting the time that a response takes."""
REQUEST_SECONDS = 30
"""How long a request may take to arrive, however steadily it drips."""
CLEANUP_SECONDS = 5


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it waits for the rest of a request, or for the next one."""

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.waits_since = time.time()
        return bool(super().received(data))

    @property
    def idle_since(self) -> float:
        return float(self.last_activity if self.request is None else self.waits_since)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Closes what takes too long to arrive and, when all connections are taken, the one that has waited longest."""

    channel_class = Connection

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for connection in self._waiting():
            if connection.request is not None and connection.idle_since < now - REQUEST_SECONDS:
                connection.will_close = True

    def readable(self) -> bool:
        if len(self._map) >= self.adj.connection_limit and (waiting := self._waiting()):
            min(waiting, key=lambda connection: connection.idle_since).will_close = True
        return bool(super().readable())

    def _waiting(self) -> list[Connection]:
        return [connection for connection in self.active_channels.values() if not connection.requests]


def listen(settings: Settings) -> socket.socket:
    """A socket that listens where the settings say. Raises ConfigError."""
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


def create_server(
    app: WSGIApplication, listener: socket.socket, max_connections: int = MAX_CONNECTIONS, threads: int = THREADS
) -> Server:
    """A server on a socket that listens already."""
    adjustments = Adjustments(
        sockets=[listener],
        threads=threads,
        ident="",
        connection_limit=max_connections,
        channel_timeout=SILENCE_SECONDS,
        cleanup_interval=CLEANUP_SECONDS,
        max_request_body_size=4 << 20,
        clear_untrusted_proxy_headers=False,  # web/proxies.py judges them
        asyncore_use_poll=True,  # select() takes no file above number 1023
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(adjustments.threads)
    name = (listener.family, listener.type, listener.proto, listener.getsockname())
    return Server(app, {}, _sock=listener, dispatcher=dispatcher, adj=adjustments, sockinfo=name, bind_socket=False)
