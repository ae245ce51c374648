"""Ways to the signs of TLS and of certificates."""

from __future__ import annotations

import ssl

import trustme
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.wire import certificates, hosts
from tests.wire import odd_certificates as odd
from tests.wire.hosts import connector
from tests.wire.ways.servers import TLS_URL, hang_up, lookup
from tests.wire.ways.signs import says
from tests.wire.ways.way import Way

_HERE = lookup("127.0.0.1")


def _alert(code: int) -> hosts.Speak:
    return says(bytes((21, 3, 3, 0, 2, 2, code)))


def _old_hello() -> hosts.Speak:
    """A greeting of TLS 1.2 without extensions, and so without the one for secure renegotiation."""
    hello = b"\3\3" + bytes(32) + b"\0" + b"\xc0\x2f" + b"\0"
    message = b"\2" + len(hello).to_bytes(3) + hello
    return says(b"\x16\3\3" + len(message).to_bytes(2) + message)


def _names(*names: str) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.DNSName(name) for name in names])


def _for_an_address_as_name() -> ssl.SSLContext:
    return odd.shown(odd.issue(odd.authority(), "server", _names("127.0.0.1")))


def _only_a_common_name() -> ssl.SSLContext:
    return odd.shown(odd.issue(odd.authority(), "other.example"))


def _authority_first() -> ssl.SSLContext:
    return odd.shown(odd.authority(), odd.issue(odd.authority(), "localhost", odd.LOCALHOST))


def _inspected() -> ssl.SSLContext:
    return certificates.tls(by=trustme.CA(organization_name="Zscaler Inc.", organization_unit_name="Zscaler Inc."))


def _wildcard() -> ssl.SSLContext:
    return odd.shown(odd.issue(odd.authority(), "server", _names("*.nordic.example")))


def _way(reason: str, sign: str, speak: hosts.Speak) -> Way:
    return Way(f"tls.{reason}", f"the sign tls.{sign}", speak, TLS_URL, sign=f"tls.{sign}")


WAYS: tuple[Way, ...] = (
    Way("tls.odd_key", "a key of Ed25519", connector(), TLS_URL, odd.ed25519_key),
    _way("protocol", "old_version", _alert(70)),
    _way("protocol", "ciphers", _alert(40)),
    _way("protocol", "server_trouble", _alert(80)),
    _way("protocol", "no_http_1", _alert(120)),
    _way("protocol", "renegotiation", _old_hello()),
    _way("not_tls", "plain_http", says(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
    _way("not_tls", "other_service", says(b"SSH-2.0-OpenSSH_9.2\r\n")),
    _way("not_tls", "cut", hang_up),
    Way("tls.protocol", "the sign tls.weak_key", connector(), TLS_URL, odd.short_key, sign="tls.weak_key"),
    Way("tls.protocol", "a sign of SHA-1", connector(), TLS_URL, odd.weak_signature, sign="tls.weak_signature"),
    Way("tls.protocol", "a sign of bounds", connector(), TLS_URL, odd.forbidden_name, sign="tls.forbidden_name"),
    Way(
        "tls.protocol",
        "a sign of another purpose",
        connector(),
        TLS_URL,
        lambda: certificates.issued(usage=ExtendedKeyUsageOID.CLIENT_AUTH),
        sign="tls.wrong_purpose",
    ),
    Way(
        "tls.protocol",
        "a sign of an odd extension",
        connector(),
        TLS_URL,
        lambda: certificates.issued(
            odd=x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\0")
        ),
        sign="tls.unknown_extension",
    ),
    Way(
        "tls.hostname_mismatch",
        "a sign of an address as name",
        connector(),
        "https://127.0.0.1:{port}/",
        _for_an_address_as_name,
        sign="tls.ip_as_name",
    ),
    Way(
        "tls.hostname_mismatch",
        "a sign of a common name alone",
        connector(),
        TLS_URL,
        _only_a_common_name,
        sign="tls.common_name",
    ),
    Way(
        "tls.hostname_mismatch",
        "a sign of a wrong order",
        connector(),
        TLS_URL,
        _authority_first,
        sign="tls.authority_first",
    ),
    Way(
        "tls.hostname_mismatch",
        "a sign of an underscore",
        connector(),
        "https://erp_sync.nordic.example:{port}/",
        _wildcard,
        resolve=_HERE,
        sign="tls.underscore",
    ),
    Way(
        "tls.hostname_mismatch",
        "a sign of a deep name",
        connector(),
        "https://erp.sync.nordic.example:{port}/",
        _wildcard,
        resolve=_HERE,
        sign="tls.wildcard",
    ),
    Way("tls.unknown_ca", "a sign of inspection", connector(), TLS_URL, _inspected, sign="tls.inspected"),
    Way(
        "tls.unknown_ca",
        "a sign of its own certificate given",
        connector(),
        TLS_URL,
        lambda: odd.shown(odd.own(), odd.between()),
        given=lambda: odd.own().pem.decode(),
        sign="tls.own_given",
    ),
    Way(
        "tls.unknown_ca",
        "a sign of a certificate in between given",
        connector(),
        TLS_URL,
        lambda: odd.shown(odd.own(), odd.between()),
        given=lambda: odd.between().pem.decode(),
        sign="tls.intermediate_given",
    ),
)
