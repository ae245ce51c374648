"""Cancels a check."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.check_runs import make_run
from wizard.domain.check import RunKind, RunState
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.models import Account, CheckRun, Continuation
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.checks.cancel import cancel_check
from wizard.services.checks.execute import execute_run
from wizard.services.checks.runs import find_run


def cancel(app: Flask, run_id: str) -> CheckRun:
    with app.app_context(), writing():
        run = find_run(run_id)
        cancel_check(db.session.query(Account).one(), run)
        return run


def test_cancelling_answers_at_once(app: Flask, setup_id: int) -> None:
    make_run(
        app, setup_id, "a", state=RunState.RUNNING, verdict=None, heartbeat_at=now(), continuation=Continuation.ASKED
    )
    run = cancel(app, "a")
    assert (run.state, run.cancel_requested, run.continuation) == (RunState.CANCELLED, True, Continuation.NONE)


def test_a_run_that_has_ended_cannot_be_cancelled_any_more(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a")
    assert cancel(app, "a").state == RunState.FINISHED


def test_saving_is_not_cancelled(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a", kind=RunKind.SAVE, state=RunState.RUNNING, heartbeat_at=now())
    with pytest.raises(InvalidState):
        cancel(app, "a")


def test_a_run_that_was_cancelled_before_its_turn_is_not_executed(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a", state=RunState.CANCELLED, verdict=None)

    with app.app_context(), writing():
        execute_run({}, "a", cancelled=lambda: False, interrupted=lambda: False)
        assert find_run("a").started_at is None
