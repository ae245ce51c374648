"""Where a SuperOffice is, and with what to sign in to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from wizard.domain.superoffice import LinkKind
from wizard.outside.http import AddressError, Policy, read_address

_ONLINE_DOMAIN = ".superoffice.com"
_PRACTICE_PATH = "/practice/superoffice"


@dataclass(frozen=True, slots=True)
class Site:
    """`login` is the base of sign-in and state page, empty on-site; `api` the last known base of the API.

    `api` has no slash at its end and no version. It may be empty where the state page knows it.
    """

    kind: LinkKind
    login: str = ""
    tenant: str = ""
    api: str = ""
    ca_pem: str = ""

    def trusts(self, url: str) -> bool:
        """Whether credentials may be sent to this address: see `is_trusted`."""
        return is_trusted(self.kind, url)


def is_trusted(kind: LinkKind, url: str) -> bool:
    """Whether this may be an address of SuperOffice.

    Online only those below superoffice.com, on-site any; unencrypted only on this machine. The made-up SuperOffice is
    on this machine too, which behind a proxy calls itself by its public address.
    """
    try:
        address = read_address(url, Policy(loopback=True))
    except AddressError:
        return False
    if kind is LinkKind.ONLINE:
        return address.scheme == "https" and address.port == 443 and address.host.lower().endswith(_ONLINE_DOMAIN)
    if kind is LinkKind.PRACTICE:
        is_encrypted = address.scheme == "https" and address.target.startswith(f"{_PRACTICE_PATH}/")
        return is_encrypted or _is_loopback(address.literal, address.host)
    return not address.is_plain_http


def _is_loopback(literal: object, host: str) -> bool:
    return host.lower() == "localhost" or bool(getattr(literal, "is_loopback", False))


def base_of(url: str) -> str:
    """The base of an API without slashes and version at its end."""
    base = url.strip().rstrip("/")
    path = urlsplit(base).path
    return base[: -len("/v1")] if path.lower().endswith("/v1") else base


@dataclass(frozen=True, slots=True)
class BearerTokens:
    """Tokens of the sign-in Online, and the app that they were given to."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        return (self.access_token, self.refresh_token, self.client_secret)


@dataclass(frozen=True, slots=True)
class BasicLogin:
    """User name and password of an on-site SuperOffice."""

    username: str
    password: str = field(repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        return (self.password,)


Credentials = BearerTokens | BasicLogin
