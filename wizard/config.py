"""Settings from ERP_WIZARD_* variables, each declared once, validated together at start."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from wizard.errors import ConfigError

PREFIX = "ERP_WIZARD_"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class _Bad(ValueError):
    """What a setting expects."""


def _text(value: str) -> str:
    return value


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > 65535:
        raise _Bad("a port from 0 to 65535")
    return int(value)


def _yes(value: str) -> bool:
    known = {"yes": True, "on": True, "true": True, "1": True, "no": False, "off": False, "false": False, "0": False}
    if value.lower() not in known:
        raise _Bad("yes or no")
    return known[value.lower()]


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= 600:
        raise _Bad("seconds from 1 to 600")
    return seconds


def _count(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 1000:
        raise _Bad("a number from 1 to 1000")
    return int(value)


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError as error:
        raise _Bad("networks like 10.0.0.0/8, separated by commas") from error


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _path(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _database(value: str) -> str:
    for scheme in ("postgres://", "postgresql://"):
        if value.startswith(scheme):
            return "postgresql+psycopg://" + value.removeprefix(scheme)
    if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise _Bad("a URL that begins with postgresql:// or sqlite:///")
    return value


def _setting(default: Any, read: Callable[[str], Any], meaning: str, shown: str | None = None) -> Any:
    return field(default=default, metadata={"read": read, "meaning": meaning, "shown": shown})


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; the variable is the name in capitals behind ERP_WIZARD_."""

    host: str = _setting("127.0.0.1", _text, "Address to listen on. Other than loopback only behind a TLS proxy.")
    port: int = _setting(8000, _port, "Port to listen on; 0 takes a free one.")
    instance: Path = _setting(Path("instance"), _path, "Folder of the embedded database and the key file.", "instance")
    database_url: str = _setting("", _database, "PostgreSQL URL. Without it, SQLite in the instance folder.", "SQLite")
    keys: tuple[str, ...] = _setting((), _list, "Encryption keys, newest first, instead of the key file.", "key file")
    allow: tuple[Network, ...] = _setting((), _networks, "Networks that connectors may be in though otherwise forbidden.", "none")
    deny: tuple[Network, ...] = _setting((), _networks, "Networks that connectors may never be in.", "none")
    loopback: bool = _setting(
        None, _yes, "Whether connectors on this machine may be called.", "yes while listening on loopback only"
    )
    check_seconds: float = _setting(30.0, _seconds, "Time limit of a check, in seconds.", "30")
    check_workers: int = _setting(64, _count, "How many checks run at the same time; more wait.")
    practice: bool = _setting(True, _yes, "Whether the practice connector is offered.", "yes")
    behind_tls: bool = _setting(False, _yes, "Whether a proxy in front speaks TLS; needed to listen beyond loopback.", "no")
    log_level: str = _setting("INFO", _text, "How much is logged: DEBUG, INFO, WARNING or ERROR.")

    def __post_init__(self) -> None:
        object.__setattr__(self, "instance", self.instance.absolute())
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.instance / 'wizard.sqlite3'}")
        if self.loopback is None:
            object.__setattr__(self, "loopback", self.listens_on_loopback)

    @property
    def listens_on_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Reads the variables. Raises ConfigError that names every one that is wrong or not known."""
        given = os.environ if environment is None else environment
        known = {PREFIX + each.name.upper(): each for each in fields(cls)}
        problems = [f"{name} is not a setting." for name in given if name.startswith(PREFIX) and name not in known]
        values: dict[str, Any] = {}
        for name, each in known.items():
            if not given.get(name):
                continue
            try:
                values[each.name] = each.metadata["read"](given[name])
            except _Bad as expected:
                problems.append(f"{name} has to be {expected}.")
        if problems:
            raise ConfigError("\n".join(sorted(problems)))
        return cls(**values)


def settings_table() -> list[tuple[str, str, str]]:
    """Variable, default and meaning of every setting, for the README."""
    return [
        (PREFIX + each.name.upper(), each.metadata["shown"] or str(each.default), each.metadata["meaning"])
        for each in fields(Settings)
    ]
