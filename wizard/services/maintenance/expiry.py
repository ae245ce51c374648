"""Deletes expired check runs, sessions and audit events, so that the database does not grow for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, and_, delete, or_, select, union
from sqlalchemy.sql.dml import ReturningDelete

from wizard.config import Settings
from wizard.domain import receipt
from wizard.domain.check import SAVES, Verdict
from wizard.extensions import db
from wizard.models import (
    UNFINISHED,
    AccountSession,
    AuditEvent,
    CheckRun,
    Connection,
    Connector,
    Notice,
    Outage,
    Setup,
    SuperOfficeLink,
    SuperOfficeSignIn,
)
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.accounts import MAX_CLOCK_SKEW

CHECK_RUN_LIFETIME = receipt.RECEIPT_LIFETIME + timedelta(hours=1)
"""How long an unreferenced run stays: its receipt is valid for almost as long."""
MAX_RUNS = 1000
"""How many unreferenced runs stay at most, however many are started within their lifetime."""
SIGN_IN_LIFETIME = timedelta(hours=1)
"""How long a sign-in that was begun at SuperOffice stays: its code is valid for some minutes."""
NOTICE_LIFETIME = timedelta(days=60)
"""How long a notice stays, which also says that it was told: longer than a certificate is told of."""
BATCH = 500


def delete_expired() -> None:
    """Deletes in small transactions, so that no other writer waits for long."""
    settings: Settings = current_app.config["SETTINGS"]
    runs = select(CheckRun.id).where(_is_unreferenced(), CheckRun.heartbeat_at < _expiry()).limit(BATCH)
    _delete_in_batches(delete(CheckRun).where(CheckRun.id.in_(runs)).returning(CheckRun.id))
    sessions = select(AccountSession.id).where(_has_ended(settings)).limit(BATCH)
    _delete_in_batches(delete(AccountSession).where(AccountSession.id.in_(sessions)).returning(AccountSession.id))
    begun = select(SuperOfficeSignIn.id).where(SuperOfficeSignIn.created_at < now() - SIGN_IN_LIFETIME).limit(BATCH)
    _delete_in_batches(delete(SuperOfficeSignIn).where(SuperOfficeSignIn.id.in_(begun)).returning(SuperOfficeSignIn.id))
    told = select(Notice.id).where(Notice.created_at < now() - NOTICE_LIFETIME, _is_over()).limit(BATCH)
    _delete_in_batches(delete(Notice).where(Notice.id.in_(told)).returning(Notice.id))
    if settings.activity_days:
        expiry = now() - timedelta(days=settings.activity_days)
        events = select(AuditEvent.id).where(AuditEvent.at < expiry).limit(BATCH)
        _delete_in_batches(delete(AuditEvent).where(AuditEvent.id.in_(events)).returning(AuditEvent.id))


def _delete_in_batches(statement: ReturningDelete[Any]) -> None:
    """Repeats a statement that deletes `BATCH` rows, until it deletes fewer."""
    while True:
        with writing():
            deleted = db.session.execute(statement, execution_options={"synchronize_session": False}).all()
            db.session.commit()
        if len(deleted) < BATCH:
            return


def _expiry() -> datetime:
    """Returns the time before which an unreferenced run has expired, by its age or by the number of newer ones."""
    newest = select(CheckRun.heartbeat_at).where(_is_unreferenced()).order_by(CheckRun.heartbeat_at.desc())
    oldest_of_newest = db.session.scalar(newest.offset(MAX_RUNS - 1).limit(1)) or datetime.min.replace(tzinfo=UTC)
    db.session.rollback()
    return max(oldest_of_newest, now() - CHECK_RUN_LIFETIME)


def _has_ended(settings: Settings) -> ColumnElement[bool]:
    """The session has expired, even if this clock is ahead."""
    present = now() - MAX_CLOCK_SKEW
    unused = AccountSession.last_used_at < present - timedelta(hours=settings.session_hours)
    return or_(unused, AccountSession.created_at < present - timedelta(days=settings.session_days))


def _is_over() -> ColumnElement[bool]:
    """The notice is not of an outage that lasts."""
    lasting = select(Outage.id).where(Outage.until.is_(None))
    return or_(Notice.outage_id.is_(None), Notice.outage_id.not_in(lasting))


def _is_unreferenced() -> ColumnElement[bool]:
    """The run has ended, neither a health nor a setup in progress refers to it, and it is no save that has passed."""
    in_progress = select(Setup.id).where(Setup.finished_at.is_(None))
    run_ids = (row.health_run_id for row in (Connector, Connection, SuperOfficeLink))
    latest = union(*(select(run_id).where(run_id.is_not(None)) for run_id in run_ids))
    return and_(
        CheckRun.state.not_in(UNFINISHED),
        or_(CheckRun.setup_id.is_(None), CheckRun.setup_id.not_in(in_progress)),
        or_(CheckRun.kind.not_in(SAVES), CheckRun.verdict.is_(None), CheckRun.verdict == Verdict.FAILED),
        CheckRun.id.not_in(latest),
    )
