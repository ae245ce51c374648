"""The practice connector as SuperOffice would call it: a host of its own, by SOAP alone."""

from __future__ import annotations

import socket
import threading
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from tests import factories
from wizard.domain.fields import FieldType, in_language
from wizard.outside import soap as codec
from wizard.outside.soap import contract as c
from wizard.practice import create_blueprint
from wizard.practice.connector import server as endpoint
from wizard.practice.connector.fields import FIELDS
from wizard.practice.connector.outcomes import OUTCOMES

GOOD = {"Company": "ACME", "ApiPassword": "practice", "Outcome": "ok"}
GUID = "3f2b8c1e-5a4d-4e7b-9c0a-2d6f1b7e8a90"


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    over.set()
    monkeypatch.setattr(endpoint, "_never", over)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.sqlite3"


@pytest.fixture
def host(path: Path) -> FlaskClient:
    return host_at(path)


@pytest.fixture
def saved(host: FlaskClient) -> FlaskClient:
    """A host that knows the connection GUID."""
    assert ask(host, "WSSaveConnection", connection_guid=GUID, connection_info=GOOD).is_ok
    return host


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


# --- configuration fields


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


# --- tests and their chosen ends


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


def test_no_configuration_at_all_is_told(host: FlaskClient) -> None:
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


# --- connections


def test_a_saved_connection_is_known_after_a_restart(path: Path) -> None:
    ask(host_at(path), "WSSaveConnection", connection_guid=GUID, connection_info=GOOD)
    assert ask(host_at(path), "WSTestConnection", connection_guid=GUID.upper()).is_ok


def test_a_password_is_not_kept(path: Path) -> None:
    ask(host_at(path), "WSSaveConnection", connection_guid=GUID, connection_info=GOOD)
    content = path.read_bytes()
    assert b"ACME" in content
    assert b"ApiPassword" not in content


def test_a_connection_with_a_wrong_password_is_not_saved(host: FlaskClient) -> None:
    info = GOOD | {"ApiPassword": "guess"}
    assert ask(host, "WSSaveConnection", connection_guid=GUID, connection_info=info).is_ok is False
    assert ask(host, "WSTestConnection", connection_guid=GUID).error_code == "UNKNOWN_CONNECTION_ID"


def test_a_deleted_connection_is_not_known_any_more(saved: FlaskClient) -> None:
    assert ask(saved, "WSDeleteConnection", connection_guid=GUID).is_ok
    assert ask(saved, "WSDeleteConnection", connection_guid=GUID).error_code == "UNKNOWN_CONNECTION_ID"


WITH_GUID = [name for name, operation in c.OPERATIONS.items() if issubclass(operation.request, c.ConnectionRequest)]


@pytest.mark.parametrize("name", [name for name in WITH_GUID if name != "WSSaveConnection"])
def test_an_unknown_connection_is_told_by_its_error_code(host: FlaskClient, name: str) -> None:
    result = ask(host, name, connection_guid=str(uuid.uuid4()))
    assert (result.is_ok, result.state, result.error_code) == (False, c.State.ERROR, "UNKNOWN_CONNECTION_ID")


@pytest.mark.parametrize("name", WITH_GUID)
@pytest.mark.parametrize("guid", ["", "not-a-guid", None])
def test_a_guid_that_is_none_breaks_the_host(host: FlaskClient, name: str, guid: str | None) -> None:
    operation = c.OPERATIONS[name]
    response = post(host, operation, operation.request(connection_guid=guid))
    assert fault_of(response).code == "a:InternalServiceFault"


# --- records


def test_the_actor_types_and_their_fields_can_be_had(saved: FlaskClient) -> None:
    kinds = ask(saved, "WSGetSupportedActorTypes", connection_guid=GUID).items
    assert kinds == ("Customer", "Supplier", "Person", "Project")
    for kind in kinds:
        fields = ask(saved, "WSGetSupportedActorTypeFields", connection_guid=GUID, actor_type=kind)
        searchable = ask(saved, "WSGetSearchableFields", connection_guid=GUID, actor_type=kind)
        assert set(searchable.items) <= {field.field_key for field in fields.field_meta_data_objects}


