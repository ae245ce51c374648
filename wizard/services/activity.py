"""Finds what was done, the newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, or_, select

from wizard.extensions import db
from wizard.models import AuditEvent
from wizard.services.connectors.find import Page, contains, page_of


@dataclass(frozen=True)
class Wanted:
    """`text` is a part of who did it or of what it was done to, `actions` are those whose words have it; both days
    belong to the period, in the server's time zone."""

    text: str = ""
    actions: Collection[str] = ()
    first_day: date | None = None
    last_day: date | None = None


def list_activity(wanted: Wanted, page: int) -> Page[AuditEvent]:
    return page_of(_found(wanted), page)


def all_activity(wanted: Wanted) -> Iterator[AuditEvent]:
    """Every event of the pages together, without all of them in memory at once."""
    yield from db.session.scalars(_found(wanted).execution_options(yield_per=500))


def _found(wanted: Wanted) -> Select[AuditEvent]:
    found = select(AuditEvent)
    if wanted.text:
        columns = (AuditEvent.who, AuditEvent.subject)
        parts = (contains(func.lower(each), wanted.text.lower()) for each in columns)
        found = found.where(or_(AuditEvent.action.in_(wanted.actions), *parts))
    if wanted.first_day:
        found = found.where(AuditEvent.at >= _midnight(wanted.first_day))
    if wanted.last_day:
        found = found.where(AuditEvent.at < _midnight(wanted.last_day + timedelta(days=1)))
    return found.order_by(AuditEvent.at.desc(), AuditEvent.id.desc())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
