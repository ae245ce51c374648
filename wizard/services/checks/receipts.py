"""Receipts: the signature of what a passed test proves, which is required before it is saved."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app
from sqlalchemy import select

from wizard.domain import receipt
from wizard.domain.check import RunKind, Stage, Verdict
from wizard.domain.connector import ConnectorInput
from wizard.extensions import db
from wizard.models import PASSED, CheckRun, Connector, Setup
from wizard.models.columns import now


def input_payload(connector: ConnectorInput) -> bytes:
    """The payload of a check of what is typed for a connector."""
    return receipt.connector_payload(connector.address, connector.ca_pem)


def connector_payload(connector: Connector) -> bytes:
    """The payload of a check of a registered connector."""
    return receipt.connector_payload(connector.reachable_at, connector.ca_pem)


def connection_payload(connector: Connector, values: Mapping[str, str]) -> bytes:
    """The payload of a test of a connection's values."""
    return receipt.connection_payload(connector.id, connector.reachable_at, connector.ca_pem, values)


def sign_payload(payload: bytes) -> str:
    """The signature under the first key."""
    signature: str = current_app.extensions["keyring"].sign(payload)
    return signature


def find_receipt(payload: bytes) -> CheckRun | None:
    """The newest passed test of this payload that is not older than `RECEIPT_LIFETIME`."""
    passed = (
        select(CheckRun)
        .where(
            CheckRun.kind != RunKind.SAVE,
            CheckRun.receipt_signature == sign_payload(payload),
            CheckRun.verdict.in_(PASSED),
            CheckRun.finished_at > now() - receipt.RECEIPT_LIFETIME,
        )
        .order_by(CheckRun.finished_at.desc())
        .limit(1)
    )
    return db.session.scalar(passed)


def find_usable_receipt(setup: Setup, payload: bytes) -> CheckRun | None:
    """The receipt with which a setup may be saved; None once the connector has refused to save this payload."""
    found = find_receipt(payload)
    if found is None:
        return None
    refused = select(CheckRun.id).where(
        CheckRun.setup_id == setup.id,
        CheckRun.kind == RunKind.SAVE,
        CheckRun.receipt_signature == found.receipt_signature,
        CheckRun.verdict == Verdict.FAILED,
        CheckRun.finished_at > found.finished_at,
    )
    return None if db.session.scalar(refused.limit(1)) is not None else found


def failed_after_address(payload: bytes) -> bool:
    """Whether the newest run of this payload has failed, though not at its address: a malformed one never works."""
    newest = (
        select(CheckRun)
        .where(CheckRun.receipt_signature == sign_payload(payload))
        .order_by(CheckRun.created_at.desc())
        .limit(1)
    )
    run = db.session.scalar(newest)
    failure = run.failure if run else None
    return failure is not None and failure.stage != Stage.ADDRESS
