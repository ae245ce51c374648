"""HTTP requests to the hosts of a SuperOffice, over the guarded transport."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict
from urllib.parse import urlsplit

from wizard.domain.check import NO_OBSERVER, CheckObserver, Outcome, Stage, StageResult
from wizard.outside.http import (
    AddressError,
    Deadline,
    Failure,
    Policy,
    Resolve,
    Response,
    Transport,
    Trust,
    read_address,
    system_resolve,
)
from wizard.outside.superoffice.calls.errors import SuperOfficeError, error_of, refusal

MAX_BODY = 40 * 1024 * 1024
"""Some 100,000 users: SuperOffice's lists come in one piece."""


class CallOptions(TypedDict, total=False):
    """Who is notified of the layers, and how names are looked up."""

    observer: CheckObserver
    resolve: Resolve


class Caller:
    """Keeps one connection to each host. Close it, or use it as a context."""

    def __init__(
        self,
        *,
        policy: Policy,
        deadline: Deadline,
        ca_pem: str = "",
        observer: CheckObserver = NO_OBSERVER,
        resolve: Resolve = system_resolve,
    ) -> None:
        self.policy, self.deadline = policy, deadline
        self._trust = Trust(ca_pem or None)
        self._observer, self._resolve = observer, resolve
        self._transports: dict[str, Transport] = {}

    def request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None, *, is_fresh: bool = False
    ) -> Response:
        """One request; `is_fresh` makes it on a new connection, so that it is never sent twice.

        Raises SuperOfficeError and Cancelled.
        """
        transport = self._transport(url, is_fresh=is_fresh)
        try:
            return transport.request(method, headers, body, _target(url))
        except Failure as failure:
            raise error_of(failure) from failure

    def slow(self) -> SuperOfficeError:
        """The error of a deadline that is over."""
        return refusal("slow", {"limit_seconds": f"{self.deadline.seconds:g}"})

    def close(self) -> None:
        for transport in self._transports.values():
            transport.__exit__()
        self._transports.clear()

    def _transport(self, url: str, *, is_fresh: bool) -> Transport:
        origin = urlsplit(url).netloc.lower()
        if is_fresh and origin in self._transports:
            self._transports.pop(origin).__exit__()
        if origin not in self._transports:
            self._transports[origin] = self._open(url)
        return self._transports[origin]

    def _open(self, url: str) -> Transport:
        try:
            address = read_address(url, self.policy)
        except AddressError as error:
            raise SuperOfficeError(StageResult(Stage.ADDRESS, Outcome.FAILED, error.reason, error.facts)) from error
        return Transport(
            address,
            policy=self.policy,
            trust=self._trust,
            deadline=self.deadline,
            observer=self._observer,
            resolve=self._resolve,
            max_body=MAX_BODY,
        )


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
