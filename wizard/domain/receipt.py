"""What a passed test proves, as bytes to sign: any change to one of the parts makes another message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

RECEIPT_LIFETIME = timedelta(hours=24)
"""How long a receipt opens OK."""


def connector_message(url: str, ca_pem: str) -> bytes:
    """A connector's check covers the address that was called and the authority that was trusted."""
    return _message("connector", url, ca_pem)


def connection_message(connector_id: int, url: str, ca_pem: str, values: Mapping[str, str]) -> bytes:
    """A connection's test covers the connector and every configuration value, encoded as it travels."""
    return _message("connection", connector_id, url, ca_pem, sorted(values.items()))


def _message(*parts: object) -> bytes:
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()


def number(kind: str, run_id: str) -> str:
    """A short number to speak of a receipt by, for example `K-40B2-9E5D`; C for a connector's, K for a connection's."""
    letter = "C" if kind == "connector" else "K"
    return f"{letter}-{run_id[:4]}-{run_id[4:8]}".upper()
