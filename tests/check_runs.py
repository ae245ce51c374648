"""Rows of check runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from wizard.domain.check import RunKind, RunState, Verdict
from wizard.extensions import db
from wizard.models import CheckRun
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.checks.receipts import sign_payload

PAYLOAD = b"the payload of a run"


def make_run(app: Flask, setup_id: int | None, run_id: str, **more: Any) -> None:
    """Adds a run that has passed a minute ago, except for the columns that are given."""
    at = now() - timedelta(minutes=1)
    values = {
        "kind": RunKind.CONNECTOR,
        "state": RunState.FINISHED,
        "verdict": Verdict.PASSED,
        "created_at": at,
        "finished_at": at,
        "heartbeat_at": at,
        "request": {"name": "x"},
        "limit_seconds": 30,
    }
    with app.app_context(), writing():
        values |= {"receipt_signature": sign_payload(PAYLOAD)} | more
        db.session.add(CheckRun(id=run_id, setup_id=setup_id, account_id=1, **values))
        db.session.commit()
