"""Updates a connection after a test or a save of it has finished."""

from __future__ import annotations

from wizard.extensions import db
from wizard.models import CheckRun, Connection
from wizard.outside.connector import CheckReport
from wizard.services.checks import AfterCommit
from wizard.services.connections.finish import finish
from wizard.services.connections.kept_receipt import renew_receipt
from wizard.services.connectors import store_fields


def after_connection_test(run: CheckRun, _: CheckReport) -> None:
    """Stores the health of a saved connection, the fields that its connector has, and a receipt where one is void."""
    store_fields(run)
    connection = db.session.get(Connection, run.connection_id) if run.connection_id else None
    if connection is not None:
        connection.health = run.health
        renew_receipt(connection, run)


def after_save(run: CheckRun, report: CheckReport) -> AfterCommit | None:
    """Ends the save, and stores the fields that the connector has."""
    after_commit = finish(run, report)
    store_fields(run)
    return after_commit
