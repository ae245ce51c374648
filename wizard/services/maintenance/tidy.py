"""Deletes what nobody needs any more, so that a wizard that is used for years does not fill its disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import JSON, ColumnElement, and_, delete, or_, select, type_coerce, union
from sqlalchemy.sql.dml import ReturningDelete

from wizard.config import Settings
from wizard.domain import receipt
from wizard.domain.check import RunKind, Verdict
from wizard.extensions import db
from wizard.models import UNFINISHED, AuditEvent, CheckRun, Connection, Connector, Setup
from wizard.models.columns import now
from wizard.models.database import writing

CHECK_RUN_LIFETIME = receipt.RECEIPT_LIFETIME + timedelta(hours=1)
"""How long a check is kept that nothing refers to: its receipt holds for almost as long."""
MAX_RUNS = 1000
"""As many of those at most, whoever starts one after the other."""
BATCH = 500


def tidy() -> None:
    """Some rows a transaction: others who write wait for none of them long."""
    settings: Settings = current_app.config["SETTINGS"]
    old = select(CheckRun.id).where(_is_free(), CheckRun.heartbeat_at < _oldest_kept()).limit(BATCH)
    _delete_all(delete(CheckRun).where(CheckRun.id.in_(old)).returning(CheckRun.id))
    if settings.activity_days:
        past = AuditEvent.at < now() - timedelta(days=settings.activity_days)
        told = select(AuditEvent.id).where(past).limit(BATCH)
        _delete_all(delete(AuditEvent).where(AuditEvent.id.in_(told)).returning(AuditEvent.id))


def _delete_all(some: ReturningDelete[Any]) -> None:
    while True:
        with writing():
            gone = db.session.execute(some, execution_options={"synchronize_session": False}).all()
            db.session.commit()
        if len(gone) < BATCH:
            return


def _oldest_kept() -> datetime:
    newest = select(CheckRun.heartbeat_at).where(_is_free()).order_by(CheckRun.heartbeat_at.desc())
    too_many = db.session.scalar(newest.offset(MAX_RUNS - 1).limit(1)) or datetime.min.replace(tzinfo=UTC)
    db.session.rollback()
    return max(too_many, now() - CHECK_RUN_LIFETIME)


def _is_free() -> ColumnElement[bool]:
    """Of a check: it has ended, and no list and no form in progress shows it; nor does it tell that a form was sent."""
    in_progress = select(Setup.id).where(Setup.finished_at.is_(None))
    named = (type_coerce(row.health, JSON)["run_id"].as_string() for row in (Connector, Connection))
    shown = union(*(select(run_id).where(run_id.is_not(None)) for run_id in named))
    return and_(
        CheckRun.state.not_in(UNFINISHED),
        or_(CheckRun.setup_id.is_(None), CheckRun.setup_id.not_in(in_progress)),
        or_(CheckRun.kind != RunKind.SAVE, CheckRun.verdict.is_(None), CheckRun.verdict == Verdict.FAILED),
        CheckRun.id.not_in(shown),
    )
