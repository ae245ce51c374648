"""Parses URLs and decides which addresses may be called, however they are spelled.

On-premises connectors are the norm, so public and private networks are allowed; what can only be an attack or a mistake
is not: link-local, cloud metadata, multicast, unspecified, reserved, broadcast. This machine, under any of its
addresses, only where the policy says so.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import idna

from wizard.domain.invisible import trim
from wizard.domain.urls import without_password
from wizard.outside.http.addresses import Ip, is_this_machine, unwrapped
from wizard.outside.http.ports import REFUSED_PORTS

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

MAX_URL_LENGTH = 1023
"""As SuperOffice keeps it (ErpConnector.URL)."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*", re.ASCII | re.IGNORECASE)
_TWO_SCHEMES = re.compile(r"https?://https?(?::|//|/)", re.IGNORECASE)
_LABEL = re.compile(r"\w[\w-]{0,62}", re.ASCII)
_JOINERS = {0x200C: None, 0x200D: None}
"""Invisible, and part of some names (RFC 5892 appendix A)."""
_AUTHORITY = re.compile(r"(?:\[[^\[\]]*\]|[^\[\]:]*)(?::\d*)?")
_FORBIDDEN = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.100.100.200/32",  # Alibaba Cloud's metadata; that of most others is link-local
        "168.63.129.16/32",  # Azure's wire server
        "192.0.0.0/24",
        "192.88.99.0/24",
        "fd00:ec2::/32",  # Amazon's metadata
        "fd20:ce::254/128",  # Google's metadata
        "fec0::/10",
    )
)


@dataclass(frozen=True, slots=True)
class Policy:
    """`deny` wins over `allow`, and `allow` over what is forbidden otherwise. `loopback` is about this machine."""

    allow: Sequence[Network] = ()
    deny: Sequence[Network] = ()
    loopback: bool = False
    allow_ports: Collection[int] = ()
    superoffice: Sequence[Network] | None = None
    """Networks in which SuperOffice reaches private addresses; None asks nothing of them."""

    def allows(self, address: Ip) -> bool:
        """Whether this address may be called, judged by what it stands for."""
        addresses = {address, unwrapped(address)}
        if any(_inside(each, self.deny) for each in addresses):
            return False
        if any(_inside(each, self.allow) for each in addresses):
            return True
        return self._by_nature(unwrapped(address))

    def doubts_superoffice(self, address: Ip) -> bool:
        """Whether SuperOffice may never reach this address, because it has a meaning inside a network only."""
        if self.superoffice is None or unwrapped(address).is_global:
            return False
        return not any(_inside(each, self.superoffice) for each in (address, unwrapped(address)))

    def allows_port(self, port: int) -> bool:
        return port not in REFUSED_PORTS or port in self.allow_ports

    def refusal(self, address: Ip) -> dict[str, str]:
        """The facts of an address that may not be called; its kind is `own` where the setting for that would help."""
        denied = any(_inside(each, self.deny) for each in (address, unwrapped(address)))
        return {"address": str(address)} | ({"kind": "own"} if not denied and is_this_machine(address) else {})

    def _by_nature(self, address: Ip) -> bool:
        odd = address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved
        if address.is_loopback or (not odd and is_this_machine(address)):
            return self.loopback
        return not odd and not _inside(address, _FORBIDDEN)


class AddressError(ValueError):
    """A URL that cannot be called; `reason` is that of stage address."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed URL. `host` is in ASCII without brackets, `target` is path and query as they were written."""

    url: str
    scheme: str
    host: str
    port: int
    target: str
    literal: Ip | None

    @property
    def is_plain_http(self) -> bool:
        """Unencrypted over a network."""
        own = is_this_machine(self.literal) if self.literal else self.host.lower() == "localhost"
        return self.scheme == "http" and not own


