"""Carries out a check run in the background and writes down what it found."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

from flask import current_app

from wizard.domain.check import Stage, StageResult, Verdict
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, Continuation, RunKind, RunState
from wizard.models.columns import now
from wizard.models.database import DatabaseUnavailable
from wizard.outside.connector.checks import run as check
from wizard.services.checks.runs import health_of
from wizard.services.connections import save as save_connection
from wizard.services.connectors import register as register_connector

MAX_ATTEMPTS = 20
PAUSE_SECONDS = 1.0
"""So often, and after such a pause, what a check has found is written down while the database does not take it."""


def execute(run_id: str, *, cancelled: Callable[[], bool], interrupted: Callable[[], bool]) -> None:
    """Runs it to its end. `interrupted` tells a closing process from a person who cancelled."""
    run = db.session.get_one(CheckRun, run_id)
    if not run.unfinished:
        return
    run.state, run.started_at, run.heartbeat_at = RunState.RUNNING, now(), now()
    db.session.commit()
    report = _carry_out(run, cancelled)
    if _write_down_at_last(run_id, report, interrupted):
        save_connection.forget_at_connector(run, cancelled)


def _write_down_at_last(run_id: str, report: check.CheckReport, interrupted: Callable[[], bool]) -> bool:
    for _ in range(MAX_ATTEMPTS - 1):
        try:
            return _write_down(run_id, report, interrupted=interrupted())
        except DatabaseUnavailable:
            db.session.rollback()
            sleep(PAUSE_SECONDS)
    return _write_down(run_id, report, interrupted=interrupted())


def _write_down(run_id: str, report: check.CheckReport, *, interrupted: bool) -> bool:
    """Returns what `_follow_up` does."""
    run = db.session.get_one(CheckRun, run_id, with_for_update=True, populate_existing=True)
    if run.state == RunState.FINISHED:
        return False
    run.stages = [result.to_json() for result in report.results]
    run.fields = None if report.fields is None else [field.to_json() for field in report.fields]
    run.stage = None
    run.finished_at = now()
    is_left_behind = False
    if interrupted:
        run.state = RunState.INTERRUPTED
    elif report.verdict == Verdict.CANCELLED or run.state == RunState.CANCELLED:
        run.state = RunState.CANCELLED
    else:
        run.state, run.verdict = RunState.FINISHED, report.verdict
        is_left_behind = _follow_up(run, report)
    db.session.commit()
    return is_left_behind


def _carry_out(run: CheckRun, cancelled: Callable[[], bool]) -> check.CheckReport:
    request = run.request
    endpoint = check.Endpoint(request["url"], check.Trust(request["ca_pem"] or None))
    options: check.CheckOptions = {
        "policy": current_app.config["ADDRESS_POLICY"],
        "limits": check.CheckLimits(run.limit_seconds),
        "listener": _Progress(run.id),
        "cancelled": cancelled,
    }
    if run.kind == RunKind.CONNECTOR:
        return check.check_connector(endpoint, **options)
    values = request["values"]
    secrets = [values[key] for key in request["secret_keys"] if values.get(key)]
    if run.kind == RunKind.CONNECTION:
        return check.check_connection(endpoint, values, secrets, **options)
    return check.save_connection(endpoint, request["guid"], values, secrets, **options)


class _Progress:
    """Writes each stage down as it starts, with those that ended before it."""

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._ended: list[StageResult] = []

    def __call__(self, news: Stage | StageResult) -> None:
        if isinstance(news, StageResult):
            self._ended.append(news)
            return
        try:
            run = db.session.get_one(CheckRun, self._run_id, populate_existing=True)
            run.stage, run.stage_started_at, run.heartbeat_at = news, now(), now()
            run.stages = [result.to_json() for result in self._ended]
            db.session.commit()
        except DatabaseUnavailable:  # what is written next tells of this stage too
            db.session.rollback()


def _follow_up(run: CheckRun, report: check.CheckReport) -> bool:
    """What a finished run means for the rows that it is about. Returns what `save_connection.finish` does."""
    is_left_behind = False
    connector = db.session.get(Connector, run.connector_id) if run.connector_id else None
    if run.kind == RunKind.SAVE:
        is_left_behind = save_connection.finish(run, report)
    if connector is not None:
        _remember_connector(run, connector)
    if run.kind == RunKind.CONNECTION and run.connection_id:
        connection = db.session.get(Connection, run.connection_id)
        if connection is not None:
            connection.health = health_of(run)
    if run.kind == RunKind.CONNECTOR and run.continuation == Continuation.ASKED and run.passed:
        register_connector.register_after_check(run)
    return is_left_behind


def _remember_connector(run: CheckRun, connector: Connector) -> None:
    is_current = run.request["url"] == connector.reachable_at and run.request["ca_pem"] == connector.ca_pem
    if not is_current:
        return  # the check was of an edit that is not saved yet
    if run.fields is not None:
        connector.fields = run.fields
    if run.kind == RunKind.CONNECTOR:
        connector.health = health_of(run)
