"""Bodies that are read before the app, few at once and within a time limit."""

from __future__ import annotations

import io
import socket
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from wizard.server.whole_bodies import WholeBodies


def answer(bodies: WholeBodies, connection: socket.socket, **environ: str) -> tuple[str, bytes]:
    """Status and body of what a request from this connection gets."""
    statuses: list[str] = []
    given: dict[str, Any] = {"wsgi.input": connection.makefile("rb"), "gunicorn.socket": connection, **environ}
    said = b"".join(bodies(given, lambda status, *_: statuses.append(status)))  # type: ignore[arg-type, func-returns-value]
    given["wsgi.input"].close()
    return statuses[0], said


def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    has_body = isinstance(environ["wsgi.input"], io.BytesIO)
    return [environ["wsgi.input"].read() if has_body else b"no body"]


@pytest.fixture
def bodies() -> WholeBodies:
    return WholeBodies(echo, at_once=1, seconds=0.05)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The server's side and the client's."""
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_the_app_gets_the_whole_body(bodies: WholeBodies, pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    there.sendall(b"username=ola")
    there.shutdown(socket.SHUT_WR)
    assert answer(bodies, here, CONTENT_LENGTH="12") == ("200 OK", b"username=ola")


def test_a_body_that_does_not_arrive_in_time_ends(
    bodies: WholeBodies, pair: tuple[socket.socket, socket.socket]
) -> None:
    here, there = pair
    there.sendall(b"username=")
    assert answer(bodies, here, CONTENT_LENGTH="12")[0] == "408 Request Timeout"


def test_while_others_send_their_bodies_one_more_is_told_to_come_again(
    bodies: WholeBodies, pair: tuple[socket.socket, socket.socket]
) -> None:
    with bodies._reading:
        assert answer(bodies, pair[0], CONTENT_LENGTH="12")[0] == "503 Service Unavailable"
        assert answer(bodies, pair[0]) == ("200 OK", b"no body")


def test_a_body_whose_sender_breaks_the_connection_ends(bodies: WholeBodies) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        there = socket.create_connection(listening.getsockname())
        here, _ = listening.accept()
    there.sendall(b"username=")
    there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    there.close()
    with here:
        assert answer(bodies, here, CONTENT_LENGTH="12")[0] == "408 Request Timeout"
