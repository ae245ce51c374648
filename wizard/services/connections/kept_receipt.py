"""The receipt that is kept with a connection: what was tested, by whom and when."""

from __future__ import annotations

from typing import Any

from wizard.domain.receipt import receipt_number
from wizard.models import CheckRun, Connection
from wizard.models.columns import now
from wizard.services.checks import connection_payload, sign_payload


def receipt_of(run: CheckRun) -> dict[str, Any]:
    """What is kept of a passed test."""
    return {
        "number": receipt_number(run.kind, run.id),
        "who": run.account.name,
        "at": (run.finished_at or now()).isoformat(),
        "stages": [result.to_json() for result in run.stages],
    }


def void_receipt(connection: Connection) -> None:
    """The values of the connection are others than those that were tested."""
    connection.health = None
    if connection.receipt is not None:
        connection.receipt = {**connection.receipt, "void": True}


def renew_receipt(connection: Connection, run: CheckRun) -> None:
    """Replaces a receipt that is void once just the values of now have passed a test."""
    is_void = bool(connection.receipt and connection.receipt.get("void"))
    if is_void and run.passed and run.receipt_signature == _signature(connection):
        connection.receipt = receipt_of(run)


def _signature(connection: Connection) -> str:
    return sign_payload(connection_payload(connection.connector, connection.config))
