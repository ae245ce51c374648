"""Makes ways to signs out of answers that are data."""

from __future__ import annotations

import socket

from tests.wire import hosts
from tests.wire.hosts import http, sending
from tests.wire.ways.servers import fault_envelope
from tests.wire.ways.way import Way


def answers(*rows: tuple[str, ...]) -> tuple[Way, ...]:
    """Ways to signs: each row is a sign, its reason, the status, the body of a web page and further headers."""
    return tuple(_answer(*row) for row in rows)


def _answer(sign: str, reason: str, status: str, body: str, *headers: str) -> Way:
    speak = sending(http(body.encode(), status, "text/html", *headers))
    return Way(reason, f"the sign {sign}: {body[:20]}", speak, sign=sign)


def faults(*rows: tuple[str, str, str, str]) -> tuple[Way, ...]:
    """Ways to signs: each row is a sign, its reason, the code and the text of a fault."""
    return tuple(
        Way(
            reason,
            f"the sign {sign}: {text[:20]}",
            sending(http(fault_envelope(text, code), "500 Internal Server Error")),
            sign=sign,
        )
        for sign, reason, code, text in rows
    )


def says(first: bytes) -> hosts.Speak:
    """A host that says this to whatever comes first, and then waits."""

    def speak(connection: socket.socket) -> None:
        connection.recv(1 << 16)
        connection.sendall(first)
        connection.recv(1)

    return speak
