"""Deletes a connector, softly, and restores it."""

from __future__ import annotations

from sqlalchemy import select

from wizard.errors import InUse, InvalidInput
from wizard.extensions import db
from wizard.models import Account, Connection, Connector
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.register_connector import name_is_taken


def delete_connector(account: Account, connector: Connector) -> None:
    """Raises InUse with the names of its connections, which have to be deleted first."""
    used_by = select(Connection.name).where(Connection.connector_id == connector.id, Connection.deleted_at.is_(None))
    if names := db.session.scalars(used_by.order_by(Connection.name_key)).all():
        raise InUse(tuple(names))
    if connector.deleted_at is None:
        connector.deleted_at = now()
        connector.version += 1
        audit.note(account, "connector.deleted", connector.name)
        db.session.commit()


def restore_connector(account: Account, connector: Connector) -> None:
    """Raises InvalidInput when another connector has taken its name."""
    if connector.deleted_at is None:
        return
    if name_is_taken(connector.name, connector.id):
        raise InvalidInput({"name": "taken"})
    connector.deleted_at = None
    connector.version += 1
    audit.note(account, "connector.restored", connector.name)
    db.session.commit()
