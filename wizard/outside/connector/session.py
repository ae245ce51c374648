"""One check of a connector: the stage that is running, the results so far, and the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Required, TypedDict

from wizard.domain.check import NO_OBSERVER, REASONS, CheckObserver, Outcome, Stage, StageResult, Verdict, verdict_of
from wizard.domain.fields import ConfigField
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.report import Catalog, CheckReport, redacted, redacted_catalog, redacted_fields
from wizard.outside.http import (
    Address,
    AddressError,
    Cancelled,
    Deadline,
    Evidence,
    Facts,
    Failure,
    Policy,
    Resolve,
    TimeIsUp,
    Transport,
    Trust,
    read_address,
    system_resolve,
)
from wizard.outside.redaction import Redactor
from wizard.outside.soap.contract import Namespaces

WSDL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The URL to call, and the certificate authority to trust for it."""

    url: str
    trust: Trust = Trust()


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """`seconds` for the whole check, all its calls together."""

    seconds: float = 30.0


class CheckOptions(TypedDict, total=False):
    """The options of every check: the address policy, limits, the observer, a callback that requests cancellation, the
    resolver of host names, and those of the secrets that the connector's fields may name."""

    policy: Required[Policy]
    limits: CheckLimits
    observer: CheckObserver
    cancelled: Callable[[], bool]
    resolve: Resolve
    public: Collection[str]


@dataclass
class CheckSession:
    """The state of a running check. It observes the layers of the first call and the later stages, and completes and
    redacts what they report before it passes it on."""

    stages: Sequence[Stage]
    endpoint: Endpoint
    secrets: Collection[str]
    policy: Policy
    limits: CheckLimits = CheckLimits()
    observer: CheckObserver = NO_OBSERVER
    cancelled: Callable[[], bool] = lambda: False
    resolve: Resolve = system_resolve
    public: Collection[str] = ()
    results: dict[Stage, StageResult] = field(default_factory=dict)
    fields: tuple[ConfigField, ...] | None = None
    catalog: Catalog | None = None
    is_stored: bool | None = False
    namespaces: Namespaces = Namespaces()

    def __post_init__(self) -> None:
        self.deadline = Deadline(self.limits.seconds, self.cancelled)
        self.redactor = Redactor(self.secrets)
        self.was_cancelled = False
        self._started = time.monotonic()
        self._where: Facts = {}

    def started(self, stage: Stage) -> None:
        if stage == Stage.HTTP and self._is_open(Stage.TLS):
            self._end(StageResult(Stage.TLS, Outcome.SKIPPED, facts={"scheme": "http"}))
        if self._is_open(stage):
            self._started = time.monotonic()
            self.observer.started(stage)

    def ended(self, result: StageResult) -> None:
        """Completes what a layer or a later stage reports with where it was and how long it took."""
        if self._is_open(result.stage):
            facts = {**self._where, **result.facts}
            outcome, reason, evidence = result.outcome, result.reason, result.evidence
            self._end(StageResult(result.stage, outcome, reason, facts, evidence, self._elapsed()))

    def passed(self, stage: Stage, facts: Facts, evidence: Evidence, reason: str | None = None) -> None:
        """Ends a stage that passed, with a remark if there is a reason."""
        outcome = REASONS[reason].outcome if reason else Outcome.PASSED
        self.ended(StageResult(stage, outcome, reason, facts, evidence))

    def _is_open(self, stage: Stage) -> bool:
        return stage in self.stages and stage not in self.results

    @contextmanager
    def running(self) -> Iterator[None]:
        """Turns the first failure of the block, the end of its time or a cancellation into the result of the check."""
        try:
            yield
        except Failure as failure:
            self._fail(failure)
        except TimeIsUp:
            stage = next(filter(self._is_open, self.stages), self.stages[-1])
            self._fail(Failure(stage, "http.timeout", {"limit_seconds": f"{self.limits.seconds:g}"}))
        except Cancelled:
            self.was_cancelled = True

    def _fail(self, failure: Failure) -> None:
        stage = failure.stage if failure.stage in self.stages else self.stages[0]
        evidence = (*failure.evidence, ("reason", failure.reason))
        facts = self._where | failure.facts
        self._end(StageResult(stage, Outcome.FAILED, failure.reason, facts, evidence, self._elapsed()))
        for later in self.stages[self.stages.index(stage) + 1 :]:
            self.results.pop(later, None)

    @contextmanager
    def blaming(self, stage: Stage) -> Iterator[None]:
        """Attributes a failure of the block to this stage, whichever layer it is of."""
        try:
            yield
        except Failure as failure:
            raise Failure(stage, failure.reason, failure.facts, failure.evidence) from failure

    @contextmanager
    def client(self) -> Iterator[ConnectorClient]:
        """Opens a client for the endpoint. Raises Failure at stage `address`."""
        address = self._address()

        def aside() -> Transport:
            deadline = self.deadline.part(min(WSDL_SECONDS, self.deadline.left() / 2))
            return self._transport(address, deadline, NO_OBSERVER)

        with self._transport(address, self.deadline, self) as transport:
            client = ConnectorClient(transport, self.redactor, aside)
            yield client

    def report(self) -> CheckReport:
        results = tuple(self.results[stage] for stage in self.stages if stage in self.results)
        verdict = Verdict.CANCELLED
        if not self.was_cancelled:
            results = tuple(self.results.get(stage, StageResult(stage, Outcome.SKIPPED)) for stage in self.stages)
            verdict = verdict_of(results)
        fields = redacted_fields(self.fields, self._redactor_of_fields())
        catalog = redacted_catalog(self.catalog, self.redactor)
        return CheckReport(results, verdict, fields, catalog, self.namespaces, self.is_stored)

    def _redactor_of_fields(self) -> Redactor:
        return Redactor(set(self.secrets) - set(self.public)) if self.public else self.redactor

    def _address(self) -> Address:
        self.started(Stage.ADDRESS)
        try:
            address = read_address(self.endpoint.url, self.policy)
        except AddressError as error:
            raise Failure(Stage.ADDRESS, error.reason, error.facts) from error
        self._where = {"host": address.host, "port": str(address.port)}
        facts = {"scheme": address.scheme, **self._where}
        evidence = (*facts.items(), ("path", address.target))
        self.passed(Stage.ADDRESS, facts, evidence, "address.plain_http" if address.is_plain_http else None)
        return address

    def _transport(self, address: Address, deadline: Deadline, observer: CheckObserver) -> Transport:
        return Transport(
            address,
            policy=self.policy,
            trust=self.endpoint.trust,
            deadline=deadline,
            observer=observer,
            resolve=self.resolve,
        )

    def _end(self, result: StageResult) -> None:
        """Stores a result, redacted: every text of a server passes here before it is stored or shown."""
        self.results[result.stage] = redacted(result, self.redactor)
        self.observer.ended(self.results[result.stage])

    def _elapsed(self) -> int:
        return round((time.monotonic() - self._started) * 1000)
