"""Saves a connection here and at its connector, so that neither is left half done.

The row is written first, in state `saving` with the values as `pending`; a background run stores them at the connector;
then they become the row's own. After a crash in between, the next start calls the connector again. A form has one GUID
for ever, so that nothing is stored twice. What is given up and may be stored at the connector is owed a removal.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import DataError, IntegrityError

from wizard.domain.check import Health, RunKind, RunState
from wizard.domain.connection import ConnectionInput
from wizard.domain.receipt import receipt_number
from wizard.errors import InUse, InvalidInput, ReceiptMissing, StaleVersion
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, ConnectionState, Connector, Removal, Setup
from wizard.models.columns import name_key, now
from wizard.models.connector import origin_of
from wizard.models.database import reload_for_update, writing
from wizard.models.encrypted import Undecryptable
from wizard.outside.connector import CheckReport
from wizard.services import audit
from wizard.services.checks import (
    AfterCommit,
    connection_payload,
    find_usable_receipt,
    is_alive,
    latest_pass,
    start_saving,
)
from wizard.services.connections.entered import remember_entered
from wizard.services.connections.removals import owe_removal, start_removal_now, withdraw_removal
from wizard.services.dependencies import being_saved, lock_dependencies
from wizard.services.versions import require_version

MAX_ATTEMPTS = 3
"""How often a save that breaks off, with its process or by an error, is begun again."""


def save_connection(account: Account, setup: Setup, values: ConnectionInput) -> CheckRun:
    """Begins to save and returns the run that does it; pressed twice, the one that already does.

    Raises InvalidInput for what is missing, too long or a name that is taken, InUse with the names of what it needs and
    was deleted meanwhile, ReceiptMissing without a receipt for just these values, or when they could not be saved
    since, and StaleVersion when the connection has changed since the form was opened. The form stays as it was.
    """
    if begun := _begun_save(setup):
        return begun
    connector, receipt = _require_savable(setup, values)
    connection = _row(setup, values)
    pending = _pending(account, connection, connector, values, receipt)
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
        "receipt": {
            "number": receipt_number(receipt.kind, receipt.id),
            "who": receipt.account.name,
            "at": (receipt.finished_at or now()).isoformat(),
            "stages": [result.to_json() for result in receipt.stages],
        },
        "health": receipt.health.to_json(),
    }


def finish(run: CheckRun, report: CheckReport) -> AfterCommit | None:
    """Makes the pending values the row's own, or takes the row back when the connector refused them.

    Returns what starts the removal where the connector has what has no row here any more, or may have it.
    """
    setup = reload_for_update(Setup, run.setup_id) if run.setup_id else None
    connection = reload_for_update(Connection, run.connection_id) if run.connection_id else None
    if connection is None or connection.pending is None:
        return None
    if run.passed:
        try:
            with db.session.begin_nested():
                _apply(connection, connection.pending, run, report)
        except (IntegrityError, DataError):  # its name was taken between OK and now: the form says so at the next OK
            run.state, run.verdict = RunState.INTERRUPTED, None
        else:
            audit.note(run.account, "connection.saved", connection.name)
            if setup is not None:
                setup.finished_at = now()
            return None
    is_stored = report.is_stored
    if is_stored is False and connection.pending.get("tries"):
        is_stored = None  # a run that has broken off may have sent it
    removal = _give_up(run.account, connection, setup, is_stored)
    return start_removal_now(removal) if removal else None


@writing()
def resume_orphaned_saves() -> int:
    """Starts anew to save what a killed process left in state `saving`; returns how many.

    A save that has broken off too often, or whose connector has moved to another host meanwhile, is given up.
    """
    alive = _running().where(CheckRun.connection_id.is_not(None)).with_only_columns(CheckRun.connection_id)
    left = select(Connection).where(Connection.state == ConnectionState.SAVING, Connection.id.not_in(alive))
    found = db.session.scalars(left.with_for_update(skip_locked=True, key_share=True)).all()
    for connection in found:
        if not isinstance(connection.pending, Undecryptable):  # an instance that has its key resumes it
            _resume(connection)
    return len(found)


def _resume(connection: Connection) -> None:
    """Starts a save again, or gives it up. Commits."""
    setup = db.session.scalar(select(Setup).where(Setup.connection_id == connection.id, Setup.finished_at.is_(None)))
    pending = connection.pending
    account = db.session.get_one(Account, pending["account_id"]) if pending else None
    if pending is None or account is None or not _may_be_resumed(pending):
        _give_up(account, connection, setup, None)
        db.session.commit()
        return
    connection.pending = pending | {"tries": pending.get("tries", 0) + 1}
    start_saving(account, connection, setup)


def _may_be_resumed(pending: dict[str, Any]) -> bool:
    connector = db.session.get_one(Connector, pending["connector_id"])
    has_moved = pending.get("origin", connector.origin) != connector.origin
    return not has_moved and int(pending.get("tries", 0)) < MAX_ATTEMPTS


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
    return db.session.scalar(_running().where(CheckRun.setup_id == setup.id)) or (
        latest_pass(setup, RunKind.SAVE) if setup.finished_at is not None else None
    )


def _saved_by_another(connection: Connection, setup: Setup) -> bool:
    """Whether another form of this connection was sent a moment ago: its values must not be swapped on the way."""
    others = _running().where(CheckRun.connection_id == connection.id, CheckRun.setup_id != setup.id)
    return db.session.scalar(others) is not None


def _running() -> Select[CheckRun]:
    return select(CheckRun).where(CheckRun.kind == RunKind.SAVE, is_alive())


def _row(setup: Setup, values: ConnectionInput) -> Connection:
    connection = reload_for_update(Connection, setup.connection_id) if setup.connection_id else None
    if connection is None:
        return Connection(guid=setup.connection_guid, name=values.name, connector_id=values.connector_id)
    if setup.edits:
        require_version(connection, setup.base_version)
    if _saved_by_another(connection, setup):
        raise StaleVersion
    return connection


def _apply(connection: Connection, pending: dict[str, Any], run: CheckRun, report: CheckReport) -> None:
    if connection.receipt is not None:
        remember_entered(connection)
    connection.assign(ConnectionInput.from_json(pending))
    connection.fields, connection.receipt = pending["fields"], pending["receipt"]
    connection.health = Health.from_json(pending["health"])
    connection.catalog = report.catalog
    connection.origin = origin_of(pending["connector_id"], run.request["url"])
    connection.state, connection.pending = ConnectionState.SAVED, None
    connection.updated_at, connection.updated_by = now(), run.account.name
    if pending["restores"]:
        connection.deleted_at = None
    connection.version += 1


def _give_up(
    account: Account | None, connection: Connection, setup: Setup | None, is_stored: bool | None
) -> Removal | None:
    """Deletes a new row, whose form stays; resets one that was saved before.

    Returns the removal of a new one that its connector has stored, or may have.
    """
    pending = connection.pending or {}
    audit.note(account, "connection.refused", pending.get("name", connection.name))
    if connection.config or connection.receipt:
        connection.state, connection.pending = ConnectionState.SAVED, None
        return None
    if setup is not None:
        setup.connection = None
        db.session.flush()
    db.session.delete(connection)
    if account is None or is_stored is False:
        return None
    connector = db.session.get_one(Connector, pending["connector_id"])
    place = {"name": pending["name"], "url": connector.reachable_at, "ca_pem": connector.ca_pem} | {
        name: pending[name]
        for name in ("url", "ca_pem")
        if name in pending  # not in those of version 1.0
    }
    return owe_removal(account, connector.id, connection.guid, place, settles=is_stored is None)
