"""Which connections are closed: those that keep a request from coming to its end, and nobody else's."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from waitress import wasyncore

from wizard.server.connections import REQUEST_SECONDS, Server, create_server

HALF = b"GET / HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with room for three connections beside itself, its trigger and a free place; it works when turned."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(Flask("empty"), listener, max_connections=6)
    yield server
    server.task_dispatcher.shutdown()
    wasyncore.close_all(server._map)


def turn(server: Server) -> None:
    for _ in range(10):
        wasyncore.loop(timeout=0.01, map=server._map, use_poll=True, count=1)


def connect(server: Server, sends: bytes = b"") -> socket.socket:
    client = socket.create_connection(("127.0.0.1", int(server.effective_port)), timeout=60)
    client.sendall(sends)
    turn(server)
    return client


def is_closed(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def test_a_request_that_drips_for_too_long_is_ended_however_steady_it_is(server: Server) -> None:
    with connect(server, HALF) as client:
        late = time.time() + REQUEST_SECONDS + 1
        for channel in server.active_channels.values():
            channel.last_activity = late  # a byte has just come

        server.maintenance(late)
        turn(server)

        assert is_closed(client)


def test_a_connection_that_waits_for_its_next_request_is_kept_meanwhile(server: Server) -> None:
    with connect(server) as client:
        server.maintenance(time.time() + 10)
        turn(server)
        assert not is_closed(client)


def test_when_all_connections_are_taken_the_one_that_has_waited_longest_makes_room(server: Server) -> None:
    with ExitStack() as open_ones:
        clients = [open_ones.enter_context(connect(server, HALF)) for _ in range(6)]

        assert [is_closed(client) for client in clients] == [True, True, True, False, False, False]
