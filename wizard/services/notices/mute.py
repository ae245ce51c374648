"""Mutes what is watched for a while: what begins to fail then is told at its end, if it still fails."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, or_, select, update

from wizard.domain.notices import DeliveryState, NoticeKind
from wizard.extensions import db
from wizard.models import Account, Connection, Connector, Delivery, Notice, Outage, Watch
from wizard.models.columns import now
from wizard.services import audit


def mute(account: Account, target: Connector | Connection, until: datetime) -> None:
    """Puts off what waits to be told of a failure that lasts, and what comes; for a connector, of its connections too.

    Commits.
    """
    of_target = _is_of(target)
    db.session.execute(update(Watch).where(of_target).values(muted_until=until, muted_by=audit.name_of(account)))
    _put_off(of_target, until)
    audit.note(account, f"{target.__tablename__}.muted", target.name, f"{until.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
    db.session.commit()


def unmute(account: Account, target: Connector | Connection) -> None:
    """Tells now what was put off. Commits."""
    of_target = _is_of(target)
    muted = of_target & (Watch.muted_until > now())
    for until in db.session.scalars(select(Watch.muted_until).where(muted).distinct()).all():
        _put_off(of_target & (Watch.muted_until == until), now(), Delivery.due_at == until)
    db.session.execute(update(Watch).where(of_target).values(muted_until=None))
    audit.note(account, f"{target.__tablename__}.unmuted", target.name)
    db.session.commit()


def drop_muted() -> None:
    """Drops in the running transaction what was put off and is over by now: nobody was told of its begin.

    What waits to say that it works again is for those who were told.
    """
    over = Outage.until.is_not(None) & (Watch.muted_until > now()) & (Notice.kind != NoticeKind.WORKING)
    _change(over, state=DeliveryState.DROPPED)


def _put_off(watches: ColumnElement[bool], until: datetime, *conditions: ColumnElement[bool]) -> None:
    _change(watches & Outage.until.is_(None), *conditions, due_at=until, next_at=until)


def _change(outages: ColumnElement[bool], *conditions: ColumnElement[bool], **values: object) -> None:
    """Changes what waits to be told of some outages, and is not just being sent."""
    notices = select(Notice.id).join(Outage, Outage.id == Notice.outage_id).join(Watch, Watch.id == Outage.watch_id)
    is_free = or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < now())
    waiting = (Delivery.state == DeliveryState.WAITING) & is_free & Delivery.notice_id.in_(notices.where(outages))
    changed = update(Delivery).where(waiting, *conditions).values(**values)
    db.session.execute(changed.execution_options(synchronize_session=False))


def _is_of(target: Connector | Connection) -> ColumnElement[bool]:
    if isinstance(target, Connection):
        return Watch.connection_id == target.id
    on_it = select(Connection.id).where(Connection.connector_id == target.id)
    return or_(Watch.connector_id == target.id, Watch.connection_id.in_(on_it))
