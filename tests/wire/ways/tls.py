"""Ways to the reasons of stage `tls`."""

from __future__ import annotations

import socket
import ssl
import tempfile
import warnings
from collections.abc import Callable

import trustme
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.wire import certificates, hosts
from tests.wire.hosts import HEALTHY, connector, http, sending
from tests.wire.ways.servers import TLS_URL, hang_up
from tests.wire.ways.way import Way


def _may_have_a_certificate() -> ssl.SSLContext:
    context = certificates.tls()
    context.verify_mode = ssl.CERT_OPTIONAL
    return context


def _odd_extension() -> ssl.SSLContext:
    oid = x509.ObjectIdentifier("1.3.6.1.4.1.99999.1")
    return certificates.issued(odd=x509.UnrecognizedExtension(oid, b"\x05\0"))


def _for_clients() -> ssl.SSLContext:
    return certificates.issued(usage=ExtendedKeyUsageOID.CLIENT_AUTH)


def _expired_between() -> ssl.SSLContext:
    return certificates.issued(between_until=-3)


def _without_its_authority() -> ssl.SSLContext:
    return certificates.tls(by=trustme.CA().create_child_ca(), alone=True)


def _weak_cipher() -> ssl.SSLContext:
    context = certificates.tls()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("CAMELLIA256-SHA:@SECLEVEL=0")
    return context


def _alert(code: int) -> hosts.Speak:
    """A host that answers the greeting of TLS with a fatal alert."""

    def speak(connection: socket.socket) -> None:
        connection.recv(1 << 16)
        connection.sendall(bytes((21, 3, 3, 0, 2, 2, code)))
        connection.recv(1)

    return speak


def _greeting_for_ever(connection: socket.socket) -> None:
    """A caller ignores a HelloRequest while it shakes hands (RFC 5246 section 7.4.1.1)."""
    connection.recv(1 << 16)
    while True:
        connection.sendall(b"\x16\x03\x03\0\x04\0\0\0\0" * 4000)


