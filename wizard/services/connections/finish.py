"""Ends a save: its pending values become the row's own, or the row is taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import DataError, IntegrityError

from wizard.domain.check import Health, RunState
from wizard.domain.connection import ConnectionInput
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, ConnectionState, Connector, Removal, Setup
from wizard.models.columns import now
from wizard.models.connector import origin_of
from wizard.models.database import reload_for_update
from wizard.outside.connector import CheckReport
from wizard.services import audit
from wizard.services.checks import AfterCommit
from wizard.services.connections.entered import remember_entered
from wizard.services.connections.removals import owe_removal, start_removal_now


def finish(run: CheckRun, report: CheckReport) -> AfterCommit | None:
    """Makes the pending values the row's own, or takes the row back when the connector refused them.

    Returns what starts the removal where the connector has what has no row here any more, or may have it.
    """
    setup = reload_for_update(Setup, run.setup_id) if run.setup_id else None
    connection = reload_for_update(Connection, run.connection_id) if run.connection_id else None
    if connection is None or connection.pending is None:
        return None
    if run.passed and complete_save(run, report, connection, setup):
        return None
    is_stored = report.is_stored
    if is_stored is False and connection.pending.get("tries"):
        is_stored = None  # a run that has broken off may have sent it
    removal = give_up_save(run.account, connection, setup, is_stored)
    return start_removal_now(removal) if removal else None


def complete_save(run: CheckRun, report: CheckReport, connection: Connection, setup: Setup | None) -> bool:
    """Makes the pending values the row's own; False, with the run interrupted, if its name was taken meanwhile."""
    try:
        with db.session.begin_nested():
            _apply(connection, connection.pending or {}, run, report)
    except (IntegrityError, DataError):  # the form says so at the next OK
        run.state, run.verdict = RunState.INTERRUPTED, None
        return False
    audit.note(run.account, "connection.saved", connection.name)
    if setup is not None:
        setup.finished_at = now()
    return True


def _apply(connection: Connection, pending: dict[str, Any], run: CheckRun, report: CheckReport) -> None:
    who = run.account.name  # loaded before anything is changed, so that all changes are one UPDATE
    if connection.receipt is not None:
        remember_entered(connection)
    connection.assign(ConnectionInput.from_json(pending))
    connection.fields, connection.receipt = pending["fields"], pending["receipt"]
    connection.health = Health.from_json(pending["health"])
    connection.catalog = report.catalog
    connection.origin = origin_of(pending["connector_id"], run.request["url"])
    connection.state, connection.pending = ConnectionState.SAVED, None
    connection.updated_at, connection.updated_by = now(), who
    if pending["restores"]:
        connection.deleted_at = None
    connection.version += 1


def give_up_save(
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
