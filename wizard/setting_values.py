"""The values that settings take, parsed from the texts of their variables."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

import idna

_PORTS = {"http": 80, "https": 443}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LOOPBACK_NETWORKS: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
EVERYWHERE: tuple[Network, ...] = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))


class Practice(Enum):
    """Whether there is a practice connector, and whether others than this machine may call it."""

    NO = "no"
    YES = "yes"
    OPEN = "open"


class Queue(Enum):
    """What executes check runs: threads of the process that starts them, or workers that share a database."""

    POOL = "pool"
    PROCRASTINATE = "procrastinate"


class InvalidValue(ValueError):
    """Has what the setting expects, as its message."""


def host(value: str) -> str:
    if not re.fullmatch(r"[\w.:%-]+", value, re.ASCII):
        raise InvalidValue("an IP address or a host name, without a port")
    return value


def origin(value: str) -> str:
    """Returns scheme, host and a port other than the scheme's own, as browsers send them."""
    parts = _split(value)
    if parts is None or not _is_private(*parts):
        raise InvalidValue("a URL like https://erp-setup.example, without a path; http:// only with localhost")
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


def integer(minimum: int, maximum: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not minimum <= int(value) <= maximum:
            raise InvalidValue(f"a whole number from {minimum} to {maximum}")
        return int(value)

    return parse


def boolean(value: str) -> bool:
    known = {"yes": True, "on": True, "true": True, "1": True, "no": False, "off": False, "false": False, "0": False}
    if value.lower() not in known:
        raise InvalidValue("yes or no")
    return known[value.lower()]


def practice(value: str) -> Practice:
    if value.lower() == "open":
        return Practice.OPEN
    try:
        return Practice.YES if boolean(value) else Practice.NO
    except InvalidValue as error:
        raise InvalidValue("yes, no or open") from error


def queue(value: str) -> Queue:
    try:
        return Queue(value.lower())
    except ValueError as error:
        raise InvalidValue("pool or procrastinate") from error


def seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= 600:
        raise InvalidValue("seconds from 1 to 600")
    return seconds


def log_level(value: str) -> str:
    if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise InvalidValue("DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def log_format(value: str) -> str:
    if value.lower() not in ("text", "json"):
        raise InvalidValue("text or json")
    return value.lower()


def networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError as error:
        raise InvalidValue("networks like 10.0.0.0/8, separated by commas") from error


def ports(value: str) -> tuple[int, ...]:
    try:
        return tuple(map(integer(1, 65535), words(value)))
    except InvalidValue as error:
        raise InvalidValue("ports from 1 to 65535, separated by commas") from error


def words(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def environment(value: str) -> str:
    if value.lower() not in ("online", "qaonline", "sod"):
        raise InvalidValue("online, qaonline or sod")
    return value.lower()


def tenant(value: str) -> str:
    if not re.fullmatch(r"cust[0-9]{1,10}", value, re.ASCII | re.IGNORECASE):
        raise InvalidValue("Cust and a number, like Cust12345")
    return value.capitalize()


def path(value: str) -> Path:
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError as error:
        raise InvalidValue("a folder, and in a home folder that exists") from error


def database(value: str) -> str:
    for scheme in ("postgres://", "postgresql://"):
        if value.startswith(scheme):
            return "postgresql+psycopg://" + value.removeprefix(scheme)
    if not re.match(r"sqlite:///|postgresql\+psycopg://", value):
        raise InvalidValue("a URL that begins with postgresql:// or sqlite:///")
    return value


def mail_server(value: str) -> str:
    """As the library Apprise writes it; who sends has to be said, or follows from user and host."""
    try:
        parts = urlsplit(value)
        is_known = parts.scheme in ("mailto", "mailtos") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_known = False
    if not is_known:
        raise InvalidValue("a URL like mailtos://user:password@smtp.example?from=erp-sync@acme.example")
    return value
