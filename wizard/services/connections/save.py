"""Saves a connection here and at its connector, so that neither is left half done.

The row is written first, in state `saving` with the values as `pending`; a background run stores them at the connector;
then they become the row's own. After a crash in between, the next start calls the connector again: the GUID is the
same, so that nothing is stored twice.
"""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.exc import DataError, IntegrityError

from wizard.domain.check import Health, Outcome, RunKind, RunState, Stage
from wizard.domain.connection import ConnectionInput
from wizard.domain.receipt import receipt_number
from wizard.errors import InUse, InvalidInput, ReceiptMissing, StaleVersion, WizardError
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, ConnectionState, Connector, Setup
from wizard.models.columns import name_key, now
from wizard.models.connector import origin_of
from wizard.models.database import reload_for_update, writing
from wizard.models.encrypted import Undecryptable
from wizard.outside.connector import CheckLimits, CheckReport, Endpoint, delete_connection
from wizard.outside.http import Trust
from wizard.services import audit
from wizard.services.checks import (
    AfterCommit,
    Cancelled,
    connection_payload,
    find_usable_receipt,
    is_alive,
    latest_pass,
    start_saving,
)
from wizard.services.connections.entered import remember_entered
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
    connection = _row(setup, values)
    pending = values.to_json() | {
        "fields": connector.fields,
        "origin": connector.origin,
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
    try:
        with db.session.begin_nested():
            connection.state, connection.pending = ConnectionState.SAVING, pending
            db.session.add(connection)
    except IntegrityError as error:  # the same name, added at the same moment
        raise InvalidInput({"name": "taken"}) from error
    setup.connection = connection
    return start_saving(account, connection, setup)


def finish(run: CheckRun, report: CheckReport) -> AfterCommit | None:
    """Makes the pending values the row's own, or takes the row back when the connector refused them.

    Returns `forget_at_connector` where the connector has stored what has no row here any more.
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
    has_stored = any(result.stage == Stage.SAVE and result.outcome != Outcome.FAILED for result in report.results)
    is_left_behind = _give_up(run.account, connection, setup) and has_stored
    return partial(forget_at_connector, run) if is_left_behind else None


def forget_at_connector(run: CheckRun, cancelled: Cancelled) -> None:
    """Deletes the connection at its connector, within the time limit of the run. Call it outside of a transaction."""
    endpoint = Endpoint(run.request["url"], Trust(run.request["ca_pem"] or None))
    policy, limits = current_app.config["ADDRESS_POLICY"], CheckLimits(run.limit_seconds)
    try:
        delete_connection(endpoint, run.request["guid"], policy=policy, limits=limits, cancelled=cancelled)
    except WizardError:
        current_app.logger.warning("connection %s is left at its connector", run.request["guid"])


@writing()
def resume_orphaned_saves() -> int:
    """Starts anew to save what a killed process left in state `saving`; returns how many.

    A save that has broken off too often, or whose connector has moved to another host meanwhile, is given up.
    """
    alive = _running().where(CheckRun.connection_id.is_not(None)).with_only_columns(CheckRun.connection_id)
    left = select(Connection).where(Connection.state == ConnectionState.SAVING, Connection.id.not_in(alive))
    found = db.session.scalars(left.with_for_update(skip_locked=True, key_share=True)).all()
    for connection in found:
        if isinstance(connection.pending, Undecryptable):
            continue  # an instance that has its key resumes it
        setup = db.session.scalar(
            select(Setup).where(Setup.connection_id == connection.id, Setup.finished_at.is_(None))
        )
        pending = connection.pending
        if pending is None:
            _give_up(None, connection, setup)
            db.session.commit()
            continue
        account = db.session.get_one(Account, pending["account_id"])
        tries = pending.get("tries", 0)
        connector = db.session.get_one(Connector, pending["connector_id"])
        if tries == MAX_ATTEMPTS or pending.get("origin", connector.origin) != connector.origin:
            _give_up(account, connection, setup)
            db.session.commit()
            continue
        connection.pending = pending | {"tries": tries + 1}
        start_saving(account, connection, setup)
    return len(found)


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
        return Connection(guid=str(uuid.uuid4()), name=values.name, connector_id=values.connector_id)
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


def _give_up(account: Account | None, connection: Connection, setup: Setup | None) -> bool:
    """Deletes a new row, whose form stays; resets one that was saved before. Returns whether it is deleted."""
    audit.note(account, "connection.refused", (connection.pending or {}).get("name", connection.name))
    if connection.config or connection.receipt:
        connection.state, connection.pending = ConnectionState.SAVED, None
        return False
    if setup is not None:
        setup.connection = None
        db.session.flush()
    db.session.delete(connection)
    return True
