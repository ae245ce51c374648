"""The stages of a run that saves in SuperOffice: what has begun, how each has ended, and the report of them."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from wizard.domain.check import Outcome, Stage, StageResult, Verdict, verdict_of
from wizard.outside.connector import Catalog, CheckOptions, CheckReport, without_secrets
from wizard.outside.http import Cancelled, Evidence, Facts
from wizard.outside.redaction import Redactor
from wizard.outside.superoffice import SuperOfficeError


class Refused(Exception):
    """What was to be saved cannot be, for a reason that we have found ourselves."""

    def __init__(self, reason: str, facts: Facts | None = None, evidence: Evidence = ()) -> None:
        super().__init__(reason)
        self.reason, self.facts, self.evidence = reason, facts or {}, evidence


class Recorder:
    """Goes through `stages` in their order; what is stored and shown of them has no secret."""

    def __init__(self, stages: Sequence[Stage], secrets: Collection[str], options: CheckOptions) -> None:
        self._stages, self._redactor = stages, Redactor(secrets)
        self._observer = options["observer"]
        self._results: list[StageResult] = []
        self._was_cancelled = False
        self._begun = time.monotonic()

    @contextmanager
    def running(self, *, at_once: bool = False) -> Iterator[None]:
        """Makes the first error of the block the result of the stage that is open.

        `at_once`: the first stage ends at once, so that nobody has to be notified of its start.
        """
        if not at_once:
            self._start()
        try:
            yield
        except SuperOfficeError as error:
            self._fail(error.reason, dict(error.result.facts), error.result.evidence)
        except Refused as refused:
            self._fail(refused.reason, refused.facts, refused.evidence)
        except Cancelled:
            self._was_cancelled = True

    def passed(self, facts: Facts | None = None, evidence: Evidence = (), reason: str | None = None) -> None:
        """Ends the open stage and begins the next one; with a remark if there is a reason."""
        self._end(Outcome.WARNING if reason else Outcome.PASSED, reason, facts or {}, evidence)
        self._start()

    def report(self, catalog: Catalog | None = None) -> CheckReport:
        results = tuple(self._results)
        if self._was_cancelled:
            return CheckReport(results, Verdict.CANCELLED)
        rest = (StageResult(stage, Outcome.SKIPPED) for stage in self._stages[len(results) :])
        return CheckReport((*results, *rest), verdict_of(results), catalog=catalog)

    def _start(self) -> None:
        self._begun = time.monotonic()
        if len(self._results) < len(self._stages):
            self._observer.started(self._stages[len(self._results)])

    def _fail(self, reason: str, facts: Facts, evidence: Evidence) -> None:
        self._end(Outcome.FAILED, reason, facts, (*evidence, ("reason", reason)))

    def _end(self, outcome: Outcome, reason: str | None, facts: Facts, evidence: Evidence) -> None:
        elapsed = round((time.monotonic() - self._begun) * 1000)
        stage = self._stages[len(self._results)]
        (result,) = without_secrets(
            [StageResult(stage, outcome, reason, dict(facts), tuple(evidence), elapsed)], self._redactor
        )
        self._results.append(result)
        self._observer.ended(result)
