"""Saves a connection here and at its connector, so that neither is left half done.

The row is written first, in state `saving` with the values as `pending`; a background run stores them at the connector;
then they become the row's own. After a crash in between, the next start calls the connector again. A form has one GUID
for ever, so that nothing is stored twice. What is given up and may be stored at the connector is owed a removal.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from wizard.domain.check import SAVES
from wizard.domain.connection import ConnectionInput
from wizard.errors import InUse, InvalidInput, ReceiptMissing, StaleVersion
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, ConnectionState, Connector, Setup, SuperOfficeState
from wizard.models.columns import name_key
from wizard.models.database import reload_for_update
from wizard.services.checks import (
    connection_payload,
    find_usable_receipt,
    is_alive,
    latest_pass,
    start_saving,
)
from wizard.services.connections.kept_receipt import receipt_of
from wizard.services.connections.removals import withdraw_removal
from wizard.services.dependencies import being_saved, lock_dependencies
from wizard.services.in_superoffice import may_save_there, scope_there
from wizard.services.versions import require_version


def save_connection(
    account: Account, setup: Setup, values: ConnectionInput, *, by_hand: bool = False, adopt: int | None = None
) -> CheckRun:
    """Begins to save and returns the run that does it; pressed twice, the one that already does.

    It is saved in SuperOffice too where the link allows that, unless somebody enters it there `by_hand`; `adopt` is the
    number of the connection to take over there.

    Raises InvalidInput for what is missing, too long or a name that is taken, InUse with the names of what it needs and
    was deleted meanwhile, NotInSuperOffice, ReceiptMissing without a receipt for just these values, or when they could
    not be saved since, and StaleVersion when the connection has changed since the form was opened. The form stays as it
    was.
    """
    if begun := _begun_save(setup):
        return begun
    connector, receipt = _require_savable(setup, values)
    connection = _row(setup, values)
    pending = _pending(account, connection, connector, values, receipt)
    if may_save_there() and not by_hand:
        scope_there(values.scope)
        pending |= _in_superoffice(connection, setup, adopt)
    connection.superoffice_state = _state_there(pending, by_hand)
    try:
        with db.session.begin_nested():
            connection.state, connection.pending = ConnectionState.SAVING, pending
            db.session.add(connection)
    except IntegrityError as error:  # the same name, added at the same moment
        raise InvalidInput({"name": "taken"}) from error
    setup.connection = connection
    withdraw_removal(connector.id, connection.guid)
    return start_saving(account, connection, setup)


def _require_savable(setup: Setup, values: ConnectionInput) -> tuple[Connector, CheckRun]:
    """The connector, locked with all else that the connection needs, and the receipt."""
    if problems := values.problems():
        raise InvalidInput(problems)
    connector = db.session.get_one(Connector, values.connector_id)
    if gone := lock_dependencies(connector.id, values.scope):
        raise InUse(gone)
    receipt = find_usable_receipt(setup, connection_payload(connector, values.config))
    if receipt is None:
        raise ReceiptMissing(("receipt",))
    if name_is_taken(values.name, setup.connection_id):
        raise InvalidInput({"name": "taken"})
    return connector, receipt


def _pending(
    account: Account, connection: Connection, connector: Connector, values: ConnectionInput, receipt: CheckRun
) -> dict[str, Any]:
    """What the row becomes once the connector has stored it; see `Connection.pending`."""
    return values.to_json() | {
        "fields": connector.fields,
        "origin": connector.origin,
        "url": connector.reachable_at,
        "ca_pem": connector.ca_pem,
        "account_id": account.id,
        "restores": connection.deleted_at is not None,
        "receipt": receipt_of(receipt),
        "health": receipt.health.to_json(),
    }


def _in_superoffice(connection: Connection, setup: Setup, adopt: int | None) -> dict[str, Any]:
    """What is kept for the save in SuperOffice; that it has deactivated it there, an earlier one has written down."""
    before = connection.pending or {}
    shown = setup.draft.get("in_superoffice", {}).get("shown", "")
    return {"in_superoffice": True, "adopt": adopt, "shown": shown, "activate": before.get("activate", False)}


def _state_there(pending: dict[str, Any], by_hand: bool) -> SuperOfficeState | None:
    if by_hand:
        return SuperOfficeState.BY_HAND
    return SuperOfficeState.WAITING if pending.get("in_superoffice") else None


def name_is_taken(name: str, own_id: int | None) -> bool:
    """Whether another undeleted connection has this name, or is about to get it; case does not count."""
    key = name_key(name)
    others = select(Connection.id).where(
        Connection.name_key == key, Connection.deleted_at.is_(None), Connection.id != (own_id or 0)
    )
    if db.session.scalar(others) is not None:
        return True
    return any(name_key(values.name) == key for values in being_saved(but=own_id))


def _begun_save(setup: Setup) -> CheckRun | None:
    """The run that saves this form or has saved it. The setup is locked anew: its draft was committed meanwhile."""
    reload_for_update(Setup, setup.id)
    return db.session.scalar(running_saves().where(CheckRun.setup_id == setup.id)) or (
        latest_pass(setup, *SAVES) if setup.finished_at is not None else None
    )


def _saved_by_another(connection: Connection, setup: Setup) -> bool:
    """Whether another form of this connection was sent a moment ago: its values must not be swapped on the way."""
    others = running_saves().where(CheckRun.connection_id == connection.id, CheckRun.setup_id != setup.id)
    return db.session.scalar(others) is not None


def running_saves() -> Select[CheckRun]:
    return select(CheckRun).where(CheckRun.kind.in_(SAVES), is_alive())


def _row(setup: Setup, values: ConnectionInput) -> Connection:
    connection = reload_for_update(Connection, setup.connection_id) if setup.connection_id else None
    if connection is None:
        return Connection(guid=setup.connection_guid, name=values.name, connector_id=values.connector_id)
    if setup.edits:
        require_version(connection, setup.base_version)
    if _saved_by_another(connection, setup):
        raise StaleVersion
    return connection
