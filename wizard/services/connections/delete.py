"""Deletes a connection, softly, and restores it. Its connector keeps the configuration, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from wizard.errors import InUse, InvalidInput
from wizard.extensions import db
from wizard.models import Account, Connection, ConnectionState, Connector, Owed, SuperOfficeState
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.connections.save import name_is_taken
from wizard.services.connectors import delete_connector, restore_connector
from wizard.services.dependencies import lock_dependencies
from wizard.services.in_superoffice import owe_there


def delete_connection(account: Account, connection: Connection) -> None:
    """Takes it off the list."""
    if connection.deleted_at is None:
        _delete(account, connection, now())
        db.session.commit()


def delete_with_connections(account: Account, connector: Connector) -> None:
    """Takes a connector and all of its connections off the lists. Raises InUse while one of them is being saved."""
    at = now()
    for connection in _connections_of(connector, Connection.deleted_at.is_(None)):
        _delete(account, connection, at)
    delete_connector(account, connector, at)


def restore_with_connections(account: Account, connector: Connector) -> None:
    """Undo of `delete_with_connections`. Raises what `restore_connector` and `restore_connection` do."""
    at = connector.deleted_at
    restore_connector(account, connector)
    for connection in _connections_of(connector, Connection.deleted_at == at):
        restore_connection(account, connection)


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
    owe_there(connection, Owed.RESTORE)
    audit.note(account, "connection.restored", connection.name)
    db.session.commit()


def _delete(account: Account, connection: Connection, at: datetime) -> None:
    connection.deleted_at = at
    connection.version += 1
    if connection.superoffice_state == SuperOfficeState.WAITING and connection.receipt_token is not None:
        # what waits to be saved in SuperOffice would restore it there
        connection.state, connection.pending = ConnectionState.SAVED, None
        connection.superoffice_state = SuperOfficeState.SAVED if connection.superoffice_id else None
    owe_there(connection, Owed.DELETE)
    audit.note(account, "connection.deleted", connection.name)


def _connections_of(connector: Connector, condition: ColumnElement[bool]) -> Sequence[Connection]:
    found = select(Connection).where(Connection.connector_id == connector.id, condition)
    return db.session.scalars(found.order_by(Connection.id)).all()
