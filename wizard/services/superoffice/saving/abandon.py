"""Gives up a new connection that waits to be saved in SuperOffice, when its form is discarded."""

from __future__ import annotations

from wizard.extensions import db
from wizard.models import Account, Connection, Setup, SuperOfficeState
from wizard.models.database import reload_for_update
from wizard.services.connections import give_up_save
from wizard.services.superoffice.saving.journal import is_unsettled


def abandon_save(account: Account, setup: Setup) -> None:
    """Takes the row back, unless SuperOffice has the connection, or may have it: then it is saved in the end."""
    connection = reload_for_update(Connection, setup.connection_id) if setup.connection_id else None
    if connection is None or connection.superoffice_state != SuperOfficeState.WAITING:
        return
    is_new = connection.receipt_token is None and connection.superoffice_id is None
    if is_new and connection.waits_for_superoffice and not is_unsettled(connection.id):
        give_up_save(account, connection, setup, False)
        db.session.commit()
