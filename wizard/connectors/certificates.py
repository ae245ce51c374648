"""Reading certificates, and which authorities are trusted."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID


class BadCertificate(ValueError):
    """A text that holds no certificate that can be trusted."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The public authorities, and one of the administrator's own as PEM, for one connector only."""

    ca_pem: str | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a person may want to know of a certificate; times are ISO 8601 in UTC."""

    subject: str
    issuer: str
    since: str
    until: str
    names: tuple[str, ...]
    serial: str


@lru_cache(maxsize=64)
def context_for(trust: Trust) -> ssl.SSLContext:
    """TLS 1.2 or newer, host name checked. Raises BadCertificate for a PEM that cannot be read."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if trust.ca_pem:
        own = _read_pem(trust.ca_pem)
        context.load_verify_locations(cadata=b"".join(each.public_bytes(Encoding.DER) for each in own))
    context._msg_callback = _notice_request  # type: ignore[attr-defined]
    return context


def was_asked(encrypted: ssl.SSLSocket) -> bool:
    """Whether the server has asked us for a certificate."""
    return getattr(encrypted, "asked_for_certificate", False)


def _notice_request(encrypted: Any, direction: str, version: Any, kind: Any, message: Any, data: bytes) -> None:
    """Python has no public way to tell this refusal from others: the server's alert is the same."""
    if getattr(message, "name", "") == "CERTIFICATE_REQUEST":
        encrypted.asked_for_certificate = True


def check_pem(text: str) -> None:
    """Raises BadCertificate unless the text holds certificates, and no private key."""
    _read_pem(text)


def _read_pem(text: str) -> list[x509.Certificate]:
    """The certificates of a PEM, without the remarks between them, which OpenSSL wants in ASCII."""
    if "PRIVATE KEY" in text:
        raise BadCertificate("private_key")
    try:
        return x509.load_pem_x509_certificates(text.encode())
    except ValueError as error:
        raise BadCertificate("unreadable") from error


def read_certificate(der: bytes | None) -> Certificate | None:
    """A certificate from the wire; None where there is none or it cannot be read."""
    try:
        found = x509.load_der_x509_certificate(der or b"")
        subject, issuer = found.subject.rfc4514_string(), found.issuer.rfc4514_string()
    except ValueError:
        return None
    return Certificate(
        subject=subject,
        issuer=issuer,
        since=found.not_valid_before_utc.isoformat(),
        until=found.not_valid_after_utc.isoformat(),
        names=_names(found),
        serial=f"{found.serial_number:x}",
    )


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = certificate.extensions.get_extension_for_oid(ExtensionOID.SUBJECT_ALTERNATIVE_NAME).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    if not isinstance(extension, x509.SubjectAlternativeName):
        return ()
    dns = extension.get_values_for_type(x509.DNSName)
    return (*dns, *(str(ip) for ip in extension.get_values_for_type(x509.IPAddress)))