def test_an_unknown_actor_type_has_no_fields(saved: FlaskClient) -> None:
    members = {"connection_guid": GUID, "actor_type": "Unicorn"}
    assert ask(saved, "WSGetSupportedActorTypeFields", **members).field_meta_data_objects == ()
    assert ask(saved, "WSGetSearchableFields", **members).items == ()


def test_a_list_can_be_had_for_a_saved_connection(saved: FlaskClient) -> None:
    assert "NO" in ask(saved, "WSGetList", connection_guid=GUID, list_name="Country").list_items


def test_requested_items_come_in_the_lists_order(saved: FlaskClient) -> None:
    result = ask(saved, "WSGetListItems", connection_guid=GUID, list_name="Country", list_item_keys=("NL", "NO"))
    assert list(result.list_items) == ["NO", "NL"]


def test_an_unknown_item_is_a_warning_with_its_error_code(saved: FlaskClient) -> None:
    result = ask(saved, "WSGetListItems", connection_guid=GUID, list_name="Country", list_item_keys=("NO", "XX"))
    assert (result.state, result.error_code, list(result.list_items)) == (
        c.State.WARNING,
        "UNKOWN_LISTITEM_ID",
        ["NO"],
    )


@pytest.mark.parametrize("name", ["WSGetList", "WSGetListItems"])
def test_an_unknown_list_is_an_error_that_names_it(saved: FlaskClient, name: str) -> None:
    assert "Colours" in ask(saved, name, connection_guid=GUID, list_name="Colours").user_explanation


def keys_of(result: Any) -> list[str]:
    assert result.is_ok, result
    return [actor.erp_key for actor in result.actors]


def test_records_are_found_by_their_keys_with_the_fields_that_were_asked_for(saved: FlaskClient) -> None:
    result = ask(
        saved,
        "WSGetActors",
        connection_guid=GUID,
        actor_type="Customer",
        erp_keys=("C2", "C1", "C999"),
        field_keys=("Name",),
    )
    assert keys_of(result) == ["C1", "C2"]
    assert [list(actor.field_values) for actor in result.actors] == [["Name"], ["Name"]]


def test_records_are_found_by_a_text(saved: FlaskClient) -> None:
    found = ask(saved, "WSSearchActors", connection_guid=GUID, actor_type="Supplier", search_text="göteborg")
    assert found.actors
    assert {actor.field_values["Town"] for actor in found.actors} == {"Göteborg"}


def test_records_are_found_by_their_parent(saved: FlaskClient) -> None:
    members = {"parent_actor_type": "Customer", "parent_actor_erp_key": "C7"}
    found = ask(saved, "WSSearchActorByParent", connection_guid=GUID, actor_type="Person", search_text="", **members)
    assert keys_of(found) == ["P7"]


def search(host: FlaskClient, *restrictions: c.SearchRestriction) -> Any:
    return ask(host, "WSSearchActorsAdvanced", connection_guid=GUID, actor_type="Customer", restrictions=restrictions)


def test_records_are_found_by_several_restrictions_at_once(saved: FlaskClient) -> None:
    found = search(
        saved,
        c.SearchRestriction(field_key="Country", operator="oneof", values=("NO", "SE")),
        c.SearchRestriction(field_key="CreditLimit", operator="<", values=("[F:3000]",)),
    )
    assert found.actors
    assert {actor.field_values["Country"] for actor in found.actors} <= {"NO", "SE"}


def test_without_a_restriction_all_are_found(saved: FlaskClient) -> None:
    assert len(search(saved).actors) == 120


def test_a_restriction_on_an_unknown_field_has_the_products_error_code(saved: FlaskClient) -> None:
    result = search(saved, c.SearchRestriction(field_key="Colour", operator="=", values=("red",)))
    assert (result.is_ok, result.error_code) == (False, "UNKOWN_FIELDKEY")
    assert "Colour" in result.user_explanation


@pytest.mark.parametrize("values", [(), None, ("many",)])
def test_a_restriction_without_a_value_to_compare_is_an_error(saved: FlaskClient, values: Any) -> None:
    result = search(saved, c.SearchRestriction(field_key="CreditLimit", operator="=", values=values))
    assert result.state == c.State.ERROR


