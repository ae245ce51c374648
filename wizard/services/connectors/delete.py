"""Deletes a connector, softly, and restores it."""

from __future__ import annotations

from datetime import datetime

from wizard.errors import InUse, InvalidInput
from wizard.extensions import db
from wizard.models import Account, Connector, Owed
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.connectors.register import name_is_taken
from wizard.services.dependencies import connections_that_need
from wizard.services.in_superoffice import owe_there


def delete_connector(account: Account, connector: Connector, at: datetime | None = None) -> None:
    """Raises InUse with the names of its connections, which have to be deleted first. `at` is the time, else now."""
    if names := connections_that_need(connector):
        raise InUse(names)
    if connector.deleted_at is None:
        connector.deleted_at = at or now()
        connector.version += 1
        owe_there(connector, Owed.DELETE)
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
    owe_there(connector, Owed.RESTORE)
    audit.note(account, "connector.restored", connector.name)
    db.session.commit()
