"""Begins anew to save what a killed process has left in state `saving`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, ConnectionState, Connector, Setup
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.models.encrypted import Undecryptable
from wizard.services.checks import start_saving
from wizard.services.connections.finish import give_up_save
from wizard.services.connections.save import running_saves

MAX_ATTEMPTS = 3
"""How often a save that breaks off, with its process or by an error, is begun again."""


@writing()
def resume_orphaned_saves() -> int:
    """Starts anew to save what a killed process left in state `saving`; returns how many.

    A save that has broken off too often, or whose connector has moved to another host meanwhile, is given up. One that
    waits for SuperOffice is begun when its time has come, or by a person.
    """
    alive = running_saves().where(CheckRun.connection_id.is_not(None)).with_only_columns(CheckRun.connection_id)
    left = select(Connection).where(Connection.state == ConnectionState.SAVING, Connection.id.not_in(alive))
    found = db.session.scalars(left.with_for_update(skip_locked=True, key_share=True)).all()
    # an instance that has the key of the others resumes them
    due = [each for each in found if not isinstance(each.pending, Undecryptable) and _is_due(each.pending or {})]
    for connection in due:
        _resume(connection)
    return len(due)


def _resume(connection: Connection) -> None:
    """Starts a save again, or gives it up. Commits."""
    setup = db.session.scalar(select(Setup).where(Setup.connection_id == connection.id, Setup.finished_at.is_(None)))
    pending = connection.pending
    account = db.session.get_one(Account, pending["account_id"]) if pending else None
    if pending is None or account is None or not _may_be_resumed(pending):
        give_up_save(account, connection, setup, None)
        db.session.commit()
        return
    connection.pending = pending | {"tries": pending.get("tries", 0) + 1}
    start_saving(account, connection, setup)


def _is_due(pending: dict[str, Any]) -> bool:
    """See `wizard.services.superoffice.saving.follow_up`: a time, or nothing while a person has to decide."""
    if "retry_at" not in pending:
        return True
    return bool(pending["retry_at"]) and datetime.fromisoformat(pending["retry_at"]) <= now()


def _may_be_resumed(pending: dict[str, Any]) -> bool:
    connector = db.session.get_one(Connector, pending["connector_id"])
    has_moved = pending.get("origin", connector.origin) != connector.origin
    may_be_in_superoffice = bool(pending.get("in_superoffice"))
    return may_be_in_superoffice or (not has_moved and int(pending.get("tries", 0)) < MAX_ATTEMPTS)