def test_records_changed_since_a_moment_are_found(saved: FlaskClient) -> None:
    def changed_since(moment: str) -> Any:
        return ask(
            saved,
            "WSGetActorsByTimestamp",
            connection_guid=GUID,
            actor_type="Project",
            updated_on_or_after=moment,
        )

    assert len(changed_since("[DT:01/05/2026 00:00:00.0000000]").actors) == 30
    assert keys_of(changed_since("[DT:01/14/2026 02:30:00.0000000]")) == ["J30"]
    assert changed_since("lately").state == c.State.ERROR
    assert changed_since("").state == c.State.ERROR


def test_a_new_record_gets_a_key_and_stays(saved: FlaskClient, path: Path) -> None:
    actor = c.Actor(actor_type="Customer", field_values={"Name": "Ødegård <Bakeri> & Sønner"})
    made = ask(saved, "WSCreateActor", connection_guid=GUID, actor=actor).actor
    again = ask(host_at(path), "WSGetActors", connection_guid=GUID, actor_type="Customer", erp_keys=(made.erp_key,))
    assert again.actors == (made,)
    assert made.field_values == actor.field_values
    assert search(saved, c.SearchRestriction(field_key="CreditLimit", operator=">", values=("[F:0]",))).is_ok


@pytest.mark.parametrize("actor", [None, c.Actor(), c.Actor(actor_type="Unicorn")])
def test_a_record_of_no_known_type_is_not_made(saved: FlaskClient, actor: c.Actor | None) -> None:
    assert ask(saved, "WSCreateActor", connection_guid=GUID, actor=actor).state == c.State.ERROR


def test_a_changed_record_keeps_its_other_values(saved: FlaskClient) -> None:
    change = c.Actor(actor_type="Customer", erp_key="C1", field_values={"Town": "Ålesund"})
    (after,) = ask(saved, "WSSaveActors", connection_guid=GUID, actors=(change,)).actors
    assert after.field_values["Town"] == "Ålesund"
    assert after.field_values["Name"]
    found = ask(saved, "WSGetActors", connection_guid=GUID, actor_type="Customer", erp_keys=("C1",))
    assert found.actors == (after,)


def test_one_unknown_record_among_several_changes_none(saved: FlaskClient) -> None:
    changes = tuple(
        c.Actor(actor_type="Customer", erp_key=key, field_values={"Town": "Nowhere"}) for key in ("C1", "C999")
    )
    assert "C999" in ask(saved, "WSSaveActors", connection_guid=GUID, actors=changes).user_explanation
    found = ask(saved, "WSGetActors", connection_guid=GUID, actor_type="Customer", erp_keys=("C1",))
    assert found.actors[0].field_values["Town"] != "Nowhere"


# --- as a host


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
    app = factories.make_app(template_instance, tmp_path / "other", practice=False)
    yield app
    factories.close(app)


def test_the_app_offers_it_without_a_session_or_a_token(client: FlaskClient) -> None:
    assert tried(client).is_ok


def test_it_can_be_switched_off(without_practice: Flask) -> None:
    assert without_practice.test_client().get(endpoint.PATH).status_code in (302, 303, 404)


def test_a_record_that_every_search_would_have_to_carry_is_refused(saved: FlaskClient) -> None:
    large = {f"Field {number}": "x" * 900 for number in range(50)}
    record = c.Actor(actor_type="Customer", erp_key="C1", field_values=large)

    made = ask(saved, "WSCreateActor", connection_guid=GUID, actor=record)
    changed = ask(saved, "WSSaveActors", connection_guid=GUID, actors=(record,))

    assert [answer.user_explanation for answer in (made, changed)] == ["The record is too large"] * 2


def test_however_many_records_are_made_a_search_stays_small(saved: FlaskClient) -> None:
    for _ in range(80):
        ask(saved, "WSCreateActor", connection_guid=GUID, actor=c.Actor(actor_type="Project", field_values={}))

    found = ask(saved, "WSSearchActors", connection_guid=GUID, actor_type="Project", search_text="")

    assert len(found.actors) == 30 + 50


@pytest.mark.parametrize("name", ["%01", "%00", "%EF%BF%BE", "x" * 2000])
def test_a_name_that_no_answer_can_carry_is_refused_cleanly(host: FlaskClient, name: str) -> None:
    response = post(host, c.OPERATIONS["WSGetConfigData"], c.NoRequest(), f"?ConnectorName={name}")

    assert "There is no connector" in fault_of(response).text
