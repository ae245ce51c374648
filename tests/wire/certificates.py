"""Certificates of the test servers: healthy, expired, of another name, or as no authority would issue them."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@lru_cache(maxsize=1)
def authority() -> trustme.CA:
    """The authority of the test hosts."""
    return trustme.CA()


def authority_pem() -> str:
    return authority().cert_pem.bytes().decode()


def tls(
    since: int = -1, until: int = 90, host: str = "localhost", by: trustme.CA | None = None, alone: bool = False
) -> ssl.SSLContext:
    """A server's context; the certificate holds from `since` to `until` days from now, `alone` without its issuer."""
    now = datetime.now(UTC)
    certificate = (by or authority()).issue_cert(
        host, not_before=now + timedelta(days=since), not_after=now + timedelta(days=until)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if alone:
        with certificate.private_key_pem.tempfile() as key, certificate.cert_chain_pems[0].tempfile() as chain:
            context.load_cert_chain(chain, key)
    else:
        certificate.configure_cert(context)
    return context


def issued(
    usage: x509.ObjectIdentifier | None = None,
    between_until: int | None = None,
    names: x509.ExtensionType | None = None,
    odd: x509.ExtensionType | None = None,
) -> ssl.SSLContext:
    """A server's context with a certificate that trustme would not issue, by the authority or by one in between."""
    root = serialization.load_pem_private_key(authority().private_key_pem.bytes(), None)
    issuer = x509.load_pem_x509_certificate(authority().cert_pem.bytes()).subject
    rendered = b""
    by: Any = root
    if between_until is not None:
        by = ec.generate_private_key(ec.SECP256R1())
        between = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "between")])
        rendered = _certificate(between, issuer, by, root, between_until, x509.BasicConstraints(True, None))
        issuer = between
    key = ec.generate_private_key(ec.SECP256R1())
    localhost = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    extensions = [names or x509.SubjectAlternativeName([x509.DNSName("localhost")])]
    extensions += [x509.ExtendedKeyUsage([usage])] if usage else []
    extensions += [odd] if odd else []
    own = _certificate(localhost, issuer, key, by, 90, *extensions)
    return _context(key, own + rendered)


def _certificate(subject: x509.Name, issuer: x509.Name, key: Any, by: Any, until: int, *extensions: Any) -> bytes:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=30))
    builder = builder.not_valid_after(now + timedelta(days=until))
    for extension in extensions:
        critical = isinstance(extension, (x509.BasicConstraints, x509.UnrecognizedExtension))
        builder = builder.add_extension(extension, critical)
    return builder.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _context(key: Any, certificates: bytes) -> ssl.SSLContext:
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with trustme.Blob(
        key.private_bytes(encoding, form, serialization.NoEncryption()) + certificates
    ).tempfile() as path:
        context.load_cert_chain(path)
    return context


def self_signed(tmp: object) -> ssl.SSLContext:
    """A server's context with a certificate that nobody but itself has signed."""
    from pathlib import Path

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = Path(str(tmp)) / "self.pem"
    encoding = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(encoding)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
