"""Deletes a connection, softly, and restores it. Its connector keeps the configuration, so that nothing is lost."""

from __future__ import annotations

from wizard.errors import InUse, InvalidInput
from wizard.extensions import db
from wizard.models import Account, Connection
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.connections.save import name_is_taken
from wizard.services.dependencies import lock_dependencies


def delete_connection(account: Account, connection: Connection) -> None:
    """Takes it off the list."""
    if connection.deleted_at is None:
        connection.deleted_at = now()
        connection.version += 1
        audit.note(account, "connection.deleted", connection.name)
        db.session.commit()


def restore_connection(account: Account, connection: Connection) -> None:
    """Raises InvalidInput when its name was taken meanwhile, InUse with the names of what it needs and is deleted."""
    if connection.deleted_at is None:
        return
    if gone := lock_dependencies(connection.connector_id, connection.scope):
        raise InUse(gone)
    if name_is_taken(connection.name, connection.id):
        raise InvalidInput({"name": "taken"})
    connection.deleted_at = None
    connection.version += 1
    audit.note(account, "connection.restored", connection.name)
    db.session.commit()
