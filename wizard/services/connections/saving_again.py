"""Saves a connection in SuperOffice once more as it is here, where somebody has changed it there."""

from __future__ import annotations

from wizard.errors import InvalidState, ReceiptMissing
from wizard.models import Account, CheckRun, Connection, ConnectionState, SuperOfficeState
from wizard.services import audit
from wizard.services.checks import start_saving
from wizard.services.in_superoffice import scope_there


def save_again(account: Account, connection: Connection, shown: str, *, activate: bool) -> CheckRun:
    """Begins to save a locked connection with the values that it has, and returns the run that does it.

    `shown` stands for what SuperOffice has now, as an administrator has seen it: only that is replaced. `activate`: it
    is to be active there. Raises ReceiptMissing for values that were not tested, NotInSuperOffice, and InvalidState for
    secrets that were given to another host.
    """
    scope_there(connection.scope)
    if connection.has_secrets_of_another:
        raise InvalidState(connection.name)
    if not connection.receipt or connection.receipt.get("void") or connection.health is None:
        raise ReceiptMissing(("receipt",))
    connection.pending = connection.to_input().to_json() | {
        "fields": connection.fields,
        "origin": connection.origin,
        "url": connection.connector.reachable_at,
        "ca_pem": connection.connector.ca_pem,
        "account_id": account.id,
        "restores": False,
        "receipt": connection.receipt,
        "health": connection.health.to_json(),
        "in_superoffice": True,
        "adopt": None,
        "shown": shown,
        "activate": activate,
    }
    connection.state, connection.superoffice_state = ConnectionState.SAVING, SuperOfficeState.WAITING
    audit.note(account, "connection.written_to_superoffice", connection.name)
    return start_saving(account, connection, None)
