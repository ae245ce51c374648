"""Updates a connector after a check of it has finished, and registers it where that was requested."""

from __future__ import annotations

from wizard.extensions import db
from wizard.models import CheckRun, Connector, Continuation
from wizard.outside.connector import CheckReport
from wizard.services.checks import AfterCommit
from wizard.services.connectors.register import register_after_check


def after_connector_check(run: CheckRun, _: CheckReport) -> AfterCommit | None:
    """Stores fields and health, and registers the connector if that was to follow a pass."""
    if connector := checked_connector(run):
        connector.health = run.health
    store_fields(run)
    if run.continuation == Continuation.ASKED and run.passed:
        return register_after_check(run)
    return None


def store_fields(run: CheckRun) -> None:
    """Stores the configuration fields that a run of any kind has fetched."""
    connector = checked_connector(run)
    if connector is not None and run.fields is not None:
        connector.fields = run.fields


def checked_connector(run: CheckRun) -> Connector | None:
    """The row whose address was checked; None where the check was of an edit that is not saved yet."""
    connector = db.session.get(Connector, run.connector_id) if run.connector_id else None
    if connector is None or (run.request["url"], run.request["ca_pem"]) != (connector.reachable_at, connector.ca_pem):
        return None
    return connector
