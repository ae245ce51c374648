"""The practice connector as a web server: its help page, its WSDL, and requests that it does not take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from tests import factories
from tests.functional.practice.practice_host import fault_of, post, tried
from wizard.config import Practice
from wizard.outside import soap as codec
from wizard.outside.soap import contract as c
from wizard.practice.connector import server as endpoint


def test_a_browser_gets_a_help_page(host: FlaskClient) -> None:
    response = host.get(endpoint.PATH)
    assert (response.status_code, response.mimetype) == (200, "text/html")


@pytest.mark.parametrize("query", ["?wsdl", "?WSDL", "?singleWsdl", "?ConnectorName=Nordic&wsdl"])
def test_the_wsdl_is_published_and_imports_nothing(host: FlaskClient, query: str) -> None:
    response = host.get(endpoint.PATH + query)
    assert response.content_type == "text/xml; charset=utf-8"
    root = etree.fromstring(response.data)
    assert etree.QName(root).localname == "definitions"
    assert not list(root.iter("{http://schemas.xmlsoap.org/wsdl/}import"))
    actions = {each.get("soapAction") for each in root.iter("{http://schemas.xmlsoap.org/wsdl/soap/}operation")}
    assert actions == {operation.action(c.NAMESPACE) for operation in c.OPERATIONS.values()}


@pytest.mark.parametrize("content_type", ["application/json", "application/soap+xml", "text/plain", ""])
def test_another_content_type_is_not_taken(host: FlaskClient, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    response = post(host, c.OPERATIONS["WSGetConfigData"], c.NoRequest(), **headers)
    assert response.status_code == 415


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"<a/>", b"<a", b"<!DOCTYPE a><a/>", b"<?pi x?><a/>", b"\xff\xfe\x00", b"<a>" * 5000],
)
def test_a_body_that_is_no_envelope_is_a_bad_request(host: FlaskClient, body: bytes) -> None:
    response = host.post(endpoint.PATH, data=body, content_type="text/xml")
    assert response.status_code == 400


@pytest.mark.parametrize("action", ["", '""', "http://example.org/Nope", f"{c.NAMESPACE}/IErpConnectorWS/WSGetList"])
def test_another_action_than_that_of_the_operation_is_not_supported(host: FlaskClient, action: str) -> None:
    response = post(host, c.OPERATIONS["WSGetConfigData"], c.NoRequest(), SOAPAction=action)
    assert fault_of(response).code == "a:ActionNotSupported"


def test_an_unknown_operation_is_not_supported(host: FlaskClient) -> None:
    body = f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body><WSDance xmlns="{c.NAMESPACE}"/></s:Body></s:Envelope>'
    response = host.post(endpoint.PATH, data=body, content_type="text/xml")
    assert "did not match any operations" in fault_of(response).text


def test_another_service_namespace_is_not_supported(host: FlaskClient) -> None:
    operation, tempuri = c.OPERATIONS["WSGetConfigData"], "http://tempuri.org/"
    body = codec.write_request(operation, c.NoRequest(), c.Namespaces(tempuri, tempuri))
    headers = {"SOAPAction": operation.action(tempuri)}
    response = host.post(endpoint.PATH, data=body, content_type="text/xml", headers=headers)
    assert fault_of(response).code == "a:ActionNotSupported"


def test_a_request_without_end_is_not_read(host: FlaskClient) -> None:
    info: Mapping[str, str] = {"Company": "x" * (endpoint.MAX_REQUEST_BYTES + 1)}
    response = post(host, c.OPERATIONS["WSTestConfigData"], c.TestConfigRequest(connection_info=info))
    assert response.status_code == 413


@pytest.fixture
def without_practice(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    app = factories.make_app(template_instance, tmp_path / "other", practice=Practice.NO)
    yield app
    factories.close(app)


def test_the_app_offers_it_without_a_session_or_a_token(client: FlaskClient) -> None:
    assert tried(client).is_ok


def test_it_can_be_switched_off(without_practice: Flask) -> None:
    assert without_practice.test_client().get(endpoint.PATH).status_code in (302, 303, 404)


@pytest.mark.parametrize("name", ["%01", "%00", "%EF%BF%BE", "x" * 2000])
def test_a_name_that_no_answer_can_carry_is_refused_cleanly(host: FlaskClient, name: str) -> None:
    response = post(host, c.OPERATIONS["WSGetConfigData"], c.NoRequest(), f"?ConnectorName={name}")

    assert "There is no connector" in fault_of(response).text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("caller", ["203.0.113.9", "10.0.0.9", "2001:db8::9"])
def test_another_machine_gets_no_answer(app: Flask, caller: str, method: str) -> None:
    answer = app.test_client().open(endpoint.PATH, method=method, environ_base={"REMOTE_ADDR": caller})
    assert (answer.status_code, "ERP_WIZARD_PRACTICE=open" in answer.text) == (403, True)


@pytest.mark.parametrize("caller", ["127.0.0.1", "127.0.0.9", "::1", ""])
def test_its_own_machine_gets_answers(app: Flask, caller: str) -> None:
    assert app.test_client().get(endpoint.PATH, environ_base={"REMOTE_ADDR": caller}).status_code == 200


def test_a_setting_opens_it_to_other_machines(template_instance: Path, tmp_path: Path) -> None:
    app = factories.make_app(template_instance, tmp_path / "open", practice=Practice.OPEN)
    answer = app.test_client().get(endpoint.PATH, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code == 200
    factories.close(app)


def test_when_too_many_answers_are_computed_another_call_is_told_to_come_again(
    host: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "PATIENCE_SECONDS", 0)
    taken = [endpoint._answering.acquire(blocking=False) for _ in range(endpoint.MAX_ANSWERING)]
    try:
        assert post(host, c.OPERATIONS["WSGetConfigData"], c.NoRequest()).status_code == 503
    finally:
        endpoint._answering.release(len(taken))
