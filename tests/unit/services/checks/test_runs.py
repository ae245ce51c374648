"""Finds check runs, and says whether their process is alive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.check_runs import make_run
from wizard.domain.check import RunKind, RunState, Verdict
from wizard.errors import NotFound
from wizard.extensions import db
from wizard.models import CheckRun, Setup
from wizard.models.columns import now
from wizard.services.checks.runs import (
    end_abandoned_runs,
    find_run,
    latest_pass,
    latest_run,
    select_newest_failures_of,
)


def found(run: CheckRun | None) -> str | None:
    return run.id if run else None


def test_a_run_that_is_not_there_is_not_found(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotFound):
        find_run("nothing")


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.RUNNING])
@pytest.mark.parametrize(("silent", "interrupted"), [(1, None), (30, RunState.INTERRUPTED)])
def test_a_run_without_a_sign_of_life_is_interrupted(
    app: Flask, setup_id: int, state: RunState, silent: int, interrupted: RunState | None
) -> None:
    make_run(app, setup_id, "a", state=state, verdict=None, heartbeat_at=now() - timedelta(seconds=silent))
    with app.app_context():
        assert find_run("a").state == (interrupted or state)


def test_a_run_that_has_ended_stays_what_it_was(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a", heartbeat_at=now() - timedelta(days=30))
    with app.app_context():
        assert find_run("a").state == RunState.FINISHED


def test_runs_without_a_sign_of_life_are_ended_and_others_go_on(app: Flask, setup_id: int) -> None:
    app.config["SILENCE"] = timedelta(seconds=2)
    for run_id, silent in {"gone": 3, "alive": 1}.items():
        heartbeat_at = now() - timedelta(seconds=silent)
        make_run(app, setup_id, run_id, state=RunState.RUNNING, verdict=None, heartbeat_at=heartbeat_at)
    with app.app_context():
        end_abandoned_runs()
        states = {run.id: run.state for run in db.session.scalars(db.select(CheckRun))}
    assert states == {"gone": RunState.INTERRUPTED, "alive": RunState.RUNNING}


def test_the_newest_run_of_some_kinds_is_found(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "old", created_at=now() - timedelta(hours=2))
    make_run(app, setup_id, "new", created_at=now() - timedelta(hours=1), verdict=Verdict.FAILED)
    make_run(app, setup_id, "save", kind=RunKind.SAVE, created_at=now())
    with app.app_context():
        setup = db.session.get_one(Setup, setup_id)
        assert found(latest_run(setup, RunKind.CONNECTOR)) == "new"
        assert found(latest_run(setup, RunKind.CONNECTOR, RunKind.SAVE)) == "save"
        assert latest_run(setup, RunKind.CONNECTION) is None
        assert found(latest_pass(setup, RunKind.CONNECTOR)) == "old"


def test_the_last_two_failures_are_found_the_newest_first(app: Flask, setup_id: int) -> None:
    for hours in (3, 1, 2):
        make_run(app, setup_id, f"{hours} ago", verdict=Verdict.FAILED, created_at=now() - timedelta(hours=hours))
    with app.app_context():
        failures = db.session.scalars(select_newest_failures_of(db.session.get_one(Setup, setup_id)))
        assert [run.id for run in failures] == ["1 ago", "2 ago"]
