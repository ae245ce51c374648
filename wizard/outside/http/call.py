"""The state of one HTTP call that its layers share, and the exception that says which of them broke."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from wizard.domain.check import REASONS, CheckObserver, Outcome, Stage, StageResult
from wizard.outside.http.address_policy import Address, Policy
from wizard.outside.http.certificates import Certificate, Trust
from wizard.outside.http.deadline import Deadline

Facts = dict[str, str]
Evidence = tuple[tuple[str, str], ...]
Endpoints = Sequence[tuple[socket.AddressFamily, tuple[Any, ...]]]
Resolve = Callable[[str, int], Endpoints]


class Failure(Exception):
    """A layer broke. `reason` is one of `wizard.domain.check.REASONS`, `sign` one of its `SIGNS`."""

    def __init__(
        self,
        stage: Stage,
        reason: str,
        facts: Facts | None = None,
        evidence: Evidence = (),
        sign: str | None = None,
    ) -> None:
        super().__init__(reason)
        self.stage, self.reason, self.facts, self.evidence = stage, reason, facts or {}, evidence
        self.sign = sign


@dataclass
class Call:
    """The state of a call, for the sockets that carry it out."""

    address: Address
    policy: Policy
    trust: Trust
    deadline: Deadline
    observer: CheckObserver
    resolve: Resolve
    facts: Facts = field(default_factory=dict)
    stage: Stage = Stage.DNS
    asked_for_certificate: bool = False
    asked_after_request: bool = False
    """Whether the server asked for a certificate only when it knew what was called."""
    chain: tuple[Certificate, ...] = ()
    """The certificate chain that the server presented, its own first."""
    greeting: bytes = b""
    """The first bytes with which the server answered a TLS handshake."""
    is_new: bool = False
    """Whether the running request opened a new connection."""
    is_answered: bool = False
    """Whether any byte of the answer has arrived."""
    body_follows: bool = False
    """Whether the head of a request is held back until its body comes."""
    head: bytes = b""
    ended: bool = False
    """Whether the server has closed its side."""

    def passed(self, stage: Stage, facts: Facts, evidence: Evidence = (), reason: str | None = None) -> None:
        """Reports that a layer was passed, with a remark if there is a reason."""
        outcome = REASONS[reason].outcome if reason else Outcome.PASSED
        self.observer.ended(StageResult(stage, outcome, reason, facts, evidence))

    def where(self) -> Facts:
        """The facts of every layer of this call, as far as they are known."""
        return {"host": self.address.host, "port": str(self.address.port), **self.facts}


current = threading.local()
"""`current.call` is the call of this thread: urllib3 reads and writes sockets without passing it along."""
