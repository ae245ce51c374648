"""Finds the link to SuperOffice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from wizard.extensions import db
from wizard.models import Connection, SuperOfficeLink, SuperOfficeState


def linked() -> SuperOfficeLink | None:
    """The link, once its first check has passed; None while SuperOffice is not linked."""
    return db.session.scalar(select(SuperOfficeLink).where(SuperOfficeLink.linked_at.is_not(None)))


def find_link() -> SuperOfficeLink | None:
    """The link, also one that was typed and has not passed its check yet."""
    return db.session.scalar(select(SuperOfficeLink))


def waiting_connections() -> Sequence[Connection]:
    """The connections of which something has still to be saved, deleted or restored in SuperOffice."""
    waiting = (Connection.superoffice_state == SuperOfficeState.WAITING) & Connection.deleted_at.is_(None)
    found = select(Connection).where(waiting | Connection.superoffice_owed.is_not(None))
    return db.session.scalars(found.order_by(Connection.name_key)).all()
