"""Reads the fields of both sides again when a day has passed, so that what has changed there is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from wizard.extensions import db
from wizard.models import ConfigurationState, Connection, ConnectionState
from wizard.models.columns import now
from wizard.services.configuration.due import for_each
from wizard.services.configuration.there import read_schema
from wizard.services.lists import is_deleted

MAX_AGE = timedelta(days=1)


def read_schemas_if_old() -> None:
    """Reads those that are older than a day.

    One whose last reading has failed waits for somebody to read it again: an ERP may lock whom it refuses too often.
    """
    for_each(_due(), read_schema)


def _due() -> Sequence[int]:
    row = ConfigurationState
    due = (
        select(row.connection_id)
        .join(Connection, Connection.id == row.connection_id)
        .where(is_deleted(Connection, False), Connection.state == ConnectionState.SAVED)
        .where(row.schema_read_at <= now() - MAX_AGE, row.failure_token.is_(None))
        .order_by(row.schema_read_at)
    )
    found = db.session.scalars(due).all()
    db.session.commit()
    return found
