"""Sends what is due: to each recipient all that waits for it, in one message. Several processes may do so at once."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, CursorResult, Select, func, or_, select, update

from wizard import metrics
from wizard.config import Settings
from wizard.domain.notices import DeliveryState, NoticeKind, Undelivered, next_attempt
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Account, Delivery, Notice, Outage, Recipient
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside.notices import Message, Sender, SendFailure
from wizard.services import audit
from wizard.services.checks import persistently
from wizard.services.notices.compose import message_of, test_message

CLAIM = timedelta(minutes=1)
"""How long one process has for a message; longer than sending one may take."""
MAX_RECIPIENTS = 50
MAX_AT_ONCE = 8


def send_due() -> None:
    """Sends to every recipient for which something is due, to several at once: a server may hang. Commits."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    while recipient_ids := _due_recipients():
        with ThreadPoolExecutor(MAX_AT_ONCE, "notice") as senders:
            list(senders.map(partial(_send_in_thread, app), recipient_ids))
        if job_queue().is_closing():
            return


def _send_in_thread(app: Flask, recipient_id: int) -> None:
    with app.app_context():
        if not job_queue().is_closing():
            _send_to(recipient_id)


def _due_recipients() -> list[int]:
    """Some of those for which something is due, the one that waits longest first."""
    longest = func.min(Delivery.next_at)
    found = select(Delivery.recipient_id).where(_is_due(now())).group_by(Delivery.recipient_id).order_by(longest)
    ids = list(db.session.scalars(found.limit(MAX_RECIPIENTS)))
    db.session.rollback()
    return ids


def _is_due(at: datetime) -> ColumnElement[bool]:
    return (Delivery.state == DeliveryState.WAITING) & (Delivery.next_at <= at) & _is_free(at)


def _is_free(at: datetime) -> ColumnElement[bool]:
    return or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < at)


