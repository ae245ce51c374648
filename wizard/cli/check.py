"""`erp-wizard check`: several URLs at once, shown in the order in which they were given."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
from flask_babel import gettext as _

from wizard.cli.config_file import encode_values, read
from wizard.cli.live import LiveCheck, follow
from wizard.config import Settings
from wizard.domain.check import CONNECTION_STAGES, CONNECTOR_STAGES, CheckObserver, RunKind, Stage
from wizard.domain.text_encoding import UndecodableText, decode_text
from wizard.errors import InvalidFile
from wizard.outside.connector import (
    CheckLimits,
    CheckReport,
    Endpoint,
    check_configuration,
    check_connector,
)
from wizard.outside.http import BadCertificate, Policy, Trust, check_pem

MIN_SECRET_LENGTH = 4


@dataclass(frozen=True)
class Request:
    """What is asked of each URL. `given` are the values of a configuration file by field key."""

    policy: Policy
    limits: CheckLimits
    trust: Trust = Trust()
    given: Mapping[str, str] | None = None

    @property
    def possible_secrets(self) -> tuple[str, ...]:
        """Given values, until the fields tell which are passwords; short ones would black out half of every text."""
        return tuple(value for value in (self.given or {}).values() if len(value) >= MIN_SECRET_LENGTH)

    @property
    def kind(self) -> RunKind:
        return RunKind.CONNECTOR if self.given is None else RunKind.CONNECTION

    @property
    def stages(self) -> Sequence[Stage]:
        return CONNECTOR_STAGES if self.given is None else CONNECTION_STAGES


def request_from(timeout: float, ca_file: Path | None, config: Path | None) -> Request:
    """Reads the files. Raises click.UsageError for one that cannot be used, ConfigError for a bad setting."""
    settings = Settings.from_environment()
    try:
        return Request(
            policy=_policy(settings),
            limits=CheckLimits(timeout),
            trust=_trust(ca_file) if ca_file else Trust(),
            given=read(config) if config else None,
        )
    except InvalidFile as error:
        raise click.UsageError(str(error)) from error


def _policy(settings: Settings) -> Policy:
    """Whoever has a shell on this machine may call it."""
    return Policy(settings.allow, settings.deny, True, settings.allow_ports, settings.superoffice_networks)


def run(urls: Sequence[str], request: Request, *, as_json: bool) -> int:
    """Checks them and prints what was found. Returns the exit code."""
    runs = [LiveCheck(url, partial(check_one, url, request)) for url in urls]
    return follow(runs, request.kind, request.stages, request.limits.seconds, as_json=as_json)


def check_one(url: str, request: Request, observer: CheckObserver, stopped: threading.Event) -> CheckReport:
    """Checks a connector, and tests the given values with it. Raises InvalidFile for values that its fields refuse."""
    endpoint = Endpoint(url, request.trust)
    policy, limits, given = request.policy, request.limits, request.given
    if given is None:
        return check_connector(endpoint, policy=policy, limits=limits, observer=observer, cancelled=stopped.is_set)
    return check_configuration(
        endpoint,
        lambda fields: encode_values(fields, given),
        request.possible_secrets,
        policy=policy,
        limits=limits,
        observer=observer,
        cancelled=stopped.is_set,
    )


def _trust(ca_file: Path) -> Trust:
    try:
        pem = _remarks_and_pem(ca_file.read_bytes())
        check_pem(pem)
    except (OSError, UndecodableText, BadCertificate) as error:
        raise click.UsageError(_("%(file)s holds no certificate in PEM form.", file=ca_file)) from error
    return Trust(pem)


def _remarks_and_pem(content: bytes) -> str:
    """The PEM is ASCII; remarks before it may be in any code page."""
    try:
        return decode_text(content)
    except UndecodableText:
        if b"\0" in content:
            raise
        return content.decode("latin-1")
