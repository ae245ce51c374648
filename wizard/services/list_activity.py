"""Finds what was done, the newest first."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select

from wizard.models import AuditEvent
from wizard.services.list_connectors import Page, contains, page_of


def list_activity(query: str, actions: Collection[str], page: int) -> Page[AuditEvent]:
    """`query` is a part of who did it or of what it was done to; `actions` are those whose words have it."""
    found = select(AuditEvent)
    if query:
        who, subject = (contains(func.lower(each), query.lower()) for each in (AuditEvent.who, AuditEvent.subject))
        found = found.where(or_(AuditEvent.action.in_(actions), who, subject))
    return page_of(found.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()), page)
