"""What an administrator types to link SuperOffice, and what has to be right before it can be tried."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from wizard.domain.connector import MAX_PEM, MAX_URL
from wizard.domain.superoffice.kinds import Environment, LinkKind

MAX_TEXT = 254
_BELOW_THE_BASE = re.compile(r"(?<=[^/])(/[^/]+\.aspx|/api(/v1)?)$", re.IGNORECASE)
_TENANT = re.compile(r"Cust[0-9]{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LinkInput:
    """What the form or the settings say of SuperOffice. Fields of another kind than the chosen one are ignored."""

    kind: LinkKind = LinkKind.ONLINE
    environment: Environment = Environment.ONLINE
    tenant: str = ""
    client_id: str = ""
    client_secret: str = ""
    address: str = ""
    username: str = ""
    password: str = ""
    ca_pem: str = ""

    def __post_init__(self) -> None:
        tenant = self.tenant[:1].upper() + self.tenant[1:].lower()
        object.__setattr__(self, "tenant", tenant if _TENANT.fullmatch(tenant) else self.tenant)
        object.__setattr__(self, "address", _base_of(self.address))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def problems(self) -> dict[str, str]:
        """What keeps it from being tried, a code by field: `missing`, `too_long`, `tenant`, `address` or `insecure`."""
        found = {name: "missing" for name in _REQUIRED[self.kind] if not getattr(self, name)}
        if self.kind is LinkKind.ONLINE and self.tenant and not _TENANT.fullmatch(self.tenant):
            found["tenant"] = "tenant"
        if self.kind is LinkKind.ONSITE and self.address:
            found |= _problem_of_address(self.address)
        return found | {name: "too_long" for name in _limited(self.kind) if len(getattr(self, name)) > _LIMITS[name]}


def _base_of(address: str) -> str:
    """The address of an installation, of which a browser may show a page, and documents the API."""
    address = re.split(r"[?#]", address, maxsplit=1)[0].rstrip("/")
    return _BELOW_THE_BASE.sub("", address) if "://" in address else address


_REQUIRED: dict[LinkKind, tuple[str, ...]] = {
    LinkKind.ONLINE: ("tenant", "client_id", "client_secret"),
    LinkKind.ONSITE: ("address", "username", "password"),
    LinkKind.PRACTICE: (),
}
_LIMITS = dict.fromkeys(("tenant", "client_id", "client_secret", "username", "password"), MAX_TEXT) | {
    "address": MAX_URL,
    "ca_pem": MAX_PEM,
}


def _limited(kind: LinkKind) -> tuple[str, ...]:
    return (*_REQUIRED[kind], "ca_pem") if kind is LinkKind.ONSITE else _REQUIRED[kind]


def _problem_of_address(address: str) -> dict[str, str]:
    """A password must not travel in clear text, except within this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return {"address": "address"}
    if not host or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return {"address": "address"}
    return {} if parts.scheme == "https" or _is_loopback(host) else {"address": "insecure"}


def _is_loopback(host: str) -> bool:
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
