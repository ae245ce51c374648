"""Notes who did what."""

from __future__ import annotations

import re

from wizard.extensions import db
from wizard.models import Account, AuditEvent

MAX_LENGTH = 254


def note(who: Account | None, action: str, subject: str = "", detail: str = "") -> None:
    """Adds an event to the running transaction. No secret may stand in `subject` or `detail`."""
    db.session.add(AuditEvent(who=_told(who) if who else "", action=action, subject=subject, detail=detail))


def without_login(address: str) -> str:
    """An address without the user name and password that somebody has typed into it."""
    return re.sub(r"(?<=//)[^/?#]*@", "", address)


def _told(account: Account) -> str:
    """Two people may have the same name, so the user name is told too where it is another."""
    name, username = account.name, account.username
    return name if name == username else f"{name[:100]} ({username})"[:MAX_LENGTH]
