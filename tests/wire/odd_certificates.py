"""Certificates that no careful authority would issue, and chains that are not as they should be."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import NameOID

from tests.wire import certificates

_SHA_256, _SHA_1 = bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010105")
LOCALHOST = x509.SubjectAlternativeName([x509.DNSName("localhost")])


@dataclass(frozen=True)
class Issued:
    """A certificate with its private key."""

    key: Any
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def authority() -> Issued:
    """That of the tests."""
    ca = certificates.authority()
    key = serialization.load_pem_private_key(ca.private_key_pem.bytes(), None)
    return Issued(key, x509.load_pem_x509_certificate(ca.cert_pem.bytes()))


def issue(by: Issued, name: str, *extensions: x509.ExtensionType, key: Any = None) -> Issued:
    """A certificate for this common name, with these extensions and no others."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(by.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, not isinstance(extension, x509.SubjectAlternativeName))
    return Issued(key, builder.sign(by.key, hashes.SHA256()))


def shown(*chain: Issued) -> ssl.SSLContext:
    """A server's context that shows this chain, and has the key of its first certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    own = chain[0].key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with trustme.Blob(own + b"".join(each.pem for each in chain)).tempfile() as path:
        context.load_cert_chain(path)
    return context


@lru_cache(maxsize=1)
def between() -> Issued:
    """An authority between that of the tests and a server."""
    return issue(authority(), "Nordic Issuing CA", x509.BasicConstraints(True, None))


@lru_cache(maxsize=1)
def own() -> Issued:
    """A server's certificate, issued by the authority in between."""
    return issue(between(), "localhost", LOCALHOST)


def short_key() -> ssl.SSLContext:
    return shown(issue(authority(), "localhost", LOCALHOST, key=rsa.generate_private_key(65537, 1024)))


@lru_cache(maxsize=1)
def weak_signature() -> ssl.SSLContext:
    """Signed with SHA-1, which the library no longer does: the two names of the algorithm and the signature are put in
    place of those of SHA-256, which are as long."""
    key = rsa.generate_private_key(65537, 2048)
    issuer = issue(authority(), "Old CA", x509.BasicConstraints(True, None), key=key)
    good = issue(issuer, "localhost", LOCALHOST)
    tbs = good.certificate.tbs_certificate_bytes.replace(_SHA_256, _SHA_1)
    der = good.certificate.public_bytes(serialization.Encoding.DER).replace(_SHA_256, _SHA_1)
    signature = key.sign(tbs, padding.PKCS1v15(), hashes.SHA1())
    return shown(Issued(good.key, x509.load_der_x509_certificate(der[: -len(signature)] + signature)), issuer)


def ed25519_key() -> ssl.SSLContext:
    return shown(issue(authority(), "localhost", LOCALHOST, key=ed25519.Ed25519PrivateKey.generate()))


def forbidden_name() -> ssl.SSLContext:
    """Issued by an authority that may issue certificates of another domain only."""
    only = x509.NameConstraints([x509.DNSName("nordic.example")], None)
    narrow = issue(authority(), "Narrow CA", x509.BasicConstraints(True, None), only)
    return shown(issue(narrow, "localhost", LOCALHOST), narrow)