def read_address(url: str, policy: Policy) -> Address:
    """Parses a connector's URL. Raises AddressError with the reason."""
    url = trim(url)
    if not url:
        raise AddressError("address.empty")
    if len(url) > MAX_URL_LENGTH:
        raise AddressError("address.too_long", length=str(len(url)), limit=str(MAX_URL_LENGTH))
    if not url.translate(_JOINERS).isprintable():
        raise AddressError("address.malformed", url=_shown(url), kind="invisible")
    if " " in url or "\\" in url:
        raise AddressError("address.malformed", url=_shown(url))
    if _TWO_SCHEMES.match(url):
        raise AddressError("address.malformed", url=_shown(url), kind="twice")
    scheme, colon, rest = url.partition(":")
    if scheme.lower() == "app":
        raise AddressError("address.app_scheme", url=_shown(url))
    is_scheme = colon and _SCHEME.fullmatch(scheme) and not re.match(r"\d", rest)  # host:443 has none
    if is_scheme and "@" in rest and not rest.startswith("//"):
        raise AddressError("address.malformed", url=_shown(url))
    if is_scheme and scheme.lower() not in ("http", "https"):
        raise AddressError("address.unsupported_scheme", scheme=scheme[:40])
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise AddressError("address.malformed", url=_shown(url)) from None
    port = _port(parts, url)
    if "@" in parts.netloc:
        raise AddressError("address.credentials", host=host or "")
    if not _AUTHORITY.fullmatch(parts.netloc):
        raise AddressError("address.malformed", url=_shown(url))
    if not host or parts.scheme.lower() not in ("http", "https"):
        raise AddressError("address.malformed", url=_shown(url))
    name = host.partition("%")[0] if ":" in host else _ascii(_as_written(parts, host), url)
    literal = _literal(name)
    if literal is not None and not policy.allows(literal):
        raise AddressError("address.not_allowed", host=host, **policy.refusal(literal))
    scheme = parts.scheme.lower()
    port = port or (443 if scheme == "https" else 80)
    if not policy.allows_port(port):
        raise AddressError("address.port_not_allowed", host=host, port=str(port))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not target.isprintable():
        raise AddressError("address.malformed", url=_shown(url), kind="invisible")
    return Address(url, scheme, str(literal or name), port, target, literal)


def _port(parts: SplitResult, url: str) -> int | None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise AddressError("address.malformed", url=_shown(url), kind="port")
    return port


def _literal(host: str) -> Ip | None:
    """The address that a host is, in any spelling that a resolver understands: decimal, octal, hex, trailing dot."""
    plain = host.rstrip(".")
    try:
        return ipaddress.ip_address(plain)
    except ValueError:
        pass
    if re.fullmatch(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", plain, re.IGNORECASE):
        try:
            return ipaddress.IPv4Address(socket.inet_aton(plain))
        except OSError:
            return None
    return None


def _as_written(parts: SplitResult, host: str) -> str:
    """The name in its own capitals, if it is not in ASCII: in small letters a sigma may become another one."""
    return host if host.isascii() else re.sub(r":\d*$", "", parts.netloc)


def _ascii(host: str, url: str) -> str:
    """A name in ASCII without a trailing dot; full-width digits become plain ones here.

    Names are those of IDNA 2008 as UTS 46 maps them without transition, as in Windows and browsers; those of IDNA 2003
    may belong to others.
    """
    try:
        name = host.rstrip(".") if host.isascii() else _idna(host).rstrip(".")
    except UnicodeError:  # idna's are among them
        raise AddressError("address.malformed", url=_shown(url)) from None
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise AddressError("address.malformed", url=_shown(url))
    return name


def _idna(host: str) -> str:
    """Label by label: those in ASCII may have an underscore, which IDNA does not allow."""
    labels = idna.uts46_remap(host, std3_rules=False, transitional=False).split(".")
    return ".".join(label if label.isascii() else idna.alabel(label).decode() for label in labels)


def _inside(address: Ip, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _shown(url: str) -> str:
    """A URL that can be shown: without a password, without invisible characters, cut to a readable length."""
    named = without_password(url)[:200]
    return "".join(character if character.isprintable() else "·" for character in named)
