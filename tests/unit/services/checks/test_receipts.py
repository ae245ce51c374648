"""Receipts: which passed test is one, for which payload, and how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.check_runs import PAYLOAD, make_run
from tests.factories import make_connector
from wizard.domain import receipt
from wizard.domain.check import RunState, Verdict
from wizard.extensions import db
from wizard.models import Connector
from wizard.models.columns import now
from wizard.security.keyring import KeyRing
from wizard.services.checks.receipts import connection_payload, connector_payload, find_receipt


@pytest.mark.parametrize(
    ("run", "is_receipt"),
    [
        ({}, True),
        ({"verdict": Verdict.WARNING}, True),
        ({"verdict": Verdict.FAILED}, False),
        ({"verdict": None, "state": RunState.CANCELLED}, False),
        ({"finished_at": now() - receipt.RECEIPT_LIFETIME - timedelta(minutes=1)}, False),
        ({"finished_at": now() - receipt.RECEIPT_LIFETIME + timedelta(hours=1)}, True),
        ({"receipt_signature": "0" * 64}, False),
    ],
)
def test_a_run_is_a_receipt_for_its_payload_once_it_has_passed_and_until_it_expires(
    app: Flask, setup_id: int, run: dict[str, Any], is_receipt: bool
) -> None:
    make_run(app, setup_id, "a", **run)
    with app.app_context():
        assert (find_receipt(PAYLOAD) is not None) is is_receipt
        assert find_receipt(PAYLOAD + b" and more") is None


def test_under_another_key_there_is_no_receipt(app: Flask, setup_id: int) -> None:
    make_run(app, setup_id, "a")
    app.extensions["keyring"] = KeyRing(["bG9zdGxvc3Rsb3N0bG9zdGxvc3Rsb3N0bG9zdGxvc3Q="])
    with app.app_context():
        assert find_receipt(PAYLOAD) is None


def test_a_payload_depends_on_connector_address_trust_and_every_value(app: Flask) -> None:
    make_connector(app)
    with app.app_context():
        connector = db.session.query(Connector).one()
        before = {connector_payload(connector), connection_payload(connector, {"a": "1"})}
        others = {connection_payload(connector, {"a": "2"}), connection_payload(connector, {"a": "1", "b": ""})}
        connector.ca_pem = "other"
        others |= {connector_payload(connector), connection_payload(connector, {"a": "1"})}
        connector.ca_pem, connector.url = "", "https://other.example"
        others |= {connector_payload(connector), connection_payload(connector, {"a": "1"})}
        assert len(before | others) == 8
