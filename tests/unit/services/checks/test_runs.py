"""Finding runs again, and what they prove."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.factories import make_account, make_connector
from wizard.domain import receipt
from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.steps import Step
from wizard.errors import NotFound, Refused
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connector, RunKind, RunState, Setup, SetupKind
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.security.keyring import KeyRing
from wizard.services.checks.cancel import cancel_check
from wizard.services.checks.runs import (
    covers_connection,
    covers_connector,
    end_abandoned_runs,
    find_run,
    health_of,
    latest_pass,
    latest_run,
    proof_of,
    recent_failures,
    sign,
)

MESSAGE = b"what was proven"


@pytest.fixture
def setup_id(app: Flask) -> int:
    account_id = make_account(app, "Ola")
    with app.app_context(), writing():
        setup = Setup(kind=SetupKind.GUIDED, step=Step.APP, account_id=account_id, updated_by_id=account_id)
        db.session.add(setup)
        db.session.commit()
        return setup.id


def make_run(app: Flask, setup_id: int, run_id: str, **more: Any) -> None:
    """A run that has passed a minute ago, but for what is given."""
    at = now() - timedelta(minutes=1)
    values = {
        "kind": RunKind.CONNECTOR,
        "state": RunState.FINISHED,
        "verdict": "passed",
        "created_at": at,
        "finished_at": at,
        "heartbeat_at": at,
        "request": {"name": "x"},
        "limit_seconds": 30,
    }
    with app.app_context(), writing():
        values |= {"receipt_signature": sign(MESSAGE)} | more
        db.session.add(CheckRun(id=run_id, setup_id=setup_id, account_id=1, **values))
        db.session.commit()


def found(run: CheckRun | None) -> str | None:
    return run.id if run else None


def test_a_run_that_is_not_there_is_not_found(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotFound):
        find_run("nothing")


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.RUNNING])
@pytest.mark.parametrize(("silent", "shown"), [(1, None), (30, RunState.INTERRUPTED)])
def test_a_run_without_a_sign_of_life_is_shown_as_interrupted(
    app: Flask, setup_id: int, state: RunState, silent: int, shown: RunState | None
) -> None:
    make_run(app, setup_id, "a", state=state.value, verdict=None, heartbeat_at=now() - timedelta(seconds=silent))
    with app.app_context():
        assert find_run("a").state == (shown or state).value


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


def test_the_newest_run_of_the_wanted_kinds_is_found(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "old", created_at=now() - timedelta(hours=2))
    make_run(app, setup_id, "new", created_at=now() - timedelta(hours=1), verdict="failed")
    make_run(app, setup_id, "save", kind=RunKind.SAVE, created_at=now())
    with app.app_context():
        setup = db.session.get_one(Setup, setup_id)
        assert found(latest_run(setup, RunKind.CONNECTOR)) == "new"
        assert found(latest_run(setup, RunKind.CONNECTOR, RunKind.SAVE)) == "save"
        assert latest_run(setup, RunKind.CONNECTION) is None
        assert found(latest_pass(setup, RunKind.CONNECTOR)) == "old"


def test_the_last_two_failures_are_found_the_newest_first(app: Flask, setup_id: int) -> None:
    for hours in (3, 1, 2):
        make_run(app, setup_id, f"{hours} ago", verdict="failed", created_at=now() - timedelta(hours=hours))
    with app.app_context():
        failures = recent_failures(db.session.get_one(Setup, setup_id))
        assert [run.id for run in failures] == ["1 ago", "2 ago"]


@pytest.mark.parametrize(
    ("run", "proves"),
    [
        ({}, True),
        ({"verdict": "warning"}, True),
        ({"verdict": "failed"}, False),
        ({"verdict": None, "state": RunState.CANCELLED}, False),
        ({"finished_at": now() - receipt.RECEIPT_LIFETIME - timedelta(minutes=1)}, False),
        ({"finished_at": now() - receipt.RECEIPT_LIFETIME + timedelta(hours=1)}, True),
        ({"receipt_signature": "0" * 64}, False),
    ],
)
def test_a_run_proves_what_it_covers_while_it_holds(
    app: Flask, setup_id: int, run: dict[str, Any], proves: bool
) -> None:
    make_run(app, setup_id, "a", **run)
    with app.app_context():
        assert (found(proof_of(MESSAGE)) == "a") is proves
        assert proof_of(MESSAGE + b" and more") is None


def test_nothing_is_proven_under_another_key(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a")
    app.extensions["keyring"] = KeyRing(["bG9zdGxvc3Rsb3N0bG9zdGxvc3Rsb3N0bG9zdGxvc3Q="])
    with app.app_context():
        assert proof_of(MESSAGE) is None


def test_a_proof_covers_connector_address_trust_and_every_value(app: Flask) -> None:
    make_connector(app)
    with app.app_context():
        connector = db.session.query(Connector).one()
        before = {covers_connector(connector), covers_connection(connector, {"a": "1"})}
        others = {covers_connection(connector, {"a": "2"}), covers_connection(connector, {"a": "1", "b": ""})}
        connector.ca_pem = "other"
        others |= {covers_connector(connector), covers_connection(connector, {"a": "1"})}
        connector.ca_pem, connector.url = "", "https://other.example"
        others |= {covers_connector(connector), covers_connection(connector, {"a": "1"})}
        assert len(before | others) == 8


def stage(name: Stage, outcome: Outcome, ms: int) -> dict[str, Any]:
    return StageResult(name, outcome, None, {}, "", ms).to_json()


def test_health_names_the_stage_that_decided(app: Flask, setup_id: int) -> None:
    passed, warned = stage(Stage.ADDRESS, Outcome.PASSED, 1), stage(Stage.DNS, Outcome.WARNING, 20)
    failed, skipped = stage(Stage.CONNECT, Outcome.FAILED, 300), stage(Stage.TLS, Outcome.SKIPPED, 0)
    for run_id, stages in {"bad": [passed, warned, failed, skipped], "so so": [passed, warned], "ok": [passed]}.items():
        make_run(app, setup_id, run_id, stages=stages)
    with app.app_context():
        health = {run_id: health_of(db.session.get_one(CheckRun, run_id)) for run_id in ("bad", "so so", "ok")}
    assert (health["bad"]["stage"], health["bad"]["elapsed_ms"]) == (failed, 321)
    assert (health["so so"]["stage"], health["so so"]["elapsed_ms"]) == (warned, 21)
    assert health["ok"]["stage"] is None
    assert health["ok"]["run_id"] == "ok"


def cancel(app: Flask, run_id: str) -> CheckRun:
    with app.app_context(), writing():
        run = find_run(run_id)
        cancel_check(db.session.query(Account).one(), run)
        return run


def test_cancelling_answers_at_once(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a", state=RunState.RUNNING, verdict=None, heartbeat_at=now(), continuation="asked")
    run = cancel(app, "a")
    assert (run.state, run.cancel_requested, run.continuation) == (RunState.CANCELLED, True, "none")


def test_a_run_that_has_ended_cannot_be_cancelled_any_more(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a")
    assert cancel(app, "a").state == RunState.FINISHED


def test_saving_is_not_cancelled(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a", kind=RunKind.SAVE, state=RunState.RUNNING, heartbeat_at=now())
    with pytest.raises(Refused):
        cancel(app, "a")
