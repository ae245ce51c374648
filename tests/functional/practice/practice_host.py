"""The practice connector as a host of its own, and calls of its operations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from wizard.outside import soap as codec
from wizard.outside.soap import contract as c
from wizard.practice import create_blueprint
from wizard.practice.connector import server as endpoint

GOOD = {"Company": "ACME", "ApiPassword": "practice", "Outcome": "ok"}
GUID = "3f2b8c1e-5a4d-4e7b-9c0a-2d6f1b7e8a90"


def host_at(path: Path) -> FlaskClient:
    app = Flask("practice-host")
    app.register_blueprint(create_blueprint(path))
    return app.test_client()


def post(host: FlaskClient, operation: c.Operation, request: Any, query: str = "", **headers: str) -> TestResponse:
    sent = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{operation.action(c.NAMESPACE)}"'} | headers
    return host.post(endpoint.PATH + query, data=codec.write_request(operation, request, c.Namespaces()), headers=sent)


def ask(host: FlaskClient, name: str, query: str = "", **members: Any) -> Any:
    """The answer to a call; it has to be one that SuperOffice reads."""
    operation = c.OPERATIONS[name]
    response = post(host, operation, operation.request(**members), query)
    assert (response.status_code, response.content_type) == (200, "text/xml; charset=utf-8")
    answer = codec.read_result(operation, response.data)
    assert answer.misreads == ()
    assert answer.namespaces == c.Namespaces()
    return answer.message


def tried(host: FlaskClient, query: str = "", **changes: str | None) -> Any:
    return ask(host, "WSTestConfigData", query, connection_info=GOOD | changes)


def fault_of(response: TestResponse) -> codec.SoapFault:
    assert response.status_code == 500
    with pytest.raises(codec.SoapFault) as raised:
        codec.read_result(c.OPERATIONS["WSGetConfigData"], response.data)
    return raised.value
