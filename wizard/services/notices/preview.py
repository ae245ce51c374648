"""What a recipient would be sent of a failure, which is made up."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.notices import NoticeKind
from wizard.extensions import db
from wizard.messages import About, Letter
from wizard.models import Connection, Recipient
from wizard.models.columns import now
from wizard.services.notices.compose import letter_about

SINCE = timedelta(minutes=10)
ADDRESS = "192.0.2.7"
"""It is kept free for examples (RFC 5737)."""


def preview(recipient: Recipient) -> tuple[Letter, str] | None:
    """A letter about the first connection of which it is told, and its brief text; None where there is none yet."""
    connection = _first_connection(recipient)
    return letter_about(recipient, _made_up(connection)) if connection is not None else None


def _first_connection(recipient: Recipient) -> Connection | None:
    found = select(Connection).where(Connection.deleted_at.is_(None)).order_by(Connection.name_key, Connection.id)
    if not recipient.is_for_everything:
        found = found.where(Connection.id.in_([each.id for each in recipient.connections]))
    return db.session.scalar(found.limit(1))


def _made_up(connection: Connection) -> About:
    connector = connection.connector
    called = urlsplit(connector.reachable_at)
    facts = {
        "host": called.hostname or connector.name,
        "port": str(called.port or 443),
        "address": ADDRESS,
        "limit_seconds": "10",
    }
    return About(
        NoticeKind.BROKEN,
        connection.name,
        f"/connections/{connection.id}/monitoring",
        since=now() - SINCE,
        result=StageResult(Stage.CONNECT, Outcome.FAILED, "connect.timeout", facts),
        connector=connector.name,
        url=connector.reachable_at,
        provider=connector.sync_app.provider if connector.sync_app else "",
    )
