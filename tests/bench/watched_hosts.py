"""Connectors that speak TLS, in a process of their own: each has an address of its own, many an authority too."""

from __future__ import annotations

import multiprocessing
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import trustme

from tests.bench.hosts import ANSWER

HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {len(ANSWER)}\r\n\r\n".encode()


@dataclass(frozen=True)
class Hosts:
    """`pems` are the authorities by number; the first is that of all hosts without one of their own."""

    port: int
    pems: tuple[str, ...]
    is_encrypted: bool = True

    def url(self, authority: int) -> str:
        return f"{'https' if self.is_encrypted else 'http'}://{address_of(authority)}:{self.port}/"


def address_of(authority: int) -> str:
    return f"127.1.{authority // 250}.{authority % 250 + 1}"


@contextmanager
def hosts(authorities: int, *, is_encrypted: bool = True) -> Iterator[Hosts]:
    """Hosts at the address of each of so many authorities."""
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    process = context.Process(target=_serve, args=(authorities, is_encrypted, ready), daemon=True)
    process.start()
    try:
        port, pems = ready.get(timeout=300)
        yield Hosts(port, pems, is_encrypted)
    finally:
        process.kill()
        process.join()


def _serve(count: int, is_encrypted: bool, ready: Any) -> None:
    os.nice(19)  # they stand for other machines
    authorities = [trustme.CA() for _ in range(count)]

    @cache
    def context_at(address: str) -> ssl.SSLContext:
        _, _, high, low = map(int, address.split("."))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authorities[high * 250 + low - 1].issue_cert(address).configure_cert(context)
        return context

    server = socket.create_server(("0.0.0.0", 0), backlog=1000)
    ready.put((server.getsockname()[1], tuple(each.cert_pem.bytes().decode() for each in authorities)))
    while True:
        connection, _ = server.accept()
        context = context_at(connection.getsockname()[0]) if is_encrypted else None
        threading.Thread(target=_answer, args=(connection, context), daemon=True).start()


def _answer(connection: socket.socket, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with context.wrap_socket(connection, server_side=True) if context else connection as opened:
            question = b""
            while more := opened.recv(65536):
                question += more
                if b"Envelope>" in question[-20:]:
                    question = b""
                    opened.sendall(HEAD + ANSWER)
