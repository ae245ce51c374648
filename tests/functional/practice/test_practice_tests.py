"""The configuration fields of the practice connector, its tests and the ends that can be chosen."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import factories
from tests.functional.practice.practice_host import GOOD, ask, fault_of, host_at, post, tried
from wizard.domain.fields import FieldType, in_language
from wizard.outside import soap as codec
from wizard.outside.soap import contract as c
from wizard.practice import create_blueprint
from wizard.practice.connector import server as endpoint
from wizard.practice.connector.fields import FIELDS
from wizard.practice.connector.outcomes import OUTCOMES


def test_the_fields_come_in_the_declared_order() -> None:
    """Without a store: nothing was saved yet."""
    host = host_at(Path("/nonexistent/practice.sqlite3"))
    result = ask(host, "WSGetConfigData")
    assert result.field_meta_data_objects == tuple(FIELDS["Nordic"])


def test_the_address_selects_one_of_two_connectors(host: FlaskClient) -> None:
    keys = [
        {field.field_key for field in ask(host, "WSGetConfigData", query).field_meta_data_objects}
        for query in ("", "?ConnectorName=Nordic", "?ConnectorName=Continental")
    ]
    assert keys[0] == keys[1] != keys[2]
    assert "Region" in keys[2]


def test_an_unknown_connector_is_a_fault(host: FlaskClient) -> None:
    response = post(host, c.OPERATIONS["WSGetConfigData"], c.NoRequest(), "?ConnectorName=Southern")
    assert "Southern" in fault_of(response).text


def test_every_list_of_a_field_can_be_had_before_anything_is_saved(host: FlaskClient) -> None:
    for fields in FIELDS.values():
        for field in fields:
            if field.field_type == FieldType.LIST:
                result = ask(host, "WSGetList", connection_guid=c.ZERO_GUID, list_name=field.list_name)
                assert field.default_value in result.list_items


def test_the_right_password_is_accepted(host: FlaskClient) -> None:
    assert tried(host) == c.Result(is_ok=True)


def test_a_wrong_password_is_refused_with_the_name_of_its_field_in_every_language(host: FlaskClient) -> None:
    result = tried(host, ApiPassword="guess")
    assert (result.is_ok, result.state) == (False, c.State.ERROR)
    for language, label in (("en", "API password"), ("nl", "API-wachtwoord"), ("sv", "API-lösenord")):
        assert label in in_language(result.user_explanation, language)
    assert "guess" not in f"{result}"


@pytest.mark.parametrize("key", ["Company", "ApiPassword", "Outcome"])
def test_a_missing_value_is_named(host: FlaskClient, key: str) -> None:
    label = next(field.display_name for field in FIELDS["Nordic"] if field.field_key == key)
    result = tried(host, **{key: ""})
    assert in_language(result.user_explanation, "nl") == f"{in_language(label, 'nl')} ontbreekt."


def test_the_other_connector_has_its_own_mandatory_field(host: FlaskClient) -> None:
    assert "Country" in tried(host, "?ConnectorName=Continental").user_explanation
    assert tried(host, "?ConnectorName=Continental", Region="NL").is_ok


def test_no_configuration_at_all_is_reported(host: FlaskClient) -> None:
    assert ask(host, "WSTestConfigData").user_explanation == "No configuration was sent"


@pytest.mark.parametrize(
    ("outcome", "is_ok", "state"),
    [
        ("ok", True, c.State.OK),
        ("slow", True, c.State.OK),
        ("hang", True, c.State.OK),
        ("info", True, c.State.OK_WITH_INFO),
        ("warning", True, c.State.WARNING),
        ("rejected", False, c.State.ERROR),
        ("silent", False, c.State.ERROR),
        ("contradiction", True, c.State.ERROR),
        ("markup", False, c.State.ERROR),
    ],
)
def test_a_chosen_outcome_is_answered(host: FlaskClient, outcome: str, is_ok: bool, state: c.State) -> None:
    result = tried(host, Outcome=outcome)
    assert (result.is_ok, result.state) == (is_ok, state)


def test_an_error_can_be_without_a_word(host: FlaskClient) -> None:
    assert tried(host, Outcome="silent") == c.Result(is_ok=False, state=c.State.ERROR)


def test_an_explanation_can_hold_markup(host: FlaskClient) -> None:
    assert "<img src=x" in tried(host, Outcome="markup").user_explanation


def answer_to_outcome(host: FlaskClient, outcome: str) -> TestResponse:
    request = c.TestConfigRequest(connection_info=GOOD | {"Outcome": outcome})
    return post(host, c.OPERATIONS["WSTestConfigData"], request)


def test_it_can_break_down(host: FlaskClient) -> None:
    assert fault_of(answer_to_outcome(host, "fault")).code == "a:InternalServiceFault"


def test_it_can_break_down_and_tell_a_password_and_a_stack_trace(host: FlaskClient) -> None:
    detail = fault_of(answer_to_outcome(host, "trace")).detail
    assert "hunter2" in detail
    assert "Erp.cs:line 42" in detail


def test_it_can_answer_with_garbage(host: FlaskClient) -> None:
    response = answer_to_outcome(host, "garbage")
    assert response.mimetype == "text/xml"
    with pytest.raises(ValueError, match=r".*"):
        codec.read_result(c.OPERATIONS["WSTestConfigData"], response.data)


def test_it_can_answer_with_a_web_page(host: FlaskClient) -> None:
    response = answer_to_outcome(host, "html")
    assert (response.status_code, response.mimetype) == (200, "text/html")


def test_every_outcome_to_choose_answers_something(host: FlaskClient) -> None:
    for outcome in set(OUTCOMES) - {"cut"}:
        assert answer_to_outcome(host, outcome).status_code in (200, 500)


def test_the_connection_can_be_cut_in_the_middle_of_an_answer(path: Path) -> None:
    app = Flask("practice-host")
    app.register_blueprint(create_blueprint(path))
    request = c.TestConfigRequest(connection_info=GOOD | {"Outcome": "cut"})
    operation = c.OPERATIONS["WSTestConfigData"]
    body = codec.write_request(operation, request, c.Namespaces())
    head = (
        f"POST {endpoint.PATH} HTTP/1.1\r\nHost: erp\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n"
        f'SOAPAction: "{operation.action(c.NAMESPACE)}"\r\n\r\n'
    )
    with factories.serve_app(app) as address:
        port = urlsplit(address).port
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            connection.sendall(head.encode() + body)
            received = b"".join(iter(lambda: connection.recv(4096), b""))
    headers, _, rest = received.partition(b"\r\n\r\n")
    assert b"Content-Length: 4096" in headers
    assert 0 < len(rest) < 4096


def test_only_a_few_may_wait_at_once(host: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_waiting", threading.BoundedSemaphore(1))
    with endpoint._waiting:
        assert answer_to_outcome(host, "hang").status_code == 503
        assert answer_to_outcome(host, "slow").status_code == 503
        assert answer_to_outcome(host, "ok").status_code == 200
    assert answer_to_outcome(host, "hang").status_code == 200
