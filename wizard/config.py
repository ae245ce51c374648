"""Settings from ERP_WIZARD_* variables: each is declared once, and all are validated together at the start."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import idna

from wizard.errors import ConfigError

PREFIX = "ERP_WIZARD_"
_PORTS = {"http": 80, "https": 443}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LOOPBACK_NETWORKS: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
EVERYWHERE: tuple[Network, ...] = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))


class Practice(Enum):
    """Whether there is a practice connector, and whether others than this machine may call it."""

    NO = "no"
    YES = "yes"
    OPEN = "open"


class _Invalid(ValueError):
    """Has what the setting expects, as its message."""


def _host(value: str) -> str:
    if not re.fullmatch(r"[\w.:%-]+", value, re.ASCII):
        raise _Invalid("an IP address or a host name, without a port")
    return value


def _origin(value: str) -> str:
    """Returns scheme, host and a port other than the scheme's own, as browsers send them."""
    parts = _split(value)
    if parts is None or not _is_private(*parts):
        raise _Invalid("a URL like https://erp-setup.example, without a path; http:// only with localhost")
    scheme, host, port = parts
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" + ("" if port in (None, _PORTS[scheme]) else f":{port}")


def _split(url: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except ValueError:
        return None
    rest = (parts.path.strip("/"), parts.query, parts.fragment, parts.username, parts.password)
    is_origin = parts.scheme in _PORTS and host and url.isprintable() and not any(rest)
    return (parts.scheme, host, port) if is_origin else None


def _is_private(scheme: str, host: str, port: int | None) -> bool:
    """Whether nobody on the network can read along."""
    return scheme == "https" or is_loopback_name(host)


def is_loopback_name(host: str) -> bool:
    """Whether a host is this machine under a name that no other machine can have."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _integer(minimum: int, maximum: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not minimum <= int(value) <= maximum:
            raise _Invalid(f"a whole number from {minimum} to {maximum}")
        return int(value)

    return parse


def _boolean(value: str) -> bool:
    known = {"yes": True, "on": True, "true": True, "1": True, "no": False, "off": False, "false": False, "0": False}
    if value.lower() not in known:
        raise _Invalid("yes or no")
    return known[value.lower()]


def _practice(value: str) -> Practice:
    if value.lower() == "open":
        return Practice.OPEN
    try:
        return Practice.YES if _boolean(value) else Practice.NO
    except _Invalid as error:
        raise _Invalid("yes, no or open") from error


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= 600:
        raise _Invalid("seconds from 1 to 600")
    return seconds


def _log_level(value: str) -> str:
    if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise _Invalid("DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def _log_format(value: str) -> str:
    if value.lower() not in ("text", "json"):
        raise _Invalid("text or json")
    return value.lower()


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError as error:
        raise _Invalid("networks like 10.0.0.0/8, separated by commas") from error


def _ports(value: str) -> tuple[int, ...]:
    try:
        return tuple(map(_integer(1, 65535), _words(value)))
    except _Invalid as error:
        raise _Invalid("ports from 1 to 65535, separated by commas") from error


def _words(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _environment(value: str) -> str:
    if value.lower() not in ("online", "qaonline", "sod"):
        raise _Invalid("online, qaonline or sod")
    return value.lower()


def _tenant(value: str) -> str:
    if not re.fullmatch(r"cust[0-9]{1,10}", value, re.ASCII | re.IGNORECASE):
        raise _Invalid("Cust and a number, like Cust12345")
    return value.capitalize()


def _path(value: str) -> Path:
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError as error:
        raise _Invalid("a folder, and in a home folder that exists") from error


def _database(value: str) -> str:
    for scheme in ("postgres://", "postgresql://"):
        if value.startswith(scheme):
            return "postgresql+psycopg://" + value.removeprefix(scheme)
    if not re.match(r"sqlite:///|postgresql\+psycopg://", value):
        raise _Invalid("a URL that begins with postgresql:// or sqlite:///")
    return value


def _setting(
    default: Any, parse: Callable[[str], Any], meaning: str, default_text: str | None = None, *, secret: bool = False
) -> Any:
    metadata = {"parse": parse, "meaning": meaning, "default_text": default_text}
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; the variable is the name in capitals behind ERP_WIZARD_."""

    host: str = _setting(
        "127.0.0.1", _host, "Address to listen on; one that others can reach needs a TLS proxy in front."
    )
    port: int = _setting(8000, _integer(0, 65535), "Port to listen on; 0 takes a free one.")
    instance: Path = _setting(
        Path("instance"), _path, "Folder of the database and the key file.", "instance in the current folder"
    )
    database_url: str = _setting(
        "",
        _database,
        "PostgreSQL database, as postgresql://user:password@host/name.",
        "SQLite in the folder",
        secret=True,
    )
    database_connect_seconds: int = _setting(
        3, _integer(1, 600), "Seconds that a PostgreSQL server has to take a connection."
    )
    database_statement_seconds: float = _setting(
        5.0, _seconds, "Seconds that a PostgreSQL server has for a statement; commands have as long as they need.", "5"
    )
    keys: tuple[str, ...] = _setting(
        (), _words, "Encryption keys, newest first, separated by commas.", "the key file in the folder", secret=True
    )
    allow: tuple[Network, ...] = _setting(
        (), _networks, "Networks that connectors may be in although the rules forbid it, like 169.254.7.0/24.", "none"
    )
    deny: tuple[Network, ...] = _setting(
        (),
        _networks,
        "Networks that connectors may not be in, like 10.9.0.0/16; stronger than what is allowed.",
        "none",
    )
    allow_ports: tuple[int, ...] = _setting(
        (), _ports, "Ports that connectors may have although other services own them, like 9042, 5985.", "none"
    )
    loopback: bool = _setting(
        None,
        _boolean,
        "Whether connectors on this machine, under any of its addresses, may be called: yes or no.",
        "yes while listening on loopback only, without a TLS proxy",
    )
    superoffice_networks: tuple[Network, ...] = _setting(
        (),
        _networks,
        "Networks like 10.0.0.0/8 in which SuperOffice runs too, so that their private addresses get no remark.",
        "none",
    )
    superoffice_environment: str = _setting(
        "", _environment, "Environment of SuperOffice Online to link: online, qaonline or sod.", "as typed on the page"
    )
    superoffice_tenant: str = _setting(
        "", _tenant, "Tenant of SuperOffice Online to link, like Cust12345.", "as typed on the page"
    )
    superoffice_client_id: str = _setting(
        "", str, "Client ID of the app that is registered for this wizard.", "as typed on the page"
    )
    superoffice_client_secret: str = _setting(
        "", str, "Client secret of that app.", "as typed on the page", secret=True
    )
    check_seconds: float = _setting(30.0, _seconds, "Time limit of a check, in seconds.", "30")
    check_workers: int = _setting(64, _integer(1, 1000), "How many checks run at the same time; more wait.")
    silence_seconds: float = _setting(
        10.0, _seconds, "Seconds without a sign of life of its process after which a check counts as interrupted.", "10"
    )
    practice: Practice = _setting(
        Practice.YES,
        _practice,
        "Whether there are a practice connector and SuperOffice: yes or no; open lets other machines call them too.",
        "yes",
    )
    public_url: str = _setting(
        "",
        _origin,
        "Address that browsers open, like https://erp-setup.example; https means that a TLS proxy is in front.",
        "none: only the names of this machine, like localhost",
    )
    trusted_proxies: tuple[Network, ...] = _setting(
        None,
        _networks,
        "Networks of the proxies whose X-Forwarded headers are believed, like 10.0.0.5, 10.1.0.0/24.",
        "this machine, if ERP_WIZARD_PUBLIC_URL begins with https; else none",
    )
    behind_tls: bool = _setting(
        False, _boolean, "Deprecated: believes any host and any proxy. Set ERP_WIZARD_PUBLIC_URL instead.", "no"
    )
    session_hours: int = _setting(12, _integer(1, 744), "Hours without a click after which a person signs in again.")
    session_days: int = _setting(7, _integer(1, 365), "Days after which a person signs in again in any case.")
    fresh_minutes: int = _setting(
        10,
        _integer(1, 1440),
        "Minutes after a sign-in within which accounts and second factors can be changed without another one.",
    )
    activity_days: int = _setting(
        0, _integer(0, 36500), "Days after which what somebody did is no longer listed; 0 keeps it for ever."
    )
    log_level: str = _setting("WARNING", _log_level, "How much is logged: DEBUG, INFO, WARNING or ERROR.")
    log_format: str = _setting("text", _log_format, "How it is logged: text for people, json for programs.")

    def __post_init__(self) -> None:
        object.__setattr__(self, "instance", self.instance.absolute())
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.instance / 'wizard.sqlite3'}")
        if self.trusted_proxies is None:
            object.__setattr__(self, "trusted_proxies", self._default_proxies())
        if self.public_url.startswith("https:"):
            object.__setattr__(self, "behind_tls", True)
        if self.loopback is None:
            object.__setattr__(self, "loopback", self.listens_on_loopback and not self.behind_tls)

    def _default_proxies(self) -> tuple[Network, ...]:
        if self.public_url:
            return LOOPBACK_NETWORKS if self.public_url.startswith("https:") else ()
        return EVERYWHERE if self.behind_tls else ()

    @property
    def listens_on_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback_name(self.host)

    @property
    def believes_any_host(self) -> bool:
        """Whether ERP_WIZARD_BEHIND_TLS is set without ERP_WIZARD_PUBLIC_URL, as version 1.0 had it."""
        return self.behind_tls and not self.public_url

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Parses the variables. Raises ConfigError with every one that is invalid or unknown."""
        variables = os.environ if environment is None else environment
        known = {PREFIX + each.name.upper(): each for each in fields(cls)}
        problems = [_unknown(name, known) for name in variables if name.startswith(PREFIX) and name not in known]
        values: dict[str, Any] = {}
        for name, each in known.items():
            value = variables.get(name, "").strip()
            try:
                if value:
                    values[each.name] = each.metadata["parse"](value)
            except _Invalid as error:
                found = f", not {value}" if each.repr else ""
                problems.append(f"{name} has to be {error}{found}.")
        if problems:
            raise ConfigError("\n".join(sorted(problems)))
        return cls(**values)


def _unknown(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1)
    return f"{name} is not a setting." + (f" Is it {PREFIX}{close[0]}?" if close else "")


def settings_table() -> list[tuple[str, str, str]]:
    """Variable, default and meaning of every setting, as docs/settings.md lists them."""
    return [
        (PREFIX + each.name.upper(), each.metadata["default_text"] or str(each.default), each.metadata["meaning"])
        for each in fields(Settings)
    ]
