"""Finding check runs again: by what they prove, by what they belong to, and whether they are still alive."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm.attributes import set_committed_value

from wizard.domain import receipt
from wizard.domain.check import Outcome, Stage, Verdict
from wizard.domain.connector import ConnectorInput
from wizard.errors import NotFound
from wizard.extensions import db
from wizard.models import PASSED, UNFINISHED, CheckRun, Connector, RunKind, RunState, Setup
from wizard.models.columns import now
from wizard.models.database import writing


def find_run(run_id: str) -> CheckRun:
    """The run, with an abandoned one shown as interrupted. Raises NotFound."""
    run = db.session.get(CheckRun, run_id) if run_id.isalnum() else None  # PostgreSQL takes no NUL
    if run is None:
        raise NotFound(run_id)
    return as_it_stands(run)


def as_it_stands(run: CheckRun) -> CheckRun:
    """The same run; in state interrupted where its process is gone. Nothing is written: a page only looks."""
    if run.unfinished and run.heartbeat_at < _oldest_heartbeat():
        set_committed_value(run, "state", RunState.INTERRUPTED)
    return run


def is_alive() -> ColumnElement[bool]:
    """Selects the runs that are queued or executed, whichever process they belong to."""
    return CheckRun.state.in_(UNFINISHED) & (CheckRun.heartbeat_at >= _oldest_heartbeat())


@writing()
def end_abandoned_runs() -> None:
    """Sets the state of runs whose process is gone to interrupted. Commits."""
    abandoned = CheckRun.state.in_(UNFINISHED) & (CheckRun.heartbeat_at < _oldest_heartbeat())
    db.session.execute(update(CheckRun).where(abandoned).values(state=RunState.INTERRUPTED))
    db.session.commit()


def _oldest_heartbeat() -> datetime:
    silence: timedelta = current_app.config["SILENCE"]
    return now() - silence


def wait_for(run: CheckRun, pause: float = 0.1) -> CheckRun:
    """The same run at its end, whichever process it runs in. No transaction stays open meanwhile."""
    while True:
        db.session.commit()
        found = db.session.get_one(CheckRun, run.id, populate_existing=True)
        if not as_it_stands(found).unfinished:
            return found
        db.session.rollback()
        time.sleep(pause)


def latest_run(setup: Setup, *kinds: RunKind) -> CheckRun | None:
    """The newest run of a setup of these kinds."""
    newest = (
        select(CheckRun)
        .where(CheckRun.setup_id == setup.id, CheckRun.kind.in_(kinds))
        .order_by(CheckRun.created_at.desc())
        .limit(1)
    )
    run = db.session.scalar(newest)
    return run and as_it_stands(run)


def latest_pass(setup: Setup, kind: RunKind) -> CheckRun | None:
    """The newest passed run of a setup, whatever it covers: a receipt that may be void by now."""
    passed = (
        select(CheckRun)
        .where(CheckRun.setup_id == setup.id, CheckRun.kind == kind, CheckRun.verdict.in_(PASSED))
        .order_by(CheckRun.created_at.desc())
        .limit(1)
    )
    return db.session.scalar(passed)


def recent_failures(setup: Setup) -> Sequence[CheckRun]:
    """The last two tests of a setup that have failed, the newest first."""
    failed = (
        select(CheckRun)
        .where(CheckRun.setup_id == setup.id, CheckRun.verdict == Verdict.FAILED)
        .order_by(CheckRun.created_at.desc())
        .limit(2)
    )
    return db.session.scalars(failed).all()


def sign(message: bytes) -> str:
    """The receipt for a message of `wizard.domain.receipt`."""
    signature: str = current_app.extensions["keyring"].sign(message)
    return signature


def proof_of(message: bytes) -> CheckRun | None:
    """A passed test not older than `receipt.RECEIPT_LIFETIME` that covers just this, or None."""
    proven = (
        select(CheckRun)
        .where(
            CheckRun.kind != RunKind.SAVE,
            CheckRun.receipt_signature == sign(message),
            CheckRun.verdict.in_(PASSED),
            CheckRun.finished_at > now() - receipt.RECEIPT_LIFETIME,
        )
        .order_by(CheckRun.finished_at.desc())
        .limit(1)
    )
    return db.session.scalar(proven)


def proof_for(setup: Setup, message: bytes) -> CheckRun | None:
    """A proof with which a setup may be saved: it has not failed to be saved with just this since."""
    proof = proof_of(message)
    if proof is None:
        return None
    refused = select(CheckRun.id).where(
        CheckRun.setup_id == setup.id,
        CheckRun.kind == RunKind.SAVE,
        CheckRun.receipt_signature == proof.receipt_signature,
        CheckRun.verdict == Verdict.FAILED,
        CheckRun.finished_at > proof.finished_at,
    )
    return None if db.session.scalar(refused.limit(1)) is not None else proof


def failed_after_address(message: bytes) -> bool:
    """Whether the newest run that covers just this has failed, and on the way: an address that is none never works."""
    newest = (
        select(CheckRun)
        .where(CheckRun.receipt_signature == sign(message))
        .order_by(CheckRun.created_at.desc())
        .limit(1)
    )
    run = db.session.scalar(newest)
    failure = run.failure if run else None
    return failure is not None and failure.stage != Stage.ADDRESS


def covers_input(connector: ConnectorInput) -> bytes:
    """The message that a check of a connector as it is typed signs."""
    return receipt.connector_message(connector.address, connector.ca_pem)


def covers_connector(connector: Connector) -> bytes:
    """The message that a check of a registered connector signs."""
    return receipt.connector_message(connector.reachable_at, connector.ca_pem)


def covers_connection(connector: Connector, values: dict[str, str]) -> bytes:
    """The message that a test of these values signs."""
    return receipt.connection_message(connector.id, connector.reachable_at, connector.ca_pem, values)


def health_of(run: CheckRun) -> dict[str, Any]:
    """What the lists say of a finished run: its verdict, the stage that decided it, when and how long."""
    results = run.results()
    decisive = run.failure or next((r for r in results if r.outcome == Outcome.WARNING), None)
    finished = run.finished_at or now()
    return {
        "verdict": run.verdict,
        "stage": decisive.to_json() if decisive else None,
        "at": finished.isoformat(),
        "elapsed_ms": sum(result.elapsed_ms for result in results),
        "run_id": run.id,
    }
