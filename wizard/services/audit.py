"""Notes who did what."""

from __future__ import annotations

from wizard.extensions import db
from wizard.models import Account, AuditEvent


def note(who: Account | None, action: str, subject: str = "", detail: str = "") -> None:
    """Adds an event to the running transaction. No secret may stand in `subject` or `detail`."""
    db.session.add(AuditEvent(who=who.name if who else "", action=action, subject=subject, detail=detail))
