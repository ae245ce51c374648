"""Looks at the writes whose answer never came and that no save comes back to. Nothing is sent again."""

from __future__ import annotations

from sqlalchemy import select

from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import CONFIGURING, Connection, ConnectionState, SuperOfficeWrite, WriteOperation, WriteState
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOfficeError
from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.find import linked
from wizard.services.superoffice.saving.find import look_at_connections, look_at_connectors


def look_at_open_writes() -> None:
    """Ends those that are due. A save that is still to be ended looks at its own ones first."""
    link, writes = linked(), _due()
    db.session.commit()
    if link is None or not link.may_save or not writes:
        return
    of_connectors = [each for each in writes if each.operation == WriteOperation.SAVE_CONNECTOR]
    others = [each for each in writes if each not in of_connectors]
    try:
        with writing(), open_superoffice(link, cancelled=job_queue().is_closing) as so:
            look_at_connectors(so, of_connectors)
            look_at_connections(so, others)
    except (SuperOfficeError, Cancelled):
        return


def _due() -> list[SuperOfficeWrite]:
    saving = select(Connection.id).where(Connection.state == ConnectionState.SAVING)
    due = select(SuperOfficeWrite).where(
        SuperOfficeWrite.state == WriteState.OPEN,
        SuperOfficeWrite.settles_at <= now(),
        SuperOfficeWrite.operation.not_in(CONFIGURING),
        SuperOfficeWrite.connection_id.is_(None) | SuperOfficeWrite.connection_id.not_in(saving),
    )
    return list(db.session.scalars(due.order_by(SuperOfficeWrite.id)))
