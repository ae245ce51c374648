"""Executes a check run in the background and stores its findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from time import sleep
from typing import NamedTuple, TypeVar

from flask import current_app
from sqlalchemy import select

from wizard import metrics
from wizard.domain.check import Outcome, RunKind, RunState, Stage, StageResult, Verdict
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import UNFINISHED, CheckRun
from wizard.models.columns import now
from wizard.models.database import DatabaseUnavailable, NoConnectionFree, asynchronous_commit, update_row
from wizard.models.timeouts import statement_timeout
from wizard.outside.connector import (
    CheckLimits,
    CheckOptions,
    CheckReport,
    Endpoint,
    check_connection,
    check_connector,
    delete_connection,
    save_connection,
    without_secrets,
)
from wizard.outside.http import Policy, Trust
from wizard.outside.redaction import Redactor
from wizard.services import audit
from wizard.services.checks.runs import is_alive
from wizard.services.checks.secrets import KnownSecrets

MAX_ATTEMPTS = 20
PAUSE_SECONDS = 1.0
"""So often, and after such a pause, a run is written while the database does not take it."""
PROGRESS_SECONDS = 0.2
"""How long a check waits for the database between two stages."""

REMOVAL_PAUSE_SECONDS = 0.2
_BEFORE_ANY_ANSWER = (Stage.ADDRESS, Stage.DNS, Stage.CONNECT)

Written = TypeVar("Written")
Cancelled = Callable[[], bool]
AfterCommit = Callable[[Cancelled], None]
Perform = Callable[[CheckRun, Collection[str], CheckOptions], CheckReport]
"""Does what a run of a kind is for. It is given the secrets to black out, and leaves no transaction open."""
FollowUp = Callable[[CheckRun, CheckReport], AfterCommit | None]
"""Applies the report of a finished run to the rows that the run is about, in the transaction that stores the report.

What it returns is called once that is committed.
"""


class Work(NamedTuple):
    """What is done for the runs of a kind, and then with their reports."""

    perform: Perform
    follow_up: FollowUp


def execute_run(
    works: Mapping[RunKind, Work], run_id: str, *, cancelled: Cancelled, interrupted: Callable[[], bool]
) -> None:
    """Executes a run to its end. `interrupted`: it was cancelled because its process ends."""
    with asynchronous_commit():  # after a power cut, a run that waits is resumed like one that was running
        begun = persistently(lambda: _begin(run_id))
    if begun is None:
        return
    run, secrets = begun
    perform, follow_up = works[run.kind]  # read here: the row may be out of reach after the check
    report = perform(run, secrets.at_start, _options(run, secrets, cancelled))
    if report.verdict == Verdict.CANCELLED and interrupted() and job_queue().hands_over():
        return
    after_commit = persistently(lambda: _store(run_id, report, secrets, follow_up, interrupted=interrupted()))
    if after_commit is not None:
        after_commit(cancelled)


def _begin(run_id: str) -> tuple[CheckRun, KnownSecrets] | None:
    """Marks a run as running; None if it has ended meanwhile."""
    run = db.session.get_one(CheckRun, run_id, with_for_update=True, populate_existing=True)
    if not run.unfinished:
        return None
    run.state, run.started_at, run.heartbeat_at = RunState.RUNNING, now(), now()
    secrets = KnownSecrets(run.request)
    db.session.commit()  # no transaction is open while the connector is called
    return run, secrets


def persistently(write: Callable[[], Written]) -> Written:
    """Writes to the database, again and again while it takes nothing."""
    for _ in range(MAX_ATTEMPTS - 1):
        try:
            return write()
        except (DatabaseUnavailable, NoConnectionFree):
            db.session.rollback()
            sleep(PAUSE_SECONDS)
    return write()


def check_of_connector(run: CheckRun, secrets: Collection[str], options: CheckOptions) -> CheckReport:
    return check_connector(_endpoint(run), secrets, **options)


def test_of_values(run: CheckRun, secrets: Collection[str], options: CheckOptions) -> CheckReport:
    return check_connection(_endpoint(run), run.request["values"], secrets, **options)


def save_at_connector(run: CheckRun, secrets: Collection[str], options: CheckOptions) -> CheckReport:
    guid = run.request["guid"]
    persistently(lambda: _wait_for_removal(guid, options["cancelled"]))
    return save_connection(_endpoint(run), guid, run.request["values"], secrets, **options)


def delete_at_connector(run: CheckRun, secrets: Collection[str], options: CheckOptions) -> CheckReport:
    return delete_connection(_endpoint(run), run.request["guid"], secrets, **options)


def _endpoint(run: CheckRun) -> Endpoint:
    return Endpoint(run.request["url"], Trust(run.request["ca_pem"] or None))


def _options(run: CheckRun, secrets: KnownSecrets, cancelled: Cancelled) -> CheckOptions:
    return {
        "policy": policy_for(run.request["url"]),
        "limits": CheckLimits(run.limit_seconds),
        "observer": _ProgressWriter(run.id, secrets),
        "cancelled": cancelled,
        "public": secrets.public,
    }


def _wait_for_removal(guid: str, cancelled: Cancelled) -> None:
    """Waits for a call that lets the connector forget this connection, which might come after the one that saves it."""
    running = select(CheckRun).where(CheckRun.kind == RunKind.REMOVAL, CheckRun.state == RunState.RUNNING, is_alive())
    while any(run.request["guid"] == guid for run in db.session.scalars(running)) and not cancelled():
        db.session.commit()
        sleep(REMOVAL_PAUSE_SECONDS)
    db.session.commit()


def policy_for(url: str) -> Policy:
    """The app's; the practice connector is not for SuperOffice, so that its address is in no doubt."""
    policy: Policy = current_app.config["ADDRESS_POLICY"]
    path = current_app.config["PRACTICE_PATH"]
    return replace(policy, superoffice=None) if path and url.endswith(path) else policy


