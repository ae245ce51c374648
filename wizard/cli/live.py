"""Shows checks while they run, for the commands that check something: as lines of text, or as JSON."""

from __future__ import annotations

import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from types import FrameType

import click

from wizard.cli.text_report import TextReport, echo_json, render_json
from wizard.domain.check import CheckObserver, RunKind, Stage, StageResult, Verdict
from wizard.errors import InvalidFile
from wizard.outside.running_check import Report

AT_ONCE = 8
"""Each may hold an answer of 8 MB and what was read of it."""
TICK_SECONDS = 0.1
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells count it: 128 and the number of SIGINT."""

_GOOD = (Verdict.PASSED, Verdict.WARNING)
Perform = Callable[[CheckObserver, threading.Event], Report]
"""Runs a check until it ends or the event asks it to stop. Raises InvalidFile for values that cannot be used."""


def follow(
    runs: Sequence[LiveCheck], kind: RunKind, stages: Sequence[Stage], limit_seconds: float, *, as_json: bool
) -> int:
    """Runs the checks at once and prints what was found in their order. Returns the exit code."""
    stopped = threading.Event()
    show = _ShowJson(several=len(runs) > 1) if as_json else _ShowText(kind, stages, limit_seconds)
    with (
        _stop_on_ctrl_c(stopped),
        ThreadPoolExecutor(min(AT_ONCE, len(runs)), thread_name_prefix="check") as pool,
    ):
        try:
            for each in runs:
                each.start(pool, stopped)
            for each in runs:
                show.follow(each)
                each.report = None  # it may be large
            show.finish(runs)
        except BaseException:
            stopped.set()
            raise
    return _exit_code(runs)


@dataclass
class LiveCheck:
    """One check in a thread of the pool. As its observer it queues each event for the thread that prints."""

    url: str
    perform: Perform
    events: queue.SimpleQueue[Stage | StageResult | None] = field(default_factory=queue.SimpleQueue)
    report: Report | None = None
    verdict: Verdict | None = None
    problem: str | None = None

    def start(self, pool: ThreadPoolExecutor, stopped: threading.Event) -> None:
        in_language = copy_context().run
        future = pool.submit(in_language, self.perform, self, stopped)
        future.add_done_callback(lambda _: self.events.put(None))
        self._future: Future[Report] = future

    def started(self, stage: Stage) -> None:
        self.events.put(stage)

    def ended(self, result: StageResult) -> None:
        self.events.put(result)

    def finish(self) -> None:
        """Fetches the report, once None has ended the events."""
        try:
            self.report = self._future.result()
            self.verdict = self.report.verdict
        except InvalidFile as error:
            self.problem = str(error)
        del self._future


class _ShowText:
    """Lines for people; the run that is being shown is live, later ones wait with what they have."""

    def __init__(self, kind: RunKind, stages: Sequence[Stage], limit_seconds: float) -> None:
        self._limit_seconds = limit_seconds
        self._text = TextReport.on_stdout(stages, kind)

    def follow(self, run: LiveCheck) -> None:
        """Shows a run to its end."""
        self._text.begin(run.url)
        printed: set[Stage] = set()
        while (result := self._next_result(run)) is not None:
            printed.add(result.stage)
            self._text.ended(result)
        run.finish()
        if run.report is None:
            self._text.problem(run.problem or "")
            return
        for result in run.report.results:
            if result.stage not in printed:
                self._text.ended(result)
        self._text.end(run.report)

    def _next_result(self, run: LiveCheck) -> StageResult | None:
        """The next stage that has ended; until then the one that runs is drawn. None at the end."""
        running: Stage | None = None
        since = time.monotonic()
        while True:
            try:
                event = run.events.get(timeout=TICK_SECONDS)
            except queue.Empty:
                if running is not None:
                    elapsed = round((time.monotonic() - since) * 1000)
                    self._text.running(running, elapsed, self._limit_seconds)
                continue
            if not isinstance(event, Stage):
                return event
            running, since = event, time.monotonic()

    def finish(self, runs: Sequence[LiveCheck]) -> None:
        if len(runs) > 1:
            self._text.count([run.verdict or Verdict.FAILED for run in runs])


class _ShowJson:
    """One object for one URL, a list of them for several, each as soon as it is there."""

    def __init__(self, *, several: bool) -> None:
        self._several = several
        self._shown = 0

    def follow(self, run: LiveCheck) -> None:
        while run.events.get() is not None:
            pass
        run.finish()
        if run.report is None:
            click.echo(run.problem, err=True)
            return
        if self._several:
            click.echo(",\n  " if self._shown else "[\n  ", nl=False)
        echo_json(render_json(run.url, run.report), margin="  " if self._several else "")
        self._shown += 1

    def finish(self, runs: Sequence[LiveCheck]) -> None:
        if self._shown:
            click.echo("\n]" if self._several else "")


@contextmanager
def _stop_on_ctrl_c(stopped: threading.Event) -> Iterator[None]:
    """The first Ctrl-C ends the checks, and what they have found is shown; a second one ends the program."""

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _exit_code(runs: Sequence[LiveCheck]) -> int:
    if any(run.problem for run in runs):
        return 2
    verdicts = [run.verdict for run in runs if run.verdict]
    if Verdict.CANCELLED in verdicts:
        return INTERRUPTED
    return 0 if all(verdict in _GOOD for verdict in verdicts) else 1
