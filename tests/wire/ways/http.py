"""Ways to the reasons of stage `http`."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import zlib
from collections.abc import Callable

from tests.wire import certificates, hosts
from tests.wire.hosts import HEALTHY, connector, dripping, hanging, http, later, sending
from tests.wire.ways.servers import TLS_URL, hang_up
from tests.wire.ways.way import Way


def _tickets() -> ssl.SSLContext:
    """Sends session tickets for some seconds before anything else."""
    context = certificates.tls()
    context.num_tickets = 500_000
    return context


def _nothing(connection: socket.socket) -> None:
    """Closes as soon as the connection stands."""


def _reset(connection: socket.socket) -> None:
    hosts.read_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _told(*headers: str) -> bytes:
    """A healthy answer that has these headers too."""
    lines = ("HTTP/1.1 200 OK", "Content-Type: text/xml", *headers, "", "")
    return "\r\n".join(lines).encode() + HEALTHY


_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"


_ONE_CHUNK = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HEALTHY), HEALTHY)


def _status(code: str, *headers: str) -> hosts.Speak:
    return sending(http(b"no", code, "text/plain", *headers))


def _bomb(size: int, pack: Callable[[bytes], bytes]) -> bytes:
    return pack(b"<a>" + b" " * size)


def _without_an_agent(status: str) -> hosts.Speak:
    """A rule against callers that do not say who they are, as SuperOffice does not."""

    def speak(connection: socket.socket) -> None:
        _, headers, _ = hosts.read_request(connection)
        refused = not headers.get("user-agent")
        connection.sendall(http(b"no", status, "text/plain") if refused else http(HEALTHY))

    return speak


def _without_accept(connection: socket.socket) -> None:
    _, headers, _ = hosts.read_request(connection)
    connection.sendall(http(HEALTHY) if "accept" in headers else http(b"no", "406 Not Acceptable", "text/plain"))


WAYS: tuple[Way, ...] = (
    Way("http.forbidden", "a rule against calls without an agent", _without_an_agent("403 Forbidden")),
    Way("http.unexpected_status", "such a rule of a hoster, 455", _without_an_agent("455 Blocked")),
    Way("http.unexpected_status", "such a rule of a hoster, 406", _without_an_agent("406 Not Acceptable")),
    Way("http.unexpected_status", "a rule against calls without Accept", _without_accept),
    Way("http.not_found", "404", _status("404 Not Found")),
    Way("http.not_found", "410", _status("410 Gone")),
    Way("http.auth_required", "401", _status("401 Unauthorized", 'WWW-Authenticate: Basic realm="x"')),
    Way("http.auth_required", "407", _status("407 Proxy Authentication Required")),
    Way("http.forbidden", "403", _status("403 Forbidden")),
    Way("http.redirect", "to itself", _status("302 Found", "Location: /x.svc")),
    Way("http.redirect", "to another host", _status("301 Moved Permanently", "Location: https://evil.example/")),
    Way(
        "http.redirect",
        "to a link-local address",
        _status("307 Temporary Redirect", "Location: http://169.254.169.254/"),
    ),
    Way("http.redirect", "without a place", _status("308 Permanent Redirect")),
    Way("http.redirect", "300", _status("300 Multiple Choices")),
    Way(
        "http.too_large",
        "a redirect with an endless body",
        dripping(b"HTTP/1.1 302 Found\r\nLocation: /y.svc\r\n\r\n", b" " * (1 << 20)),
    ),
    Way(
        "http.too_large",
        "a redirect with a gzip bomb",
        later(
            lambda: sending(
                http(
                    _bomb(200 << 20, gzip.compress),
                    "302 Found",
                    hosts.TEXT_XML,
                    "Location: /y",
                    "Content-Encoding: gzip",
                )
            )
        ),
    ),
    Way("http.method_not_allowed", "405", _status("405 Method Not Allowed")),
    Way("http.unsupported_media", "415", _status("415 Unsupported Media Type")),
    Way("http.rate_limited", "429", _status("429 Too Many Requests", "Retry-After: 60")),
    Way("http.server_error", "500", _status("500 Internal Server Error")),
    Way("http.server_error", "500 and empty, as PHP", sending(http(b"", "500 Internal Server Error", "text/html"))),
    Way("http.unavailable", "502", _status("502 Bad Gateway")),
    Way("http.unavailable", "503", _status("503 Service Unavailable")),
    Way("http.unavailable", "504", _status("504 Gateway Timeout")),
    Way("http.unexpected_status", "400", _status("400 Bad Request")),
    Way("http.unexpected_status", "206", sending(http(HEALTHY, "206 Partial Content"))),
    Way("http.unexpected_status", "418", _status("418 I'm a teapot")),
    Way("http.unexpected_status", "101", sending(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")),
    Way("http.unexpected_status", "103", sending(b"HTTP/1.1 103 Early Hints\r\n\r\n" + http(HEALTHY))),
    Way("http.unexpected_status", "202 with an answer", sending(http(HEALTHY, "202 Accepted"))),
    Way("http.unexpected_status", "304", sending(b"HTTP/1.1 304 Not Modified\r\n\r\n")),
    Way("http.unexpected_status", "999", _status("999 Unknown")),
    Way("http.server_error", "500 with an answer", sending(http(HEALTHY, "500 Internal Server Error"))),
    Way("http.server_error", "500 with a web page", sending(http(b"<html></html>", "500 Error", "text/html"))),
    Way("http.timeout", "no answer", hanging(), seconds=2.0),
    Way("http.timeout", "headers drip", dripping(b"HTTP/1.1 200 OK\r\n", b"X-Drip: 1\r\n"), seconds=2.0),
    Way(
        "http.timeout",
        "the body drips",
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"<"),
        seconds=2.0,
    ),
    Way("http.timeout", "the body stops", hanging(http(b"<s:Env", length=500)), seconds=2.0),
    Way("http.timeout", "endless 100 Continue", dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), seconds=2.0),
    Way("http.timeout", "endless session tickets", connector(), TLS_URL, _tickets, seconds=2.0),
    Way("http.timeout", "the status stops", hanging(b"HTTP/1.1 20"), seconds=2.0),
    Way(
        "http.timeout",
        "endless trailers",
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n<\r\n0\r\n", b"X: 1\r\n" * 100),
        seconds=2.0,
    ),
    Way("http.closed", "cut while it was asked", hang_up),
    Way("http.closed", "reset", _reset),
    Way("http.closed", "cut in the status", sending(b"HTTP/1.1 200")),
    Way("http.closed", "cut between two headers", sending(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n")),
    Way("http.closed", "cut before the empty line", sending(b"HTTP/1.1 200 OK\r\nServer: x\r\n\r")),
    Way("http.closed", "cut after the TLS handshake", _nothing, TLS_URL, certificates.tls),
    Way("http.closed", "a chunk of less than nothing", sending(_CHUNKED + b"-5\r\nabc\r\n0\r\n\r\n")),
    Way("http.closed", "a chunk of everything", sending(_CHUNKED + b"ffffffffffffffff\r\nabc")),
    Way("http.closed", "no last chunk", sending(_CHUNKED + b"%x\r\n%s\r\n" % (len(HEALTHY), HEALTHY))),
    *(
        Way(
            "http.closed",
            f"a chunk's length with {sign}",
            sending(_CHUNKED + sign.encode() + _ONE_CHUNK),
        )
        for sign in ("0x", "+", "0_")
    ),
    Way("http.closed", "cut before an answer", sending()),
    Way("http.closed", "cut in the headers", sending(b"HTTP/1.1 200 OK\r\nContent-Ty")),
    Way("http.closed", "Content-Length too long", sending(http(HEALTHY, length=len(HEALTHY) + 100))),
    Way(
        "http.closed", "cut in a chunk", sending(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n<s:Env")
    ),
    Way(
        "http.closed", "a chunk that is none", sending(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
    ),
    Way("http.too_large", "9 MB", later(lambda: sending(http(b"<a>" + b" " * (9 << 20))))),
    Way(
        "http.too_large",
        "a gzip bomb",
        later(
            lambda: sending(http(_bomb(200 << 20, gzip.compress), "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip"))
        ),
    ),
    Way(
        "http.too_large",
        "a deflate bomb",
        later(
            lambda: sending(
                http(_bomb(200 << 20, zlib.compress), "200 OK", hosts.TEXT_XML, "Content-Encoding: deflate")
            )
        ),
    ),
    Way("http.too_large", "an endless body", dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"<a>" * 400_000)),
    Way(
        "http.too_large",
        "many small gzips",
        later(
            lambda: sending(
                http(gzip.compress(b" " * (1 << 20)) * 60, "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip")
            )
        ),
    ),
    Way("http.not_http", "a secure shell", sending(b"SSH-2.0-OpenSSH_9.2\r\n")),
    Way("http.not_http", "another protocol that never ends", dripping(b"", b"\0" * 70_000)),
    Way("http.not_http", "a status that is none", sending(b"HTTP/1.1 1000 OK\r\n\r\n")),
    Way("http.not_http", "a header that is none", sending(_told("garbage"))),
    Way("http.not_http", "a header with a blank in its name", sending(_told("Content-Type : text/xml"))),
    Way("http.not_http", "a length below nothing", sending(_told("Content-Length: -5"))),
    Way("http.not_http", "a length that is no number", sending(_told("Content-Length: many"))),
    Way("http.not_http", "two lengths", sending(_told("Content-Length: 5", "Content-Length: 900"))),
    Way("http.not_http", "a length beyond measure", sending(_told("Content-Length: " + "9" * 30))),
    Way("http.not_http", "a chunk's extension without an end", sending(_CHUNKED + b"5;" + b"a" * 200_000)),
    Way("http.not_http", "a mail server", sending(b"220 mail.example ESMTP ready\r\n")),
    Way("http.not_http", "HTTP/0.9", sending(b"<html>hello</html>")),
    Way("http.not_http", "HTTP/2", sending(b"HTTP/2.0 200 OK\r\n\r\n")),
    Way(
        "http.not_http",
        "many headers",
        sending(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(500)) + b"\r\n"),
    ),
    Way("http.not_http", "a huge header", sending(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n")),
)