def _garbage(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(b"\0" * 100)
    connection.recv(1)


def _greeting(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example ESMTP ready\r\n")
    connection.recv(1 << 16)
    connection.recv(1)


def _half_greeting(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(bytes((22, 3, 3, 0, 80, 2)))
    connection.recv(1)


def _old_tls(newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_1) -> ssl.SSLContext:
    context = certificates.tls()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that it is deprecated is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = newest
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _asks_for_a_certificate(version: ssl.TLSVersion) -> Callable[[], ssl.SSLContext]:
    def make() -> ssl.SSLContext:
        context = certificates.tls()
        context.maximum_version = version
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=certificates.authority_pem())
        return context

    return make


def _self_signed() -> ssl.SSLContext:
    with tempfile.TemporaryDirectory() as folder:
        return certificates.self_signed(folder)


def _silent(connection: socket.socket) -> None:
    connection.recv(1 << 20)
    connection.recv(1)


def _cut(connection: socket.socket) -> None:
    """Breaks off in the middle of a healthy answer."""
    hosts.read_request(connection)
    connection.sendall(http(HEALTHY)[:-40])


def _plain_http_answer(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def _asks_afterwards() -> ssl.SSLContext:
    context = certificates.tls()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.post_handshake_auth = True
    context.verify_mode = ssl.CERT_OPTIONAL
    return context


def _asks_at_a_path(status: str, page: bytes = b"no") -> hosts.Speak:
    """Asks for a certificate once it knows what is called, as a server does that wants one for some paths only."""

    def speak(connection: socket.socket) -> None:
        assert isinstance(connection, ssl.SSLSocket)
        hosts.read_request(connection)
        connection.verify_client_post_handshake()
        connection.sendall(http(page, status, "text/html"))

    return speak


_NGINX_400 = (
    b"<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n<body>\r\n"
    b"<center><h1>400 Bad Request</h1></center>\r\n<center>No required SSL certificate was sent</center>\r\n"
)
_APACHE_403 = (
    b"You don't have permission to access this resource.Reason: Cannot perform Post-Handshake Authentication.<br />"
)


_IIS_403 = (
    b"<h2>HTTP Error 403.7 - Forbidden</h2><h3>The page you are attempting to access requires your browser to have a "
    b"Secure Sockets Layer (SSL) client certificate that the Web server recognizes.</h3>"
)


def _page(page: bytes, status: str) -> hosts.Speak:
    return sending(http(page, status, "text/html"))


WAYS: tuple[Way, ...] = (
    Way("tls.self_signed", "signed by itself", connector(), TLS_URL, _self_signed),
    Way("tls.unknown_ca", "a strange authority", connector(), TLS_URL, lambda: certificates.tls(by=trustme.CA())),
    Way("tls.unknown_ca", "its own certificate alone", connector(), TLS_URL, _without_its_authority),
    Way("tls.unknown_ca", "an own authority that was not given", connector(), TLS_URL, certificates.tls, trusted=False),
    Way("tls.expired", "ended", connector(), TLS_URL, lambda: certificates.tls(-90, -3)),
    Way("tls.not_yet_valid", "begins later", connector(), TLS_URL, lambda: certificates.tls(3, 90)),
    Way("tls.hostname_mismatch", "another name", connector(), TLS_URL, lambda: certificates.tls(host="other.example")),
    Way(
        "tls.hostname_mismatch",
        "an address that it has not",
        connector(),
        "https://127.0.0.1:{port}/",
        certificates.tls,
    ),
    Way("tls.protocol", "TLS 1.1 at most", connector(), TLS_URL, _old_tls),
    Way("tls.not_tls", "plain http on the port", _plain_http_answer, TLS_URL),
    Way("tls.not_tls", "cut in the handshake", hang_up, TLS_URL),
    Way(
        "tls.client_certificate",
        "asked for in TLS 1.2",
        connector(),
        TLS_URL,
        _asks_for_a_certificate(ssl.TLSVersion.TLSv1_2),
    ),
    Way(
        "tls.client_certificate",
        "asked for in TLS 1.3",
        connector(),
        TLS_URL,
        _asks_for_a_certificate(ssl.TLSVersion.TLSv1_3),
    ),
    Way("tls.client_certificate", "refused without one", _alert(49), TLS_URL),
    Way(
        "tls.client_certificate",
        "nginx, after the handshake",
        _page(_NGINX_400, "400 Bad Request"),
        TLS_URL,
        _may_have_a_certificate,
    ),
    Way("tls.client_certificate", "Apache, at a path", _page(_APACHE_403, "403 Forbidden"), TLS_URL, certificates.tls),
    Way("tls.client_certificate", "IIS, 403.7", _page(_IIS_403, "403 Forbidden"), TLS_URL, certificates.tls),
    Way("tls.client_certificate", "403 at a path", _asks_at_a_path("403 Forbidden"), TLS_URL, _asks_afterwards),
    Way("http.server_error", "a trouble at such a path", _asks_at_a_path("500 Error"), TLS_URL, _asks_afterwards),
    Way("http.forbidden", "asked, and for another reason", _page(b"no", "403 F"), TLS_URL, _may_have_a_certificate),
    Way("http.unexpected_status", "likewise", _page(b"Bad host", "400 Bad"), TLS_URL, _may_have_a_certificate),
    Way("tls.hostname_mismatch", "no certificate for the name", _alert(112), TLS_URL),
    Way("tls.protocol", "an alert before anything", _alert(40), TLS_URL),
    Way("tls.protocol", "a server in trouble", _alert(80), TLS_URL),
    Way("tls.protocol", "a certificate for something else", connector(), TLS_URL, _for_clients),
    Way("tls.expired", "the authority's in between", connector(), TLS_URL, _expired_between),
    Way("tls.protocol", "TLS 1.0 at most", connector(), TLS_URL, lambda: _old_tls(ssl.TLSVersion.TLSv1)),
    Way("tls.protocol", "no cipher in common", connector(), TLS_URL, _weak_cipher),
    Way("http.closed", "cut where no certificate had to be shown", _cut, TLS_URL, _may_have_a_certificate),
    Way("tls.protocol", "an extension that nobody knows", connector(), TLS_URL, _odd_extension),
    Way("tls.not_tls", "garbage", _garbage, TLS_URL),
    Way("tls.not_tls", "a greeting of a mail server", _greeting, TLS_URL),
    Way("tls.expired", "ended a second ago", connector(), TLS_URL, lambda: certificates.tls(-90, 0)),
    Way("tls.timeout", "half of a greeting", _half_greeting, TLS_URL, seconds=2.0),
    Way("tls.timeout", "silent after the connection", _silent, TLS_URL, seconds=2.0),
    Way("tls.timeout", "greeted for ever", _greeting_for_ever, TLS_URL, seconds=2.0),
)
