"""The practice SuperOffice registers connectors and connections, and really calls the connector."""

from __future__ import annotations

import pytest

from tests.factories import PracticeSuperOffice
from tests.functional.superoffice.calls import GOOD, Api, api_of, save_connection, save_connector


def test_a_connector_is_saved_and_read_back(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    connector_id = save_connector(api, host.connector_url)

    assert api.agent("ErpSync/GetErpSyncConnectorEntity", erpSyncConnectorEntityId=connector_id) == {
        "ErpConnectorId": connector_id,
        "DisplayName": "Super Sync",
        "URL": host.connector_url,
        "Deleted": False,
        "TableRight": None,
        "FieldProperties": None,
    }
    assert api.agent("ErpSync/GetAllConnectors") == [
        {"Id": connector_id, "Name": "Super Sync", "ToolTip": host.connector_url}
    ]


def test_an_address_is_tested_by_calling_it(host: PracticeSuperOffice) -> None:
    api = api_of(host)

    def tested(url: str) -> str:
        return str(api.agent("ErpSync/TestConnectorUrl", {"Url": url}))

    assert tested(host.connector_url) == "NoError"
    assert tested("app://practice") == "NoError"
    assert tested(f"{host.origin}/nowhere") == "ErrorNotFound"


def test_a_saved_connection_has_a_guid_of_superoffice_and_is_known_at_the_connector(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    saved = save_connection(api, save_connector(api, host.connector_url), ConnectionId="", UserGroupAccessIds=[])

    assert saved["ErpConnectionId"] == 1
    assert not saved["Active"]
    assert saved["ConfigFields"] == GOOD
    assert host.twin.connectors.works(host.connector_url, saved["ConnectionId"], {})
    assert api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1}) == saved
    assert api.agent("ErpSync/TestConnectionById", {"ErpConnectionId": 1}) is True
    assert api.agent("ErpSync/UpdateConnectionFields", {"ErpConnectionId": 1}) is True


def test_values_are_tested_with_the_connector_s_own_id(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    connector_id = save_connector(api, host.connector_url)

    def tested(**changes: str) -> bool:
        body = {"ErpConnectionId": connector_id, "ConfigFields": GOOD | changes}
        return bool(api.agent("ErpSync/TestConnectionByConfig", body))

    assert tested()
    assert not tested(ApiPassword="wrong")


def test_users_and_groups_are_read_from_lists_and_archives(host: PracticeSuperOffice) -> None:
    api = api_of(host)

    users = api.get("MDOList/associate", flat="true")
    groups = api.get("MDOList/usergroup")
    rows = api.get("Archive/InternalUsers", **{"$select": "associateDbId,fullName,isActive", "$top": "10"})["value"]

    assert (len(users), len(groups), len(rows)) == (230, 12, 10)
    assert rows[0] == {
        "PrimaryKey": "5",
        "EntityName": "internalAssociate",
        "associateDbId": 5,
        "fullName": "Astrid Administrator",
        "isActive": True,
    }


def test_names_are_read_in_any_case(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    connector_id = save_connector(api, host.connector_url)

    saved = api.agent(
        "erpsync/saveconnection",
        {
            "connection": {
                "erpConnectorId": connector_id,
                "displayName": "Norge",
                "configFields": GOOD,
                "allAccess": True,
                "userGroupAccessIds": None,
                "tableRight": {"mask": 31},
            }
        },
    )

    assert (saved["DisplayName"], saved["ConfigFields"]) == ("Norge", GOOD)
    assert api.agent("ErpSync/GetErpSyncConnectorEntity", ERPSYNCCONNECTORENTITYID=connector_id)["ErpConnectorId"] == 1


def test_who_calls_is_asked_with_any_of_the_credentials(host: PracticeSuperOffice) -> None:
    for authorization in (f"Bearer {host.access_token()}", "Basic QURNSU46cHJhY3RpY2U="):
        principal = Api(host.api, authorization).get("User/currentPrincipal")

        assert (principal["AssociateId"], principal["DatabaseContextIdentifier"]) == (5, "Cust00001")
        assert "admin-all" in principal["FunctionRights"]


def test_a_save_that_the_connector_refuses_leaves_nothing_on_either_side(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    connector_id = save_connector(api, host.connector_url)
    saved = save_connection(api, connector_id)
    wrong = {"ConfigFields": GOOD | {"ApiPassword": "wrong"}}

    for members in (wrong, saved | wrong):
        with pytest.raises(AssertionError, match="SoValidationException"):
            save_connection(api, connector_id, **members)

    assert [each["ErpConnectionId"] for each in api.agent("ErpSync/GetAllConnections", {"IncludeDeleted": True})] == [1]
    assert api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1}) == saved
