"""Records who did what."""

from __future__ import annotations

import re

from wizard.extensions import db
from wizard.models import Account, AuditEvent
from wizard.services.source import source_address

MAX_LENGTH = 254


def note(who: Account | None, action: str, subject: str = "", detail: str = "") -> None:
    """Adds an event to the running transaction. `subject` and `detail` must not contain a secret."""
    name = name_of(who) if who else ""
    event = AuditEvent(who=name, action=action, subject=subject, detail=detail, address=source_address())
    db.session.add(event)


def without_login(address: str) -> str:
    """The URL without the user name and password that it may contain."""
    return re.sub(r"(?<=//)[^/?#]*@", "", address)


def name_of(account: Account) -> str:
    """The name, and the user name where it differs, because names need not be unique."""
    name, username = account.name, account.username
    return name if name == username else f"{name[:100]} ({username})"[:MAX_LENGTH]
