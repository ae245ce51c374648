"""`erp-wizard check`: several URLs at once, shown in the order in which they were given."""

from __future__ import annotations

import queue
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click
from flask_babel import gettext as _

from wizard.cli.config_file import encode_values, read
from wizard.cli.text_report import TextReport, echo_json, render_json
from wizard.config import Settings
from wizard.domain.check import CONNECTION_STAGES, CONNECTOR_STAGES, CheckObserver, Stage, StageResult, Verdict
from wizard.errors import InvalidFile
from wizard.outside.connector import (
    CheckLimits,
    CheckReport,
    Endpoint,
    check_configuration,
    check_connector,
)
from wizard.outside.http import BadCertificate, Policy, Trust, check_pem

AT_ONCE = 8
"""Each may hold an answer of 8 MB and what was read of it."""
MIN_SECRET_LENGTH = 4
TICK_SECONDS = 0.1
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells count it: 128 and the number of SIGINT."""

_GOOD = (Verdict.PASSED, Verdict.WARNING)


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
    stopped = threading.Event()
    runs = [_UrlCheck(url) for url in urls]
    show = _ShowJson(several=len(runs) > 1) if as_json else _ShowText(request)
    with (
        _stop_on_ctrl_c(stopped),
        ThreadPoolExecutor(min(AT_ONCE, len(runs)), thread_name_prefix="check") as pool,
    ):
        try:
            for each in runs:
                each.start(pool, request, stopped)
            for each in runs:
                show.follow(each)
                each.report = None  # it may be large
            show.finish(runs)
        except BaseException:
            stopped.set()
            raise
    return _exit_code(runs)


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


@dataclass
class _UrlCheck:
    """The check of one URL in a thread of the pool. As its observer it queues each event for the thread that prints."""

    url: str
    events: queue.SimpleQueue[Stage | StageResult | None] = field(default_factory=queue.SimpleQueue)
    report: CheckReport | None = None
    verdict: Verdict | None = None
    problem: str | None = None

    def start(self, pool: ThreadPoolExecutor, request: Request, stopped: threading.Event) -> None:
        in_language = copy_context().run
        future = pool.submit(in_language, check_one, self.url, request, self, stopped)
        future.add_done_callback(lambda _: self.events.put(None))
        self._future: Future[CheckReport] = future

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

    def __init__(self, request: Request) -> None:
        self._request = request
        self._text = TextReport.on_stdout(request.stages)

    def follow(self, run: _UrlCheck) -> None:
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
        self._text.end(run.report, with_config=self._request.given is not None)

    def _next_result(self, run: _UrlCheck) -> StageResult | None:
        """The next stage that has ended; until then the one that runs is drawn. None at the end."""
        running: Stage | None = None
        since = time.monotonic()
        while True:
            try:
                event = run.events.get(timeout=TICK_SECONDS)
            except queue.Empty:
                if running is not None:
                    elapsed = round((time.monotonic() - since) * 1000)
                    self._text.running(running, elapsed, self._request.limits.seconds)
                continue
            if not isinstance(event, Stage):
                return event
            running, since = event, time.monotonic()

    def finish(self, runs: Sequence[_UrlCheck]) -> None:
        if len(runs) > 1:
            self._text.count([run.verdict or Verdict.FAILED for run in runs])


class _ShowJson:
    """One object for one URL, a list of them for several, each as soon as it is there."""

    def __init__(self, *, several: bool) -> None:
        self._several = several
        self._shown = 0

    def follow(self, run: _UrlCheck) -> None:
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

    def finish(self, runs: Sequence[_UrlCheck]) -> None:
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


def _exit_code(runs: Sequence[_UrlCheck]) -> int:
    if any(run.problem for run in runs):
        return 2
    verdicts = [run.verdict for run in runs if run.verdict]
    if Verdict.CANCELLED in verdicts:
        return INTERRUPTED
    return 0 if all(verdict in _GOOD for verdict in verdicts) else 1


def _trust(ca_file: Path) -> Trust:
    try:
        pem = ca_file.read_text("ascii")
        check_pem(pem)
    except (OSError, UnicodeDecodeError, BadCertificate) as error:
        raise click.UsageError(_("%(file)s holds no certificate in PEM form.", file=ca_file)) from error
    return Trust(pem)
