"""Servers on real sockets that answer as badly, or as oddly, as a test asks them to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from wizard.domain.fields import FieldType
from wizard.outside import soap as codec
from wizard.outside.soap.contract import OPERATIONS, FieldMetadata, FieldsResult, Namespaces, Operation, Result

TEXT_XML = "text/xml; charset=utf-8"
Speak = Callable[[socket.socket], None]
Reply = Callable[[Operation | None, bytes, str], bytes]
"""What a host answers: to the operation that was called, its body, and the request line; a whole HTTP response."""


@contextmanager
def server(
    speak: Speak, context: ssl.SSLContext | None = None, place: tuple[str, int] = ("127.0.0.1", 0)
) -> Iterator[int]:
    """A port on which every connection is handed to `speak` in a thread of its own."""
    listener = socket.create_server(place)
    ended = threading.Event()
    open_now: set[socket.socket] = set()

    def one(connection: socket.socket) -> None:
        try:
            if context is not None:
                connection = context.wrap_socket(connection, server_side=True)
            open_now.add(connection)
            speak(connection)
        except (OSError, ValueError):
            pass  # the client turned away, which is what some tests want
        finally:
            with suppress(OSError):
                connection.close()

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            open_now.add(connection)
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        ended.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in tuple(open_now):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        thread.join(timeout=60)


def _never(connection: socket.socket) -> None:
    """Never called: nobody takes the connection."""


def _not_at_all(connection: socket.socket) -> None:
    """Never called: nothing answers."""


FULL: Speak = _never
"""Stands for the host that `full` makes."""
REFUSING: Speak = _not_at_all
"""Stands for the port that `refusing` keeps."""


def _half(connection: socket.socket) -> None:
    """Never called: one address is silent, and at the other is a healthy connector."""


HALF_DEAD: Speak = _half
"""Stands for the two hosts that `half_dead` makes."""


@contextmanager
def refusing() -> Iterator[int]:
    """A port on which nothing answers, and that nobody else gets meanwhile."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@contextmanager
def full() -> Iterator[int]:
    """A port whose queue of waiting connections is full, so that no further one is answered."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = []
        for _ in range(4):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex(listener.getsockname())
            waiting.append(connection)
        yield listener.getsockname()[1]
        for connection in waiting:
            connection.close()


@contextmanager
def half_dead() -> Iterator[int]:
    """A port that is as `full` at 127.0.0.1, and has a healthy connector at 127.0.0.2."""
    with full() as port, server(connector(), place=("127.0.0.2", port)):
        yield port


def read_request(connection: socket.socket) -> tuple[str, dict[str, str], bytes]:
    """Request line, headers in lower case, and body of one request; an empty line when the client is gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        received = connection.recv(65536)
        if not received:
            return "", {}, b""
        data += received
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        received = connection.recv(65536)
        if not received:
            return "", {}, b""
        body += received
    return first, headers, body


def replying(reply: Reply) -> Speak:
    """A host that keeps the connection and answers each request with what `reply` says."""

    def speak(connection: socket.socket) -> None:
        while True:
            line, headers, body = read_request(connection)
            if not line:
                return
            name = headers.get("soapaction", "").strip('"').rpartition("/")[2]
            connection.sendall(reply(OPERATIONS.get(name), body, line))

    return speak


def sending(*pieces: bytes) -> Speak:
    """A host that reads one request, sends these bytes and closes."""

    def speak(connection: socket.socket) -> None:
        read_request(connection)
        for piece in pieces:
            connection.sendall(piece)

    return speak


def later(make: Callable[[], Speak]) -> Speak:
    """What `make` makes, once it is called: large answers would be in the memory of every test process."""
    return lambda connection: make()(connection)


def hanging(*pieces: bytes) -> Speak:
    """A host that reads one request, sends these bytes and then nothing more."""

    def speak(connection: socket.socket) -> None:
        read_request(connection)
        for piece in pieces:
            connection.sendall(piece)
        connection.recv(1)  # until the client or the test ends it

    return speak


def dripping(first: bytes, drop: bytes) -> Speak:
    """A host that sends drop after drop, each soon enough that no read is ever late."""

    def speak(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(first)
        pause = threading.Event()
        while not pause.wait(0.05):
            connection.sendall(drop)

    return speak


def http(
    body: bytes, status: str = "200 OK", content_type: str | None = TEXT_XML, *headers: str, length: int | None = None
) -> bytes:
    """A whole HTTP response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    if content_type is not None:
        lines.insert(1, f"Content-Type: {content_type}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def fields_result(*fields: FieldMetadata) -> FieldsResult:
    return FieldsResult(is_ok=True, field_meta_data_objects=fields or (text_field(),))


def text_field(key: str = "Company", **more: object) -> FieldMetadata:
    return FieldMetadata(field_key=key, display_name=key, field_type=FieldType.TEXT, **more)  # type: ignore[arg-type]


def soap(name: str, result: Result, namespaces: Namespaces | None = None) -> bytes:
    return codec.write_result(OPERATIONS[name], result, namespaces or Namespaces())


HEALTHY = soap("WSGetConfigData", fields_result())


def connector(answers: dict[str, bytes] | None = None) -> Speak:
    """A healthy connector, but for the operations that `answers` gives whole HTTP responses for."""
    given = answers or {}

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        if operation is None:
            return http(b"", "404 Not Found", None)
        if operation.name in given:
            return given[operation.name]
        if operation.name == "WSGetConfigData":
            return http(HEALTHY)
        return http(soap(operation.name, operation.result(is_ok=True)))

    return replying(reply)
