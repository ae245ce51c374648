"""The connection under test: its calls, each with a limit of its own, and the findings so far."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from wizard.domain.check import Outcome
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.conformance.findings import Finding, NothingToTry, Violation
from wizard.outside.http import Deadline, Failure, TimeIsUp
from wizard.outside.redaction import Redactor
from wizard.outside.soap import contract as c

SLOW_MS = 5000
"""SuperOffice's mark for a slow call (NsApiSlow threshold, docs/superoffice.md: Slow calls)."""


@dataclass
class ConformanceSession:
    """The connection under test, what its connector offers, and the findings so far."""

    client: ConnectorClient
    values: Mapping[str, str]
    redactor: Redactor
    call_seconds: float
    deadline: Deadline
    """No call is begun after it."""
    on_finding: Callable[[Finding], None] = lambda _: None
    guid: str = field(default_factory=lambda: str(uuid.uuid4()))
    findings: list[Finding] = field(default_factory=list)
    fields: Sequence[c.FieldMetadata] = ()
    types: Sequence[str] = ()
    type_fields: dict[str, Sequence[c.FieldMetadata]] = field(default_factory=dict)
    actors: dict[str, Sequence[c.Actor]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    """Operations that did not answer in time. They are not called again, which would take as long again."""
    saved: bool = False
    late: bool = False

    @contextmanager
    def case(self, name: str, operation: str) -> Iterator[None]:
        """Runs one case and records its finding; a failure of any layer is one."""
        started = time.monotonic()
        outcome, says = Outcome.PASSED, ""
        try:
            yield
        except Violation as violation:
            outcome, says = violation.outcome, violation.says
        except NothingToTry as reason:
            outcome, says = Outcome.SKIPPED, str(reason)
        except TimeIsUp:
            self.late = True
            outcome, says = Outcome.SKIPPED, "not tried, as the time was up"
        except Failure as failure:
            outcome, says = Outcome.FAILED, _describe(failure)
        elapsed = round((time.monotonic() - started) * 1000)
        if outcome == Outcome.PASSED and elapsed > SLOW_MS:
            outcome, says = Outcome.WARNING, f"took {elapsed} ms; SuperOffice logs calls over {SLOW_MS} ms as slow"
        finding = Finding(self.redactor.beginning(name, 200), operation, outcome, self._shown(says), elapsed)
        self.findings.append(finding)
        self.on_finding(finding)

    def _shown(self, says: str) -> str:
        return self.redactor.beginning(says, 500)

    def call(self, operation: str, **members: Any) -> Any:
        """A call about the throw-away connection."""
        return self.ask(operation, c.OPERATIONS[operation].request(connection_guid=self.guid, **members))

    def ask(self, operation: str, request: Any) -> Any:
        with self.limited(operation):
            return self.client.call(operation, request)[0]

    @contextmanager
    def limited(self, operation: str) -> Iterator[None]:
        """Gives the call of the block a limit of its own. Raises TimeIsUp where the whole run is over its time."""
        if operation in self.silent:
            raise NothingToTry(f"not tried, as {operation} did not answer in time before")
        self.deadline.left()
        try:
            with self.client.within(Deadline(self.call_seconds)):
                yield
        except Failure as failure:
            if failure.reason.endswith(".timeout"):
                self.silent.add(operation)
            raise


def _describe(failure: Failure) -> str:
    """A failure as a connector's developer needs it: the reason, the facts, and all of what the connector answered."""
    named = {name: text for name, text in failure.facts.items() if text and name != "said"}
    facts = ", ".join(f"{name} {text}" for name, text in named.items())
    rows = dict(failure.evidence)
    said = [rows[label] for label in ("fault", "fault detail", "error") if rows.get(label)]
    if not said and failure.reason != "contract.misread":  # its facts are the place in the body
        said = [rows.get("body", "")]
    return "; ".join(filter(None, [f"{failure.reason}: {facts}", *said]))
