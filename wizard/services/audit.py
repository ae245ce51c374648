"""Records who did what."""

from __future__ import annotations

import re

from sqlalchemy import update

from wizard.extensions import db
from wizard.models import Account, AuditEvent, CheckRun
from wizard.services.source import source_address

MAX_LENGTH = 254


def note(who: Account | None, action: str, subject: str = "", detail: str = "", *, run: CheckRun | None = None) -> None:
    """Adds an event to the running transaction. `subject` and `detail` must not contain a secret.

    `run` is the check that the event is about: see `note_result`.
    """
    name, run_id = name_of(who) if who else "", run.id if run else None
    event = AuditEvent(who=name, action=action, subject=subject, detail=detail, run_id=run_id, address=source_address())
    db.session.add(event)


def note_result(run: CheckRun) -> None:
    """Adds the result of a finished check to the event that says that it was started."""
    db.session.execute(update(AuditEvent).where(AuditEvent.run_id == run.id).values(verdict=run.verdict))


def without_login(address: str) -> str:
    """The URL without the user name and password that it may contain."""
    return re.sub(r"(?<=//)[^/?#]*@", "", address)


def name_of(account: Account) -> str:
    """The name, and the user name where it differs, because names need not be unique."""
    name, username = account.name, account.username
    return name if name == username else f"{name[:100]} ({username})"[:MAX_LENGTH]
