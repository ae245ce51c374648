"""The practice SuperOffice refuses what SuperOffice refuses, as an exception or as a request that it cannot read."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.factories import PracticeSuperOffice
from tests.functional.superoffice.calls import GOOD, Api, api_of, save_connection, save_connector

NOT_FOUND, INVALID = "SoNotFoundException", "SoValidationException"
ILLEGAL, ARGUMENT, SERVER = "SoIllegalOperationException", "SoInvalidArgumentException", "SoServerException"
CONNECTOR = {"ErpConnectorId": 0, "DisplayName": "x", "URL": "http://127.0.0.1:1/", "Deleted": False}
CONNECTION = {"ErpConnectorId": 1, "DisplayName": "x", "ConfigFields": GOOD, "AllAccess": True}
CUSTOMER = {"ErpConnectionId": 1, "ActorTypeErp": "Customer"}
IMPORT = {"ConnectionId": 1, "ErpActorType": "Customer"}


@pytest.fixture
def api(host: PracticeSuperOffice) -> Api:
    """Signed in where connector 1 has connection 1, and connector 2 does not answer."""
    api = api_of(host)
    save_connection(api, save_connector(api, host.connector_url))
    save_connector(api, "http://127.0.0.1:1/")
    return api


def _answer(api: Api, operation: str, body: Any, **query: Any) -> requests.Response:
    headers = {"Authorization": api.authorization}
    return requests.post(f"{api.api}/v1/Agents/{operation}", json=body, params=query, headers=headers, timeout=60)


REFUSED: list[tuple[str, Any, str]] = [
    ("ErpSync/SaveErpSyncConnectorEntity", CONNECTOR | {"DisplayName": " "}, INVALID),
    ("ErpSync/SaveErpSyncConnectorEntity", CONNECTOR | {"DisplayName": "x" * 255}, INVALID),
    ("ErpSync/SaveErpSyncConnectorEntity", CONNECTOR | {"ErpConnectorId": 99}, NOT_FOUND),
    ("ErpSync/DeleteErpSyncConnectorEntity", None, NOT_FOUND),
    ("ErpSync/GetConfigurationFields", {"ErpConnectorId": 99}, NOT_FOUND),
    ("ErpSync/GetConfigurationFields", {"ErpConnectorId": 2}, SERVER),
    ("ErpSync/SaveConnection", {"Connection": CONNECTION | {"ErpConnectionId": 99}}, NOT_FOUND),
    ("ErpSync/SaveConnection", {"Connection": CONNECTION | {"ErpConnectionId": 1, "ErpConnectorId": 2}}, ILLEGAL),
    ("ErpSync/SaveConnection", {"Connection": CONNECTION | {"DisplayName": ""}}, INVALID),
    ("ErpSync/SaveConnection", {"Connection": CONNECTION | {"AssociateAccessIds": [9999]}}, NOT_FOUND),
    ("ErpSync/SaveConnection", {"Connection": CONNECTION | {"UserGroupAccessIds": [9999]}}, NOT_FOUND),
    ("ErpSync/SaveConnection", {"Connection": CONNECTION | {"ErpConnectorId": 2}}, SERVER),
    ("ErpSync/SaveConnection", {"Connection": CONNECTION | {"ConfigFields": {}}}, INVALID),
    ("ErpSync/DeleteConnection", {"ErpConnectionId": 99}, NOT_FOUND),
    ("ErpSync/SaveActorTypeMapping", {"Mapping": CUSTOMER | {"ActorTypeErp": "Partner"}}, ARGUMENT),
    ("ErpSync/SaveActorTypeMapping", {"Mapping": CUSTOMER | {"FieldMappings": [{"ErpFieldId": 999}]}}, NOT_FOUND),
    (
        "ErpSync/SaveConnectionListMappings",
        {"ListMapping": {"ErpConnectionId": 1, "ErpListItemMappings": [{"ErpFieldId": 999}]}},
        NOT_FOUND,
    ),
    ("ErpSync/GetDefaultValueInfo", {"ErpFieldId": 999}, NOT_FOUND),
    (
        "ErpSync/SaveDefaultValueInfo",
        {"ErpSyncDefaultValue": {"ErpFieldId": 1, "FirstSyncDefaultValue": "x" * 255}},
        INVALID,
    ),
    (
        "ErpSync/MoveErpFieldItem",
        {"ErpFieldId": 999, "Direction": 1, "ErpConnectionId": 1, "ErpActorType": "Customer"},
        NOT_FOUND,
    ),
    ("Import/CreateErpImportData", IMPORT | {"Columns": ["Nowhere"]}, ARGUMENT),
    ("MDO/GetList", {"Name": "nowhere"}, ARGUMENT),
]


def test_what_is_against_the_rules_is_answered_by_an_exception(api: Api) -> None:
    for operation, body, error in REFUSED:
        answer = _answer(api, operation, body)

        assert (answer.status_code, answer.json()["ErrorType"]) == (500, error), (operation, body, answer.text)


UNREADABLE: list[tuple[str, Any]] = [
    ("ErpSync/GetActorTypeMapping", {"ErpConnectionId": 1, "ActorType": "Custommer"}),
    ("ErpSync/ChangeEngineInterval", {"Interval": "ten minutes"}),
    ("ErpSync/SaveConnection", {"Connection": []}),
    ("Associate/GetAssociateList", {"Ids": [5]}),
]


def test_what_cannot_be_read_is_a_bad_request(api: Api) -> None:
    for operation, body in UNREADABLE:
        assert _answer(api, operation, body).status_code == 400, operation
    assert _answer(api, "ErpSync/GetErpSyncConnectorEntity", None, erpSyncConnectorEntityId="x").status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "body", "media", "status"),
    [
        ("POST", "Agents/ErpSync/GetConnection", "{", "application/json", 400),
        ("POST", "Agents/ErpSync/GetConnection", "{}", "text/plain", 415),
        ("POST", "Agents/ErpSync/GetConnexion", "{}", "application/json", 404),
        ("GET", "Agents/ErpSync/GetConnection", "", "application/json", 404),
        ("GET", "Archive/Nowhere", "", "application/json", 404),
        ("GET", "Archive/ErpConnector?$filter=name+is+odd", "", "application/json", 400),
        ("GET", "MDOList/nowhere", "", "application/json", 500),
    ],
)
def test_a_request_that_fits_no_route_is_refused(
    host: PracticeSuperOffice, method: str, path: str, body: str, media: str, status: int
) -> None:
    save_connector(api_of(host), host.connector_url)
    headers = {"Authorization": f"Bearer {host.access_token()}", "Content-Type": media}
    answer = requests.request(method, f"{host.api}/v1/{path}", data=body, headers=headers, timeout=60)

    assert answer.status_code == status


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer 8A:Cust00001.unknown",
        "Basic !",
        "Basic QURNSU46d3Jvbmc=",  # ADMIN:wrong
        "SOTicket 7T:unknown",
        "Negotiate x",
    ],
)
def test_whoever_is_not_signed_in_is_told_so(host: PracticeSuperOffice, authorization: str) -> None:
    headers = {"Authorization": authorization, "SO-AppToken": "practice-secret"}
    answer = requests.get(f"{host.api}/v1/User/currentPrincipal", headers=headers, timeout=60)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_ticket_is_good_with_the_secret_of_the_app_only(host: PracticeSuperOffice) -> None:
    def status(**headers: str) -> int:
        sent = {"Authorization": f"SOTicket {host.ticket()}", **headers}
        return requests.get(f"{host.api}/v1/User/currentPrincipal", headers=sent, timeout=60).status_code

    assert status(**{"SO-AppToken": "practice-secret"}) == 200
    assert status(**{"SO-AppToken": "wrong"}) == status() == 401


def test_user_name_and_password_can_be_switched_off(host: PracticeSuperOffice) -> None:
    host.behaviour.basic = False

    with pytest.raises(AssertionError, match="401"):
        Api(host.api, "Basic QURNSU46cHJhY3RpY2U=").get("User/currentPrincipal")
