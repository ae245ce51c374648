"""What was told to whom last, and what could not be delivered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from wizard.domain.notices import DeliveryState, NoticeKind
from wizard.extensions import db
from wizard.models import Delivery, Notice, Recipient


def last_delivery(recipient: Recipient) -> Delivery | None:
    """The last one to a recipient that was tried."""
    return last_deliveries([recipient]).get(recipient.id)


def last_deliveries(recipients: Collection[Recipient]) -> dict[int, Delivery]:
    """The same for several, by their ids."""
    last = (
        select(func.max(Delivery.id))
        .where(Delivery.recipient_id.in_([each.id for each in recipients]), Delivery.tried_at.is_not(None))
        .group_by(Delivery.recipient_id)
    )
    found = select(Delivery).where(Delivery.id.in_(last)).options(joinedload(Delivery.notice))
    return {delivery.recipient_id: delivery for delivery in db.session.scalars(found)}


@dataclass(frozen=True, slots=True)
class Backlog:
    """What could not be delivered to a recipient: how much, the last attempt, and when the next one is, if any is."""

    recipient: Recipient
    count: int
    since: datetime
    last: Delivery
    next_at: datetime | None


def backlogs() -> Sequence[Backlog]:
    """One for each recipient to whom something could not be delivered, the oldest first. Tests are not among it."""
    open_ones = Delivery.state.in_([DeliveryState.WAITING, DeliveryState.FAILED]) & Delivery.error.is_not(None)
    is_waiting = Delivery.state == DeliveryState.WAITING
    found = (
        select(
            func.max(Delivery.id),
            func.count(),
            func.min(Delivery.due_at),
            func.min(Delivery.next_at).filter(is_waiting),
        )
        .join(Notice)
        .join(Recipient)
        .where(open_ones, Notice.kind != NoticeKind.TEST, Recipient.deleted_at.is_(None))
        .group_by(Delivery.recipient_id)
    )
    rows = db.session.execute(found).all()
    ids = [row[0] for row in rows]
    loaded = select(Delivery).where(Delivery.id.in_(ids)).options(joinedload(Delivery.recipient))
    last = {delivery.id: delivery for delivery in db.session.scalars(loaded)}
    made = [Backlog(last[row[0]].recipient, row[1], row[2], last[row[0]], row[3]) for row in rows]
    return sorted(made, key=lambda each: each.since)
