"""A way in which a real server brings a reason about."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.wire import certificates, hosts
from wizard.config import Network
from wizard.domain.check import Stage
from wizard.outside.connector import (
    CheckLimits,
    CheckOptions,
    CheckReport,
    Endpoint,
    check_connection,
    check_connector,
    save_connection,
)
from wizard.outside.http import Policy, Resolve, Trust
from wizard.outside.soap.contract import (
    ZERO_GUID,
)

SECRET = "hunter2"


@dataclass(frozen=True)
class Way:
    """One way to a reason. `url` has `{port}` where the host's is; `test` and `save` go on beyond the connector.

    `given` makes the PEM that is trusted, if it is not that of the tests' authority.
    """

    reason: str
    name: str
    speak: hosts.Speak | None = None
    url: str = "http://127.0.0.1:{port}/x.svc"
    tls: Callable[[], ssl.SSLContext] | None = None
    trusted: bool = True
    given: Callable[[], str] | None = None
    goes: str = "check"
    stage: Stage | None = None
    seconds: float = 60.0
    resolve: Resolve | None = None
    allow_loopback: bool = True
    superoffice: Sequence[Network] | None = None
    sign: str | None = None
    """The sign that explains the reason, where that is what the way is for."""

    @property
    def expected_stage(self) -> Stage:
        return self.stage or Stage(self.reason.partition(".")[0])

    @contextmanager
    def place(self) -> Iterator[str]:
        """The URL, with its host running."""
        if self.speak is None:
            yield self.url
            return
        special = {hosts.FULL: hosts.full, hosts.REFUSING: hosts.refusing, hosts.HALF_DEAD: hosts.half_dead}.get(
            self.speak
        )
        with special() if special else hosts.server(self.speak, self.tls() if self.tls else None) as port:
            yield self.url.format(port=port)

    def go(self, url: str) -> CheckReport:
        """The check that it asks for, of the place at this URL."""
        given = self.given() if self.given else certificates.authority_pem()
        endpoint = Endpoint(url, Trust(given if self.trusted else None))
        options: CheckOptions = {
            "policy": Policy(loopback=self.allow_loopback, superoffice=self.superoffice),
            "limits": CheckLimits(self.seconds),
        }
        if self.resolve is not None:
            options["resolve"] = self.resolve
        match self.goes:
            case "test":
                return check_connection(endpoint, {"Password": SECRET}, [SECRET], **options)
            case "save":
                return save_connection(endpoint, ZERO_GUID, {"Password": SECRET}, [SECRET], **options)
            case _:
                return check_connector(endpoint, **options)
