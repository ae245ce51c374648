"""Parses certificates, and builds the TLS contexts of trusted authorities."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from wizard.outside.http.authorities import Folder, PublicAuthorities, trusting_context

MAX_CHAIN_LENGTH = 10
_KNOWN_CURVES = ("secp256r1", "secp384r1", "secp521r1")


class BadCertificate(ValueError):
    """A text that is no usable PEM certificate; the message is `private_key` or `unreadable`."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The public authorities, and one of the administrator's own as PEM, for one connector only."""

    ca_pem: str | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """The readable parts of a certificate; times are ISO 8601 in UTC. `addresses` are those of its names that are IP
    addresses by their kind.
    """

    subject: str
    issuer: str
    since: str
    until: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    common_name: str
    serial: str
    odd_key: str = ""
    """The kind of its key, if it is one that Windows does not know."""


_public = PublicAuthorities()


def context_for(trust: Trust) -> ssl.SSLContext:
    """TLS 1.2 or newer, host name checked. Raises BadCertificate for a PEM that cannot be read."""
    return _context(trust, _public.folder())


@lru_cache(maxsize=64)
def _context(trust: Trust, folder: Folder | None) -> ssl.SSLContext:
    context = trusting_context(folder)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.post_handshake_auth = True  # we have no certificate, but see that a server asks for one
    if trust.ca_pem:
        own = _read_pem(trust.ca_pem)
        context.load_verify_locations(cadata=b"".join(each.public_bytes(Encoding.DER) for each in own))
    return context


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


def read_certificate(der: bytes) -> Certificate | None:
    """A certificate from the wire; None where it cannot be read."""
    try:
        found = x509.load_der_x509_certificate(der)
        names, addresses = _names(found)
        return Certificate(
            subject=found.subject.rfc4514_string(),
            issuer=found.issuer.rfc4514_string(),
            since=found.not_valid_before_utc.isoformat(),
            until=found.not_valid_after_utc.isoformat(),
            names=names,
            addresses=addresses,
            common_name=_common_name(found),
            serial=f"{found.serial_number:x}",
            odd_key=_odd_key(found),
        )
    except Exception:  # each part of a hostile one raises errors of its own, and TLS may still go on
        return None


def _odd_key(certificate: x509.Certificate) -> str:
    """Schannel knows RSA, and elliptic curves of NIST only."""
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "" if key.curve.name in _KNOWN_CURVES else key.curve.name
    return "" if isinstance(key, rsa.RSAPublicKey) else type(key).__name__.removesuffix("PublicKey").lstrip("_")


def _common_name(certificate: x509.Certificate) -> str:
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[-1].value) if found else ""


def _names(certificate: x509.Certificate) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All names of a certificate, and those of them that are IP addresses."""
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception:  # not there, or of a form that cannot be read
        return (), ()
    dns = extension.get_values_for_type(x509.DNSName)
    addresses = tuple(str(ip) for ip in extension.get_values_for_type(x509.IPAddress))
    return (*dns, *addresses), addresses


def chain_of(message: bytes, *, has_extensions: bool) -> tuple[Certificate, ...]:
    """Parses a Certificate message (RFC 5246 section 7.4.2): the server's own certificate first, at most 10.

    TLS 1.3 has a context before them and extensions behind each (RFC 8446 section 4.4.2).
    """
    at = 4 + (1 + int.from_bytes(message[4:5]) if has_extensions else 0) + 3
    found: list[Certificate | None] = []
    while at + 3 <= len(message) and len(found) < MAX_CHAIN_LENGTH:
        end = at + 3 + int.from_bytes(message[at : at + 3])
        found.append(read_certificate(message[at + 3 : end]))
        at = end + (2 + int.from_bytes(message[end : end + 2]) if has_extensions else 0)
    return tuple(each for each in found if each is not None)


def chain_facts(chain: Sequence[Certificate]) -> dict[str, str]:
    """Facts about a server's own certificate, and the length of the chain that it presented."""
    if not chain:
        return {}
    own = chain[0]
    return {
        "subject": own.subject,
        "issuer": own.issuer,
        "since": own.since,
        "until": own.until,
        "names": ", ".join(own.names) or own.common_name,
        "shown": str(len(chain)),
        **({"key": own.odd_key} if own.odd_key else {}),
    }


def chain_evidence(chain: Sequence[Certificate]) -> tuple[tuple[str, str], ...]:
    """Evidence rows: the server's own certificate, then those of the authorities that it presented."""
    if not chain:
        return ()
    own, *others = chain
    return (
        ("subject", own.subject),
        ("issuer", own.issuer),
        ("valid", f"{own.since} to {own.until}"),
        ("names", ", ".join(own.names)),
        ("serial", own.serial),
        *(("shown too", f"{each.subject}, issued by {each.issuer}, valid until {each.until}") for each in others),
    )


def oddities(chain: Sequence[Certificate], host: str, trust: Trust) -> frozenset[str]:
    """What is odd about a chain that was refused, in the words that signs look for."""
    if not chain:
        return frozenset()
    own, others = chain[0], chain[1:]
    given = _given(trust)
    parents = [name[2:] for name in own.names if name.startswith("*.")]
    found = {
        "ip_as_name": host in own.names and host not in own.addresses and _is_address(host),
        "common_name": not own.names and own.common_name != "",
        "authority_first": any(each.issuer == own.subject for each in others),
        "underscore": "_" in host and host.partition(".")[2] in parents,
        "wildcard": any(host.endswith(f".{parent}") and host.partition(".")[2] != parent for parent in parents),
        "own_given": any(each == own and each.subject != each.issuer for each in given),
        "intermediate_given": missing_root(chain, trust) is not None,
    }
    return frozenset(name for name, is_so in found.items() if is_so)


def missing_root(chain: Sequence[Certificate], trust: Trust) -> str | None:
    """The issuer of a given authority that is one in between, if the chain depends on it."""
    issuers = {each.issuer for each in chain}
    between = (each for each in _given(trust) if each.subject != each.issuer)
    return next((each.issuer for each in between if each.subject in issuers), None)


def _given(trust: Trust) -> list[Certificate]:
    ders = [each.public_bytes(Encoding.DER) for each in _read_pem(trust.ca_pem)] if trust.ca_pem else []
    return [each for each in map(read_certificate, ders) if each is not None]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
