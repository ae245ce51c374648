"""Finds what was done, the newest first."""

from __future__ import annotations

from sqlalchemy import or_, select

from wizard.models import AuditEvent
from wizard.services.list_connectors import Page, contains, page_of


def list_activity(query: str, page: int) -> Page[AuditEvent]:
    """`query` is a part of who, of the deed's word, or of what it was done to."""
    found = select(AuditEvent)
    if query:
        columns = (AuditEvent.who, AuditEvent.action, AuditEvent.subject)
        found = found.where(or_(*(contains(column, query) for column in columns)))
    return page_of(found.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()), page)
