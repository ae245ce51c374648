"""The payload that a receipt signs: it differs as soon as one of the parts does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

from wizard.domain.check import RunKind

RECEIPT_LIFETIME = timedelta(hours=24)
"""How long what has passed may be saved without another test."""


def connector_payload(url: str, ca_pem: str) -> bytes:
    """Of a connector's check: the address that is called and the authority that is trusted."""
    return _payload("connector", url, ca_pem)


def registering_payload(texts: Mapping[str, str]) -> bytes:
    """Of what is saved in SuperOffice: all that was typed for a connector."""
    return _payload("registering", sorted(texts.items()))


def connection_payload(connector_id: int, url: str, ca_pem: str, values: Mapping[str, str]) -> bytes:
    """Of a connection's test: the connector and every configuration value, encoded as it travels."""
    return _payload("connection", connector_id, url, ca_pem, sorted(values.items()))


def _payload(*parts: object) -> bytes:
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()


def receipt_number(kind: RunKind, run_id: str) -> str:
    """A short number to refer to a receipt by, like `K-40B2-9E5D`; C for a connector's, K for a connection's."""
    letter = "C" if kind == RunKind.CONNECTOR else "K"
    return f"{letter}-{run_id[:4]}-{run_id[4:8]}".upper()
