"""Servers and answers that ways of several stages have in common."""

from __future__ import annotations

import socket

from tests.wire import hosts
from tests.wire.hosts import HEALTHY, connector, http, soap
from wizard.domain.fields import FieldType
from wizard.outside import soap as codec
from wizard.outside.http import Endpoints, Resolve
from wizard.outside.soap.contract import (
    OPERATIONS,
    FieldMetadata,
)


def fault_envelope(text: str, code: str = "s:Server", detail: str = "") -> bytes:
    return codec.write_fault(code, text, detail)


def healthy_with(before: str, after: str) -> bytes:
    text = HEALTHY.decode()
    assert before in text
    return text.replace(before, after).encode()


def failing_lookup(error: Exception) -> Resolve:
    def resolve(host: str, port: int) -> Endpoints:
        raise error

    return resolve


def lookup(*addresses: str) -> Resolve:
    def resolve(host: str, port: int) -> Endpoints:
        return [(socket.AF_INET6 if ":" in each else socket.AF_INET, (each, port)) for each in addresses]

    return resolve


def hang_up(connection: socket.socket) -> None:
    connection.recv(1)


TLS_URL = "https://localhost:{port}/x.svc"


CONFIG = "WSTestConfigData"


def saying(operation: str, **members: object) -> hosts.Speak:
    """A connector that is healthy but for what it says to one operation."""
    return connector({operation: http(soap(operation, OPERATIONS[operation].result(**members)))})


LIST = FieldMetadata(field_key="Ledger", field_type=FieldType.LIST, list_name="Ledgers")