def _send_to(recipient_id: int) -> None:
    claim = _claim(recipient_id)
    if claim is None:
        return
    recipient = db.session.get_one(Recipient, recipient_id)
    message = message_of(recipient, claim.deliveries)
    db.session.commit()
    failure = _attempt(recipient, message) if message is not None else None
    persistently(partial(_record, claim, failure, is_sent=message is not None))


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one process has taken to send: what is for a recipient and claimed until just this moment."""

    recipient_id: int
    until: datetime

    @property
    def deliveries(self) -> ColumnElement[bool]:
        return (Delivery.recipient_id == self.recipient_id) & (Delivery.claimed_until == self.until)


@writing()
def _claim(recipient_id: int) -> _Claim | None:
    """Takes what is due for a recipient, so that no other process does; nothing in its quiet hours. Commits."""
    at = now()
    recipient = db.session.get_one(Recipient, recipient_id, populate_existing=True)
    due = _is_due(at) & (Delivery.recipient_id == recipient_id)
    until = recipient.quiet_hours.until(at) if recipient.quiet_hours else None
    if until is not None:
        db.session.execute(update(Delivery).where(due).values(due_at=until, next_at=until))
        db.session.commit()
        return None
    claim = _Claim(recipient_id, at + CLAIM)
    claiming = update(Delivery).values(claimed_until=claim.until).execution_options(synchronize_session=False)
    claimed: CursorResult[Any] = db.session.execute(claiming.where(due))  # type: ignore[assignment]
    waiting = (Delivery.recipient_id == recipient_id) & (Delivery.state == DeliveryState.WAITING) & _is_free(at)
    db.session.execute(claiming.where(waiting, Delivery.notice_id.in_(_ends_of(claim))))
    db.session.commit()
    return claim if claimed.rowcount else None


def _ends_of(claim: _Claim) -> Select[int]:
    """The notices that what these tell of is over."""
    outages = select(Notice.outage_id).join(Delivery, Delivery.notice_id == Notice.id).where(claim.deliveries)
    return select(Notice.id).where(Notice.kind == NoticeKind.WORKING, Notice.outage_id.in_(outages))


def _attempt(recipient: Recipient, message: Message) -> SendFailure | None:
    """Sends a message, and counts how that went."""
    failure = _send(recipient, message)
    metrics.count_notice(recipient.channel, failure.reason if failure else DeliveryState.DELIVERED)
    return failure


def _send(recipient: Recipient, message: Message) -> SendFailure | None:
    """Sends a message, without a transaction around it."""
    settings: Settings = current_app.config["SETTINGS"]
    sender = Sender(current_app.config["ADDRESS_POLICY"], settings.mail_url)
    address: object = recipient.address  # of one that no key decrypts, or that a restore has left out, it is no text
    if not isinstance(address, str):
        return SendFailure(Undelivered.ADDRESS)
    try:
        sender.send(recipient.channel, recipient.name, address, message)
    except SendFailure as failure:
        return failure
    return None


@writing()
def _record(claim: _Claim, failure: SendFailure | None, *, is_sent: bool = True) -> None:
    """Says of deliveries how their attempt went. Commits."""
    at = now()
    if failure is not None:
        for delivery in db.session.scalars(select(Delivery).where(claim.deliveries)):
            _put_off(delivery, failure, at)
    else:
        if is_sent:
            _count_notified(claim)
        state = DeliveryState.DELIVERED if is_sent else DeliveryState.DROPPED
        tried = {"attempts": Delivery.attempts + 1, "tried_at": at, "error": None, "detail": ""} if is_sent else {}
        done = update(Delivery).where(claim.deliveries).execution_options(synchronize_session=False)
        db.session.execute(done.values(state=state, claimed_until=None, **tried))
    db.session.commit()


def _count_notified(claim: _Claim) -> None:
    begun = select(Notice.outage_id).join(Delivery).where(claim.deliveries, Notice.kind == NoticeKind.BROKEN)
    counted = update(Outage).where(Outage.id.in_(begun)).values(notified=Outage.notified + 1)
    db.session.execute(counted.execution_options(synchronize_session=False))


def _put_off(delivery: Delivery, failure: SendFailure, at: datetime) -> None:
    delivery.attempts += 1
    delivery.tried_at, delivery.claimed_until = at, None
    delivery.error, delivery.detail = failure.reason, failure.detail
    following = next_attempt(delivery.attempts, delivery.due_at, at)
    if delivery.state == DeliveryState.WAITING and following is None:
        delivery.state = DeliveryState.FAILED
    delivery.next_at = following or at


def send_test(account: Account, recipient: Recipient) -> Delivery:
    """Sends a test at once, also in quiet hours; what became of it is in the delivery. Commits."""
    key = secrets.token_hex(8)
    notice = Notice(kind=NoticeKind.TEST, key=f"test:{key}")
    delivery = Delivery(notice=notice, recipient=recipient, claimed_until=now() + CLAIM)
    db.session.add(delivery)
    audit.note(account, "recipient.tested", recipient.name)
    db.session.commit()
    failure = _attempt(recipient, test_message(recipient, key))
    delivery.attempts, delivery.tried_at, delivery.claimed_until = 1, now(), None
    delivery.state = DeliveryState.FAILED if failure else DeliveryState.DELIVERED
    if failure:
        delivery.error, delivery.detail = failure.reason, failure.detail
    db.session.commit()
    return delivery


def send_again(account: Account, recipient: Recipient) -> None:
    """Tries what could not be delivered again, as if it had just happened. Commits."""
    at = now()
    undelivered = (Delivery.recipient_id == recipient.id) & Delivery.error.is_not(None) & _is_free(at)
    open_ones = Delivery.state.in_([DeliveryState.WAITING, DeliveryState.FAILED])
    of_test = Delivery.notice_id.in_(select(Notice.id).where(Notice.kind == NoticeKind.TEST))
    again = {"state": DeliveryState.WAITING, "attempts": 0, "due_at": at, "next_at": at}
    db.session.execute(update(Delivery).where(undelivered, open_ones, ~of_test).values(again))
    audit.note(account, "recipient.sent_again", recipient.name)
    db.session.commit()