class _ProgressWriter:
    """Saves each stage as it starts, with the results of those before it, so that any process can show them."""

    def __init__(self, run_id: str, secrets: KnownSecrets) -> None:
        self._run_id, self._secrets = run_id, secrets
        self._results: list[StageResult] = []

    def ended(self, result: StageResult) -> None:
        self._results.append(result)

    def started(self, stage: Stage) -> None:
        """Gives up soon: the check waits, and a database that is locked must not look like a slow connector."""
        try:
            with statement_timeout(PROGRESS_SECONDS), asynchronous_commit():
                self._write(stage)
        except (DatabaseUnavailable, NoConnectionFree):  # the next one that is saved includes this one
            db.session.rollback()

    def _write(self, stage: Stage) -> None:
        has_answered = any(
            result.stage not in _BEFORE_ANY_ANSWER and result != result.without_answer() for result in self._results
        )
        stages = without_secrets(self._results, Redactor(self._secrets.added() if has_answered else ()))
        progress = {
            "stage": stage,
            "stage_started_at": now(),
            "heartbeat_at": now(),
            "stages": CheckRun.stages.token_of(self._run_id, stages),
        }
        update_row(CheckRun, self._run_id, CheckRun.__table__.c.state.in_(UNFINISHED), **progress)
        db.session.commit()


def _store(
    run_id: str, report: CheckReport, secrets: KnownSecrets, follow_up: FollowUp, *, interrupted: bool
) -> AfterCommit | None:
    run = db.session.get_one(CheckRun, run_id, with_for_update=True, populate_existing=True)
    if run.state == RunState.FINISHED or (run.state == RunState.INTERRUPTED and job_queue().hands_over()):
        return None  # another process has ended it
    report = report.without(secrets.added())
    run.stages = report.results
    run.fields = None if report.fields is None else [field.to_json() for field in report.fields]
    run.stage = None
    run.finished_at = now()
    after_commit = None
    if interrupted:
        run.state = RunState.INTERRUPTED
    elif report.verdict == Verdict.CANCELLED or run.state == RunState.CANCELLED:
        run.state = RunState.CANCELLED
    else:
        run.state, run.verdict = RunState.FINISHED, report.verdict
        after_commit = follow_up(run, report)
        audit.note_result(run)
    db.session.commit()
    _count(run, report)
    return after_commit


def _count(run: CheckRun, report: CheckReport) -> None:
    troubles = {each.outcome: each.reason for each in reversed(report.results)}
    reason = troubles.get(Outcome.FAILED) or troubles.get(Outcome.WARNING)
    seconds = sum(each.elapsed_ms for each in report.results) / 1000
    metrics.count_check(run.kind, run.verdict or run.state, reason, seconds)
