"""Settings from ERP_WIZARD_* variables: each is declared once, and all are validated together at the start."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from wizard import setting_values as values
from wizard.errors import ConfigError
from wizard.setting_values import (
    EVERYWHERE,
    LOOPBACK_NETWORKS,
    InvalidValue,
    Network,
    Practice,
    Queue,
    is_loopback_name,
)

__all__ = [
    "EVERYWHERE",
    "LOOPBACK_NETWORKS",
    "PREFIX",
    "Network",
    "Practice",
    "Queue",
    "Settings",
    "is_loopback_name",
    "settings_table",
]

PREFIX = "ERP_WIZARD_"


def _setting(
    default: Any, parse: Callable[[str], Any], meaning: str, default_text: str | None = None, *, secret: bool = False
) -> Any:
    metadata = {"parse": parse, "meaning": meaning, "default_text": default_text}
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; the variable is the name in capitals behind ERP_WIZARD_."""

    host: str = _setting(
        "127.0.0.1", values.host, "Address to listen on; one that others can reach needs a TLS proxy in front."
    )
    port: int = _setting(8000, values.integer(0, 65535), "Port to listen on; 0 takes a free one.")
    instance: Path = _setting(
        Path("instance"), values.path, "Folder of the database and the key file.", "instance in the current folder"
    )
    database_url: str = _setting(
        "",
        values.database,
        "PostgreSQL database, as postgresql://user:password@host/name.",
        "SQLite in the folder",
        secret=True,
    )
    database_connect_seconds: int = _setting(
        3, values.integer(1, 600), "Seconds that a PostgreSQL server has to take a connection."
    )
    database_statement_seconds: float = _setting(
        5.0,
        values.seconds,
        "Seconds that a PostgreSQL server has for a statement; commands have as long as they need.",
        "5",
    )
    keys: tuple[str, ...] = _setting(
        (),
        values.words,
        "Encryption keys, newest first, separated by commas.",
        "the key file in the folder",
        secret=True,
    )
    allow: tuple[Network, ...] = _setting(
        (),
        values.networks,
        "Networks that connectors may be in although the rules forbid it, like 169.254.7.0/24.",
        "none",
    )
    deny: tuple[Network, ...] = _setting(
        (),
        values.networks,
        "Networks that connectors may not be in, like 10.9.0.0/16; stronger than what is allowed.",
        "none",
    )
    allow_ports: tuple[int, ...] = _setting(
        (), values.ports, "Ports that connectors may have although other services own them, like 9042, 5985.", "none"
    )
    loopback: bool = _setting(
        None,
        values.boolean,
        "Whether connectors on this machine, under any of its addresses, may be called: yes or no.",
        "yes while listening on loopback only, without a TLS proxy",
    )
    superoffice_networks: tuple[Network, ...] = _setting(
        (),
        values.networks,
        "Networks like 10.0.0.0/8 in which SuperOffice runs too, so that their private addresses get no remark.",
        "none",
    )
    superoffice_environment: str = _setting(
        "",
        values.environment,
        "Environment of SuperOffice Online to link: online, qaonline or sod.",
        "as typed on the page",
    )
    superoffice_tenant: str = _setting(
        "", values.tenant, "Tenant of SuperOffice Online to link, like Cust12345.", "as typed on the page"
    )
    superoffice_client_id: str = _setting(
        "", str, "Client ID of the app that is registered for this wizard.", "as typed on the page"
    )
    superoffice_client_secret: str = _setting(
        "", str, "Client secret of that app.", "as typed on the page", secret=True
    )
    mail_url: str = _setting(
        "",
        values.mail_server,
        "Mail server of the notifications, like mailtos://user:password@smtp.example?from=erp-sync@acme.example.",
        "none: no notifications by mail",
        secret=True,
    )
    check_seconds: float = _setting(30.0, values.seconds, "Time limit of a check, in seconds.", "30")
    check_workers: int = _setting(64, values.integer(1, 1000), "How many checks run at the same time; more wait.")
    queue: Queue = _setting(
        Queue.POOL,
        values.queue,
        "What executes checks: pool, which is this process, or procrastinate, which is workers on PostgreSQL.",
        "pool",
    )
    watch_workers: int = _setting(
        32,
        values.integer(0, 1000),
        "How many of the tests that run by themselves may run at the same time; 0 leaves them to other processes.",
    )
    watch_days: int = _setting(
        365, values.integer(30, 36500), "Days for which it is kept how what is tested by itself worked."
    )
    silence_seconds: float = _setting(
        10.0,
        values.seconds,
        "Seconds without a sign of life of its process after which a check counts as interrupted.",
        "10",
    )
    practice: Practice = _setting(
        Practice.YES,
        values.practice,
        "Whether there are a practice connector and SuperOffice: yes or no; open lets other machines call them too.",
        "yes",
    )
    public_url: str = _setting(
        "",
        values.origin,
        "Address that browsers open, like https://erp-setup.example; https means that a TLS proxy is in front.",
        "none: only the names of this machine, like localhost",
    )
    trusted_proxies: tuple[Network, ...] = _setting(
        None,
        values.networks,
        "Networks of the proxies whose X-Forwarded headers are believed, like 10.0.0.5, 10.1.0.0/24.",
        "this machine, if ERP_WIZARD_PUBLIC_URL begins with https; else none",
    )
    metrics_networks: tuple[Network, ...] = _setting(
        LOOPBACK_NETWORKS,
        values.networks,
        "Networks that may read /metrics, like 10.0.0.9; behind a proxy the client's address counts.",
        "this machine",
    )
    behind_tls: bool = _setting(
        False, values.boolean, "Deprecated: believes any host and any proxy. Set ERP_WIZARD_PUBLIC_URL instead.", "no"
    )
    session_hours: int = _setting(
        12, values.integer(1, 744), "Hours without a click after which a person signs in again."
    )
    session_days: int = _setting(7, values.integer(1, 365), "Days after which a person signs in again in any case.")
    fresh_minutes: int = _setting(
        10,
        values.integer(1, 1440),
        "Minutes after a sign-in within which accounts and second factors can be changed without another one.",
    )
    activity_days: int = _setting(
        0, values.integer(0, 36500), "Days after which what somebody did is no longer listed; 0 keeps it for ever."
    )
    log_level: str = _setting("WARNING", values.log_level, "How much is logged: DEBUG, INFO, WARNING or ERROR.")
    log_format: str = _setting("text", values.log_format, "How it is logged: text for people, json for programs.")

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
        given: dict[str, Any] = {}
        for name, each in known.items():
            value = variables.get(name, "").strip()
            try:
                if value:
                    given[each.name] = each.metadata["parse"](value)
            except InvalidValue as error:
                found = f", not {value}" if each.repr else ""
                problems.append(f"{name} has to be {error}{found}.")
        if problems:
            raise ConfigError("\n".join(sorted(problems)))
        return cls(**given)


def _unknown(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1)
    return f"{name} is not a setting." + (f" Is it {PREFIX}{close[0]}?" if close else "")


def settings_table() -> list[tuple[str, str, str]]:
    """Variable, default and meaning of every setting, as docs/settings.md lists them."""
    return [
        (PREFIX + each.name.upper(), each.metadata["default_text"] or str(each.default), each.metadata["meaning"])
        for each in fields(Settings)
    ]
