"""Notes what there is to tell, and for whom. Nothing is sent here: that is up to `send_due`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Insert, Select, and_, case, func, insert, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from wizard.domain.notices import (
    GATHERING,
    REMINDER_INTERVAL,
    DeliveryState,
    NoticeKind,
)
from wizard.extensions import db
from wizard.models import Connection, Delivery, Notice, Outage, Recipient, Watch, recipient_target
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.notices.mute import drop_muted

BATCH = 500


def note_broken(outage_ids: Collection[int]) -> None:
    """Notes in the running transaction that these have begun; each is told once, however often it is noted."""
    note({"kind": NoticeKind.BROKEN, "key": f"broken:{outage_id}", "outage_id": outage_id} for outage_id in outage_ids)


def note_working(outage_ids: Collection[int]) -> None:
    """Notes in the running transaction that these are over, for those that were, or will be, told of their begin."""
    drop_muted()
    keys = _add(
        {"kind": NoticeKind.WORKING, "key": f"working:{outage_id}", "outage_id": outage_id} for outage_id in outage_ids
    )
    begin = Notice.__table__.alias("begin")
    told = (
        select(Notice.id, Delivery.recipient_id, _due().label("due_at"))
        .join(begin, and_(begin.c.outage_id == Notice.outage_id, begin.c.kind != NoticeKind.WORKING))
        .join(Delivery, and_(Delivery.notice_id == begin.c.id, Delivery.state != DeliveryState.DROPPED))
        .join(Recipient, Recipient.id == Delivery.recipient_id)
        .where(Recipient.deleted_at.is_(None))
        .distinct()
    )
    _deliver(told, keys)


def note(notices: Iterable[Mapping[str, Any]]) -> None:
    """Notes what is not noted yet, by its key, for everybody who is told of its target."""
    keys = _add(notices)
    told = select(Notice.id, Recipient.id, _due_unless_muted().label("due_at")).select_from(Notice)
    of_all = told.join(Recipient, Recipient.deleted_at.is_(None))
    watched = of_all.outerjoin(Outage, Outage.id == Notice.outage_id).outerjoin(Watch, Watch.id == Outage.watch_id)
    _deliver(watched.where(or_(Recipient.is_for_everything, _is_chosen())), keys)


def _is_chosen() -> ColumnElement[bool]:
    """Whether a recipient is told of the connection, or of a connection on the connector, that a notice is about."""
    connector_id = func.coalesce(Watch.connector_id, Notice.connector_id)
    return (
        select(recipient_target.c.recipient_id)
        .join(Connection, Connection.id == recipient_target.c.connection_id)
        .where(recipient_target.c.recipient_id == Recipient.id)
        .where(or_(Connection.id == Watch.connection_id, Connection.connector_id == connector_id))
        .exists()
    )


def _add(notices: Iterable[Mapping[str, Any]]) -> list[str]:
    """Adds notices; returns the keys of those that were not there."""
    values = [{"created_at": now(), **row} for row in notices]
    return list(db.session.scalars(_insert_new(), values)) if values else []


def _insert_new() -> ReturningInsert[Any]:
    """Both databases know it, and SQLAlchemy writes it for each apart."""
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    statement: Insert = dialect.insert(Notice).on_conflict_do_nothing(index_elements=[Notice.key])
    return statement.returning(Notice.key)


def _due() -> ColumnElement[datetime]:
    """A notice waits for others of its kind."""
    return _constant(now() + GATHERING, Delivery.due_at)


def _due_unless_muted() -> ColumnElement[datetime]:
    """When the failure of a watch is told: once it is not muted any more."""
    return case((Watch.muted_until > now() + GATHERING, Watch.muted_until), else_=_due())


def _deliver(told: Select[int, int, datetime], keys: list[str]) -> None:
    """Adds what has to be sent."""
    columns = ["notice_id", "recipient_id", "state", "attempts", "due_at", "next_at", "detail"]
    for first in range(0, len(keys), BATCH):
        found = told.where(Notice.key.in_(keys[first : first + BATCH])).subquery()
        notice_id, recipient_id, due = found.c
        rows = select(
            notice_id,
            recipient_id,
            _constant(DeliveryState.WAITING, Delivery.state),
            _constant(0, Delivery.attempts),
            due,
            due,
            _constant("", Delivery.detail),
        )
        db.session.execute(insert(Delivery).from_select(columns, rows, include_defaults=False))


def _constant(value: object, column: Any) -> ColumnElement[Any]:
    return literal(value, column.type)


@writing()
def note_reminders() -> None:
    """Notes what is still broken a day after it was told last. Commits."""
    last = select(func.max(Notice.created_at)).where(Notice.outage_id == Outage.id).scalar_subquery()
    open_ones = select(Outage.id).where(Outage.until.is_(None), last < now() - REMINDER_INTERVAL)
    day = now().date()
    note(
        {"kind": NoticeKind.REMINDER, "key": f"reminder:{outage_id}:{day}", "outage_id": outage_id}
        for outage_id in db.session.scalars(open_ones).all()
    )
    db.session.commit()
