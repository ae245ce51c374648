"""Finds audit events, the newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from wizard.extensions import db
from wizard.models import AuditEvent
from wizard.services.lists import Page, contains, page_of


@dataclass(frozen=True)
class ActivityFilter:
    """Which events to find.

    `text` is a part of the account's name, of the subject or of the address; `actions` match as well, because their
    texts contain it.
    The period begins at `since` and ends before `until`.
    """

    text: str = ""
    actions: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None


def list_activity(filters: ActivityFilter, page: int) -> Page[AuditEvent]:
    return page_of(_query(filters), page)


def all_activity(filters: ActivityFilter) -> Iterator[AuditEvent]:
    """Streams the events of all pages."""
    yield from db.session.scalars(_query(filters).execution_options(yield_per=500))


def _query(filters: ActivityFilter) -> Select[AuditEvent]:
    query = select(AuditEvent)
    if filters.text:
        columns = (AuditEvent.who, AuditEvent.subject, AuditEvent.address)
        parts = (contains(func.lower(each), filters.text.lower()) for each in columns)
        query = query.where(or_(AuditEvent.action.in_(filters.actions), *parts))
    if filters.since:
        query = query.where(AuditEvent.at >= filters.since)
    if filters.until:
        query = query.where(AuditEvent.at < filters.until)
    return query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
