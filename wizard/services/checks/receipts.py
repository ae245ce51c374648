"""Receipts: the signature of what a passed test proves, which is required before it is saved."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app
from sqlalchemy import Select, select

from wizard.domain import receipt
from wizard.domain.check import SAVES, RunKind, Stage, Verdict
from wizard.domain.connector import ConnectorInput
from wizard.extensions import db
from wizard.models import PASSED, CheckRun, Connector, Setup
from wizard.models.columns import now
from wizard.services.checks.runs import select_newest


def input_payload(connector: ConnectorInput) -> bytes:
    """The payload of a check of what is typed for a connector."""
    return receipt.connector_payload(connector.address, connector.ca_pem)


def registering_payload(connector: ConnectorInput) -> bytes:
    """The payload of what is saved in SuperOffice for a connector; it proves nothing of its address."""
    return receipt.registering_payload(connector.to_json())


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
    return db.session.scalar(select_receipt(sign_payload(payload)))


def select_receipt(signature: str) -> Select[CheckRun]:
    passed = select(CheckRun).where(
        CheckRun.kind.not_in(SAVES),
        CheckRun.receipt_signature == signature,
        CheckRun.verdict.in_(PASSED),
        CheckRun.finished_at > now() - receipt.RECEIPT_LIFETIME,
    )
    return passed.order_by(CheckRun.finished_at.desc()).limit(1)


def find_usable_receipt(setup: Setup, payload: bytes) -> CheckRun | None:
    """The receipt with which a setup may be saved; None once the connector has refused to save this payload."""
    signature = sign_payload(payload)
    found, refusal = db.session.scalar(select_receipt(signature)), db.session.scalar(select_refusal(setup, signature))
    return unless_refused(found, refusal)


def select_refusal(setup: Setup, signature: str) -> Select[CheckRun]:
    """The last run in which the connector has refused to save this payload from a setup."""
    refused = select(CheckRun).where(
        CheckRun.setup_id == setup.id,
        CheckRun.kind == RunKind.SAVE,
        CheckRun.receipt_signature == signature,
        CheckRun.verdict == Verdict.FAILED,
    )
    return refused.order_by(CheckRun.finished_at.desc()).limit(1)


def unless_refused(found: CheckRun | None, refusal: CheckRun | None) -> CheckRun | None:
    """The receipt, unless the connector has refused to save its payload since."""
    if found is None or refusal is None or found.finished_at is None or refusal.finished_at is None:
        return found
    return None if refusal.finished_at > found.finished_at else found


def find_failure_after_address(payload: bytes) -> CheckRun | None:
    """The newest run of this payload if it has failed, though not at its address: a malformed one never works."""
    run = db.session.scalar(select_newest(CheckRun.receipt_signature == sign_payload(payload)))
    return run if run_failed_after_address(run) else None


def run_failed_after_address(run: CheckRun | None) -> bool:
    failure = run.failure if run else None
    return failure is not None and failure.stage != Stage.ADDRESS
