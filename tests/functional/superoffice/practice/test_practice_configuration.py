"""The practice SuperOffice maps fields, list items and defaults by SuperOffice's rules, and activates by them."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.factories import PracticeSuperOffice
from tests.functional.superoffice.calls import Api, api_of, save_connection, save_connector

CUSTOMER = {"ErpConnectionId": 1, "ActorType": "Customer"}


@pytest.fixture
def api(host: PracticeSuperOffice) -> Api:
    """Signed in where the connection 1 is saved."""
    api = api_of(host)
    save_connection(api, save_connector(api, host.connector_url))
    return api


def _mapping(api: Api) -> dict[str, Any]:
    return dict(api.agent("ErpSync/GetActorTypeMapping", CUSTOMER))


def _field(mapping: dict[str, Any], key: str) -> dict[str, Any]:
    return next(each for each in mapping["FieldMappings"] if each["ErpFieldKey"] == key)


def _save(api: Api, mapping: dict[str, Any]) -> Any:
    return api.agent("ErpSync/SaveActorTypeMapping", {"Mapping": mapping})


def _refusal(api: Api, operation: str, body: Any) -> str:
    headers = {"Authorization": api.authorization}
    answer = requests.post(f"{api.api}/v1/Agents/ErpSync/{operation}", json=body, headers=headers, timeout=60)
    assert answer.status_code == 500
    return str(answer.json()["ErrorType"])


def test_fields_of_known_keys_are_mapped_without_a_direction(api: Api) -> None:
    mapping = _mapping(api)
    name, number = _field(mapping, "Name"), _field(mapping, "Number")

    assert (mapping["ActorTypeCrm"], mapping["IsActive"]) == ("Contact", False)
    assert (name["CrmFieldKey"], name["SyncToCrm"], name["SyncToErp"]) == ("contact/name", False, False)
    assert (number["CrmFieldKey"], number["Access"]) == ("", "ReadOnly")


def test_a_mapping_is_saved_and_read_back(api: Api) -> None:
    mapping = _mapping(api)
    _field(mapping, "Name").update(SyncToCrm=True, SyncToErp=True, ErpDisplayName="ignored")
    _field(mapping, "Category").update(CrmFieldKey="contact/category", SyncToCrm=True)
    saved = _save(api, mapping | {"IsActive": True})

    assert saved == _mapping(api)
    assert _field(saved, "Name")["ErpDisplayName"] != "ignored"
    assert _field(saved, "Category")["ListReference"] == "table=category"


@pytest.mark.parametrize(
    ("key", "change", "error"),
    [
        ("Number", {"CrmFieldKey": "contact/number1", "SyncToErp": True}, "SoValidationException"),
        ("Town", {"CrmFieldKey": "person/title"}, "SoValidationException"),
        ("Town", {"CrmFieldKey": "contact/name"}, "SoDuplicateException"),
    ],
)
def test_a_mapping_against_the_rules_is_refused(api: Api, key: str, change: dict[str, Any], error: str) -> None:
    mapping = _mapping(api)
    _field(mapping, key).update(change)

    assert _refusal(api, "SaveActorTypeMapping", {"Mapping": mapping}) == error


def test_items_of_a_mapped_list_are_mapped_one_to_one(api: Api) -> None:
    mapping = _mapping(api)
    _field(mapping, "Category")["CrmFieldKey"] = "contact/category"
    _save(api, mapping)
    lists = api.agent("ErpSync/GetConnectionListMappings", {"ErpConnectionId": 1})
    category = next(each for each in lists["ErpListItemMappings"] if each["ErpListName"] == "Category")
    rows = category["ErpCrmListItemMappings"]
    assert [row["ErpListItemId"] for row in rows] == ["A", "B", "C", "D", "E"]

    rows[0]["CrmListItem"], rows[1]["CrmListItem"] = {"Id": 1}, {"Id": 0}
    saved = api.agent("ErpSync/SaveConnectionListMappings", {"ListMapping": lists})
    items = [
        row["CrmListItem"] and row["CrmListItem"]["Id"]
        for each in saved["ErpListItemMappings"]
        if each["ErpListName"] == "Category"
        for row in each["ErpCrmListItemMappings"]
    ]
    assert items == [1, None, None, None, None]

    rows[1]["CrmListItem"] = {"Id": 1}
    assert _refusal(api, "SaveConnectionListMappings", {"ListMapping": lists}) == "SoDuplicateException"


def test_a_default_value_is_saved_by_the_rules(api: Api) -> None:
    field_id = _field(_mapping(api), "CreditLimit")["ErpFieldId"]
    default = api.agent("ErpSync/GetDefaultValueInfo", {"ErpFieldId": field_id})
    assert (default["ErpFieldKey"], default["DefaultValue"], default["Mandatory"]) == ("CreditLimit", "[F:0]", False)

    assert _refusal(api, "SaveDefaultValueInfo", {"ErpSyncDefaultValue": default | {"Mandatory": True}})
    default |= {"Mandatory": True, "HasFirstSyncDefaultValue": True, "FirstSyncDefaultValue": "[F:100]"}
    assert api.agent("ErpSync/SaveDefaultValueInfo", {"ErpSyncDefaultValue": default}) == default


def test_a_field_changes_places_with_its_neighbour(api: Api) -> None:
    before = [each["ErpFieldKey"] for each in _mapping(api)["FieldMappings"]]
    name = _field(_mapping(api), "Name")["ErpFieldId"]

    move = {"ErpFieldId": name, "Direction": 1, "ErpConnectionId": 1, "ErpActorType": "Customer"}
    assert api.agent("ErpSync/MoveErpFieldItem", move) is None

    after = [each["ErpFieldKey"] for each in _mapping(api)["FieldMappings"]]
    assert (before[:3], after[:3]) == (["Number", "Name", "Town"], ["Number", "Town", "Name"])
    first = _field(_mapping(api), "Number")["ErpFieldId"]
    api.agent("ErpSync/MoveErpFieldItem", move | {"ErpFieldId": first, "Direction": -1})
    assert [each["ErpFieldKey"] for each in _mapping(api)["FieldMappings"]] == after


def test_a_connection_becomes_active_when_its_mandatory_fields_have_a_direction(api: Api) -> None:
    mapping = _mapping(api)
    _save(api, mapping | {"IsActive": True})

    def toggle() -> list[str]:
        return list(api.agent("ErpSync/ToggleErpConnectionActive", {"ErpConnectionId": 1}))

    assert toggle() == ["The mandatory field Name of Customer has no direction."]
    _field(mapping, "Name")["SyncToCrm"] = True
    _save(api, mapping | {"IsActive": True})
    assert toggle() == []

    summary = api.agent("ErpSync/GetErpSyncConnectionSummary", {"ErpSyncConnectionId": 1})
    assert summary["Active"]
    assert summary["Actors"][0]["Mappings"] == "Name"
    assert toggle() == []
    assert not api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})["Active"]


def test_priorities_name_connections_that_there_are(api: Api) -> None:
    def saved(*ids: int) -> bool:
        return bool(api.agent("ErpSync/SaveErpConnectionSyncPriorities", {"ErpConnectionIds": list(ids)}))

    assert saved(0, 1)
    assert not saved(1, 2)


def test_the_engine_says_whether_it_runs(api: Api) -> None:
    assert api.agent("ErpSync/ChangeEngineStatus", {"Run": True})["IsRunning"]
    assert api.agent("ErpSync/ChangeEngineInterval", {"Interval": "00:10:00"}) is None
    status = api.agent("ErpSync/GetEngineStatus")
    assert (status["IsRunning"], status["Interval"]) == (True, "00:10:00")


def test_an_import_is_previewed_while_the_engine_is_off(api: Api) -> None:
    restriction = {"Name": "Name", "Operator": "begins", "Values": ["Oslo"], "IsActive": True}
    body = {"ConnectionId": 1, "ErpActorType": "Customer", "Columns": ["Name"], "Restriction": [restriction]}
    data = api.agent("Import/CreateErpImportData", body)
    lines = api.agent("Import/PreviewImport", {"ImportLines": data["ImportLines"], "ColumnDefinition": ["Name"]})

    assert [info["Name"] for info in data["ColumnInfos"]] == ["Name"]
    assert len(lines) == 10
    assert {line["Type"] for line in lines} == {"Contact"}
    assert {line["Operation"] for line in lines} <= {"ContactAdded", "ContactUpdated", "ContactNoChange"}

    api.agent("ErpSync/ChangeEngineStatus", {"Run": True})
    with pytest.raises(AssertionError, match="SoIllegalOperationException"):
        api.agent("Import/CreateErpImportData", body)


def test_fields_of_the_crm_are_listed_by_type(api: Api) -> None:
    fields = api.get("MDOList/crmfields", additional="Customer")

    assert fields[0]["ExtraInfo"] == "contact/name"
    assert api.get("MDOList/crmfields") == []
    assert [each["Id"] for each in api.get("MDOList/category")][:4] == [1, 2, 3, 4]
    assert len(api.get("MDOList/udlist", additional="udListDefinitionId=101")) == 4


def test_a_deleted_connection_stays_and_comes_back(api: Api, host: PracticeSuperOffice) -> None:
    saved = api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})
    assert api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": 1}) is None

    assert api.agent("ErpSync/GetAllConnections", {"IncludeDeleted": False}) == []
    assert [each["Deleted"] for each in api.agent("ErpSync/GetAllConnections", {"IncludeDeleted": True})] == [True]
    assert api.get("Archive/ErpConnection", **{"$select": "id,erpId"})["value"] == []

    restored = api.agent("ErpSync/SaveConnection", {"Connection": saved | {"Deleted": False}})
    assert restored == saved
    assert api.get("Archive/ErpConnection", **{"$select": "id,erpId"})["value"] == [
        {"PrimaryKey": "1", "EntityName": "ErpConnection", "id": 1, "erpId": saved["ConnectionId"]}
    ]


def test_texts_are_raw_or_in_the_language_that_is_asked_for(api: Api) -> None:
    saved = api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})
    raw = 'US:"Norway";NO:"Norge"'
    api.agent("ErpSync/SaveConnection", {"Connection": saved | {"DisplayName": raw}})

    def name(language: str) -> str:
        asking = Api(api.api, api.authorization, language)
        return str(asking.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})["DisplayName"])

    assert [name(each) for each in ("*", "x", "nb", "nb-no", "en", "en-GB")] == [
        raw,
        raw,
        "Norge",
        "Norge",
        "Norway",
        "Norway",
    ]
