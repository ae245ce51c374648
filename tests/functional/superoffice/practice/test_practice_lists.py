"""The practice SuperOffice's lists, archives and users, by each way of asking for them."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.factories import PracticeSuperOffice
from tests.functional.superoffice.calls import Api, api_of, save_connection, save_connector


@pytest.fixture
def api(host: PracticeSuperOffice) -> Api:
    """Signed in where connector 1 has connection 1."""
    api = api_of(host)
    save_connection(api, save_connector(api, host.connector_url))
    return api


def _names(items: list[dict[str, Any]]) -> list[str]:
    return [each["Name"] for each in items]


def test_a_list_is_flat_or_has_headings(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    headings = api.get("MDOList/associate")
    everybody = {"Name": "filterassociates", "ForceFlatList": True, "AdditionalInfo": "", "OnlyHistory": False}

    assert (len(headings), headings[0]["Type"]) == (12, "Heading")
    assert len(api.agent("MDO/GetSimpleList", {"Name": "associate"})) == 230
    assert len(api.agent("MDO/GetList", everybody)) == 240
    assert api.agent("MDO/GetListItem", {"ListName": "usergroup", "Id": 13})["Name"] == "IT"
    assert "crmfields" in api.agent("MDO/GetListNames")


def test_members_of_a_group_are_those_of_secondary_groups_too(host: PracticeSuperOffice) -> None:
    members = api_of(host).get("MDOList/associate", additional="group_idx=7")
    primary = api_of(host).agent("Associate/GetAssociatesByGroup", {"GroupId": 7, "Type": "Unknown"})

    assert "Sven Salesman" in _names(members)
    assert len(members) > len(primary)
    assert len(api_of(host).get("MDOList/usergroup", additional="exclude_id=7")) == 11


def test_one_user_is_read_by_id(host: PracticeSuperOffice) -> None:
    api = api_of(host)

    assert api.agent("Associate/GetAssociate", associateId=6)["FullName"] == "Sven Salesman"
    assert api.agent("Associate/GetAssociate", associateId=9999) is None
    assert [each["Deleted"] for each in api.agent("Associate/GetAssociateList", [5, 28, 9999])] == [False, True]


def test_connectors_and_connections_are_lists_too(api: Api, host: PracticeSuperOffice) -> None:
    connection = api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})

    assert [each["ExtraInfo"] for each in api.get("MDOList/erpconnectors")] == [host.connector_url]
    assert [each["ExtraInfo"] for each in api.get("MDOList/erpconnections")] == [connection["ConnectionId"]]


def test_connections_are_listed_by_their_priority(api: Api) -> None:
    save_connection(api, 1, DisplayName="Sverige")
    assert api.agent("ErpSync/SaveErpConnectionSyncPriorities", {"ErpConnectionIds": [2, 1]})

    assert _names(api.get("MDOList/erpconnections")) == ["Norge", "Sverige"]
    assert _names(api.get("MDOList/erpconnections", additional="useRank")) == ["Sverige", "Norge"]


def test_a_user_defined_list_has_items_for_its_id_only(api: Api) -> None:
    assert len(api.get("MDOList/udlist", additional="101")) == 4
    assert api.get("MDOList/udlist") == []


def test_archives_are_filtered_and_ordered(host: PracticeSuperOffice) -> None:
    def names(**query: str) -> list[str]:
        asked = {f"${name}": text for name, text in query.items()}
        return [row["fullName"] for row in api_of(host).get("Archive/AllUsers", **asked)["value"]]

    assert names(filter="associateDbId eq 5") == ["Astrid Administrator"]
    assert names(filter="fullName begins 'sven'", select="FULLNAME,fullName") == ["Sven Salesman"]
    assert names(orderBy="fullName desc")[0].startswith("Øystein")


def test_deleted_connections_are_rows_where_they_are_asked_for(api: Api) -> None:
    api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": 1})
    asked = {"$select": "id,deleted", "$entities": "ErpConnection,deleted"}

    assert [row["deleted"] for row in api.get("Archive/ErpConnection", **asked)["value"]] == [True]


@pytest.mark.parametrize(
    ("shape", "first"), [("flat", "contact/name"), ("headings", ""), ("filler", ""), ("empty", None)]
)
def test_fields_of_the_crm_come_in_the_shape_that_is_set(
    host: PracticeSuperOffice, shape: str, first: str | None
) -> None:
    host.behaviour.crm_fields = shape
    items = api_of(host).get("MDOList/crmfields")

    assert (items[0]["ExtraInfo"] if items else None) == first


def test_the_rest_of_the_agent_answers(api: Api) -> None:
    ask = api.agent

    assert ask("ErpSync/CreateDefaultErpSyncConnectorEntity")["ErpConnectorId"] == 0
    assert ask("ErpSync/CanDeleteErpSyncConnectorEntity", {"ErpSyncConnectorId": 9}) == "ErrorNotFound"
    assert ask("ErpSync/GetErpConnectionConfigFields", {"ErpConnectionId": 1})["Company"] == "ACME"
    assert ask("ErpSync/GetErpConnectionConfigFields", {"ErpConnectionId": 9}) == {}
    assert ask("ErpSync/GetErpSyncConnectionSummary", {"ErpSyncConnectionId": 9}) is None
    customer = {"ErpConnectionId": 1, "ErpActorType": "Customer"}
    assert ask("ErpSync/GetCrmActorType", customer) == "Contact"
    assert ask("ErpSync/SupportsAdvancedSearch", customer) is True


def test_the_api_tells_its_version_and_what_it_offers(host: PracticeSuperOffice) -> None:
    page = requests.get(host.api, timeout=60)
    version = requests.get(host.api, headers={"Accept": "application/json"}, timeout=60).json()
    offered = requests.get(version["v1"], headers={"Authorization": api_of(host).authorization}, timeout=60).json()

    assert page.headers["Content-Type"].startswith("text/html")
    assert (version["NetServerVersion"], version["Version"]) == ("12.4.1514.0", "v1")
    assert any(url.endswith("/Agents/ErpSync/SaveConnection") for url in offered)
