"""Finds, adds, changes and removes recipients. Their addresses are written, and never read here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import selectinload

from wizard.domain.notices import Channel, DeliveryState
from wizard.errors import InvalidInput, NotFound
from wizard.extensions import db
from wizard.models import Account, Connection, Connector, Delivery, Recipient, recipient_target
from wizard.models.columns import now
from wizard.outside.notices import InvalidAddress, check_address
from wizard.services import audit
from wizard.services.versions import require_version


@dataclass(frozen=True, slots=True)
class RecipientInput:
    """What is typed for a recipient. Without an address it keeps the one that it has."""

    name: str
    channel: Channel
    address: str = field(repr=False)
    language: str
    time_zone: str
    quiet_from: str = ""
    quiet_until: str = ""
    is_for_everything: bool = True
    connection_ids: Collection[int] = ()


def recipients() -> Sequence[Recipient]:
    """All that are not removed, by name."""
    found = select(Recipient).where(Recipient.deleted_at.is_(None)).options(selectinload(Recipient.connections))
    return db.session.scalars(found.order_by(Recipient.name, Recipient.id)).all()


def recipients_of(target: Connector | Connection) -> Sequence[Recipient]:
    """Those that are told of a connector or a connection, by name."""
    found = select(Recipient).where(Recipient.deleted_at.is_(None), _is_told_of(target))
    return db.session.scalars(found.order_by(Recipient.name, Recipient.id)).all()


def _is_told_of(target: Connector | Connection) -> ColumnElement[bool]:
    chosen = select(recipient_target.c.recipient_id)
    if isinstance(target, Connection):
        chosen = chosen.where(recipient_target.c.connection_id == target.id)
    else:
        on_it = select(Connection.id).where(Connection.connector_id == target.id)
        chosen = chosen.where(recipient_target.c.connection_id.in_(on_it))
    return or_(Recipient.is_for_everything, Recipient.id.in_(chosen))


def find_recipient(recipient_id: int, *, current: bool = False) -> Recipient:
    """Raises NotFound, with `current` also for one that is removed."""
    recipient = db.session.get(Recipient, recipient_id)
    if recipient is None or (current and recipient.deleted_at is not None):
        raise NotFound(recipient_id)
    return recipient


def save_recipient(
    account: Account, recipient: Recipient | None, version: int | None, values: RecipientInput
) -> Recipient:
    """Adds or changes a recipient.

    Raises StaleVersion for one that is not at `version` any more, and InvalidInput for an address that is not of its
    channel. Another channel needs another address.
    """
    if recipient is not None:
        require_version(recipient, version)
        recipient.version += 1
    _check(recipient, values)
    row = recipient or Recipient()
    row.name, row.channel, row.language, row.time_zone = values.name, values.channel, values.language, values.time_zone
    row.quiet_from, row.quiet_until = values.quiet_from, values.quiet_until
    row.is_for_everything = values.is_for_everything
    row.updated_by = audit.name_of(account)
    if values.address:
        row.address = values.address
    with db.session.no_autoflush:
        row.connections = _chosen(values)
    db.session.add(row)
    audit.note(account, "recipient.changed" if recipient else "recipient.added", row.name)
    db.session.commit()
    return row


def _check(recipient: Recipient | None, values: RecipientInput) -> None:
    if not values.address:
        if recipient is None or recipient.channel != values.channel:
            raise InvalidInput({"address": "missing"})
        return
    try:
        check_address(values.channel, values.address)
    except InvalidAddress as error:
        raise InvalidInput({"address": "not_of_channel"}) from error


def _chosen(values: RecipientInput) -> list[Connection]:
    if values.is_for_everything:
        return []
    found = select(Connection).where(Connection.id.in_(values.connection_ids), Connection.deleted_at.is_(None))
    return list(db.session.scalars(found))


def remove_recipient(account: Account, recipient: Recipient) -> None:
    """Nothing is sent to it any more."""
    if recipient.deleted_at is not None:
        return
    recipient.deleted_at = now()
    recipient.version += 1
    waiting = (Delivery.recipient_id == recipient.id) & (Delivery.state == DeliveryState.WAITING)
    db.session.execute(update(Delivery).where(waiting).values(state=DeliveryState.DROPPED))
    audit.note(account, "recipient.removed", recipient.name)
    db.session.commit()


def restore_recipient(account: Account, recipient: Recipient) -> None:
    """It is told of what comes from now on."""
    if recipient.deleted_at is not None:
        recipient.deleted_at = None
        recipient.version += 1
        audit.note(account, "recipient.restored", recipient.name)
        db.session.commit()
