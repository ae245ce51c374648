"""What the checks of a connector and of the link with SuperOffice share while they run."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from wizard.domain.check import (
    NO_OBSERVER,
    OWN_FACTS,
    REASONS,
    CheckObserver,
    Outcome,
    Stage,
    StageResult,
    Verdict,
    verdict_of,
)
from wizard.outside.http import Cancelled, Deadline, Evidence, Facts, Failure, TimeIsUp
from wizard.outside.redaction import Redactor

MAX_TEXT_LENGTH = 4000
MAX_LABEL_LENGTH = 254


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """`seconds` for the whole check, all its calls together."""

    seconds: float = 30.0


@dataclass(frozen=True)
class Report:
    """The results of a check, and the verdict over them."""

    results: tuple[StageResult, ...]
    verdict: Verdict


class RunOptions(TypedDict, total=False):
    """The limits of a check, the observer, and a callback that requests cancellation."""

    limits: CheckLimits
    observer: CheckObserver
    cancelled: Callable[[], bool]


class RunningCheck:
    """The results so far and the time that is left. It observes the layers of the first call and the later stages, and
    completes and redacts what they report before it passes it on."""

    timeout_reason = "http.timeout"
    """Why a stage fails that has not ended when the time is up."""

    def __init__(self, stages: Sequence[Stage], secrets: Collection[str], **options: Unpack[RunOptions]) -> None:
        self.stages, self.secrets = stages, secrets
        self.limits = options.get("limits", CheckLimits())
        self.observer = options.get("observer", NO_OBSERVER)
        self.deadline = Deadline(self.limits.seconds, options.get("cancelled", lambda: False))
        self.redactor = Redactor(secrets)
        self.results: dict[Stage, StageResult] = {}
        self.was_cancelled = False
        self.where: Facts = {}
        self._started = time.monotonic()

    def started(self, stage: Stage) -> None:
        if stage == Stage.HTTP and self._is_open(Stage.TLS):
            self._end(StageResult(Stage.TLS, Outcome.SKIPPED, facts={"scheme": "http"}))
        if self._is_open(stage):
            self._started = time.monotonic()
            self.observer.started(stage)

    def ended(self, result: StageResult) -> None:
        """Completes what a layer or a later stage reports with where it was and how long it took."""
        if self._is_open(result.stage):
            facts = {**self.where, **result.facts}
            outcome, reason, evidence = result.outcome, result.reason, result.evidence
            self._end(StageResult(result.stage, outcome, reason, facts, evidence, self._elapsed()))

    def passed(self, stage: Stage, facts: Facts, evidence: Evidence, reason: str | None = None) -> None:
        """Ends a stage that passed, with a remark if there is a reason."""
        outcome = REASONS[reason].outcome if reason else Outcome.PASSED
        self.ended(StageResult(stage, outcome, reason, facts, evidence))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Turns the first failure of the block, the end of its time or a cancellation into the result of the check."""
        try:
            yield
        except Failure as failure:
            self._fail(failure)
        except TimeIsUp:
            stage = next(filter(self._is_open, self.stages), self.stages[-1])
            self._fail(Failure(stage, self.timeout_reason, {"limit_seconds": f"{self.limits.seconds:g}"}))
        except Cancelled:
            self.was_cancelled = True

    @contextmanager
    def blaming(self, stage: Stage) -> Iterator[None]:
        """Attributes a failure of the block to this stage, whichever layer it is of."""
        try:
            yield
        except Failure as failure:
            raise Failure(stage, failure.reason, failure.facts, failure.evidence, failure.sign) from failure

    def findings(self) -> tuple[tuple[StageResult, ...], Verdict]:
        """The results and the verdict over them; stages that were not reached are skipped ones."""
        results = tuple(self.results[stage] for stage in self.stages if stage in self.results)
        if self.was_cancelled:
            return results, Verdict.CANCELLED
        results = tuple(self.results.get(stage, StageResult(stage, Outcome.SKIPPED)) for stage in self.stages)
        return results, verdict_of(results)

    def redact(self, secrets: Collection[str]) -> None:
        """Blacks out these secrets from now on."""
        self.secrets, self.redactor = secrets, Redactor(secrets)

    def _is_open(self, stage: Stage) -> bool:
        return stage in self.stages and stage not in self.results

    def _fail(self, failure: Failure) -> None:
        stage = failure.stage if failure.stage in self.stages else self.stages[0]
        evidence = (*failure.evidence, ("reason", failure.reason))
        evidence += (("sign", failure.sign),) if failure.sign else ()
        facts = self.where | failure.facts
        self._end(StageResult(stage, Outcome.FAILED, failure.reason, facts, evidence, self._elapsed(), failure.sign))
        for later in self.stages[self.stages.index(stage) + 1 :]:
            self.results.pop(later, None)

    def _end(self, result: StageResult) -> None:
        """Stores a result, redacted: every text of a server passes here before it is stored or shown."""
        self.results[result.stage] = redacted(result, self.redactor)
        self.observer.ended(self.results[result.stage])

    def _elapsed(self) -> int:
        return round((time.monotonic() - self._started) * 1000)


def without_secrets(results: Iterable[StageResult], redactor: Redactor) -> tuple[StageResult, ...]:
    """The results without its secrets."""
    given = tuple(results)
    if all(result == result.without_answer() for result in given):
        return given  # in what no server has said there is none
    return tuple(redacted(result, redactor) for result in given)


def redacted(result: StageResult, redactor: Redactor) -> StageResult:
    """The result with masked secrets, and with texts of a length that can be stored and shown.

    Facts that no server has written stay: a secret that is just `4` would make a port unreadable.
    """
    cut = redactor.beginning
    facts = {name: text if name in OWN_FACTS else cut(text, MAX_TEXT_LENGTH) for name, text in result.facts.items()}
    evidence = tuple((cut(label, MAX_LABEL_LENGTH), cut(text, MAX_TEXT_LENGTH)) for label, text in result.evidence)
    if facts == result.facts and evidence == result.evidence:
        return result  # mostly: making it anew costs more than looking
    return replace(result, facts=facts, evidence=evidence)
