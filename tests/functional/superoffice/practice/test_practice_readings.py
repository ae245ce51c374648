"""What SuperOffice does not document can be read in two ways, and the practice SuperOffice behaves by either."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.factories import PracticeSuperOffice
from tests.functional.superoffice.calls import GOOD, Api, api_of, save_connection, save_connector
from wizard.practice.superoffice import Fault, faults

PARTNER = {"ErpConnectionId": 1, "ActorType": "Partner"}
CUSTOMER = {"ErpConnectionId": 1, "ActorType": "Customer"}


@pytest.fixture
def api(host: PracticeSuperOffice) -> Api:
    """Signed in where connector 1 has connection 1."""
    api = api_of(host)
    save_connection(api, save_connector(api, host.connector_url))
    return api


def test_values_are_tested_by_the_id_of_a_connection(api: Api, host: PracticeSuperOffice) -> None:
    save_connector(api, "http://127.0.0.1:1/")
    host.behaviour.tests_config_of_connection = True

    def tested(id_: int) -> bool:
        return bool(api.agent("ErpSync/TestConnectionByConfig", {"ErpConnectionId": id_, "ConfigFields": GOOD}))

    assert tested(1)
    assert not tested(2)


def test_a_deleted_connection_is_deleted_at_the_connector_too(api: Api, host: PracticeSuperOffice) -> None:
    guid = api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})["ConnectionId"]
    host.behaviour.deletes_at_connector = True

    api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": 1})

    assert not host.twin.connectors.works(host.connector_url, guid, {})


def test_a_type_that_the_connector_lacks_has_no_mapping_or_null_or_an_exception(
    api: Api, host: PracticeSuperOffice
) -> None:
    assert api.agent("ErpSync/GetActorTypeMapping", PARTNER)["FieldMappings"] == []
    host.behaviour.unsupported_type = "null"
    assert api.agent("ErpSync/GetActorTypeMapping", PARTNER) is None
    host.behaviour.unsupported_type = "exception"
    with pytest.raises(AssertionError, match="SoInvalidArgumentException"):
        api.agent("ErpSync/GetActorTypeMapping", PARTNER)


def _saved(api: Api, fields: list[dict[str, Any]]) -> dict[str, str]:
    """Saves a mapping with these fields only; the CRM field of each field after that."""
    mapping = api.agent("ErpSync/GetActorTypeMapping", CUSTOMER)
    saved = api.agent("ErpSync/SaveActorTypeMapping", {"Mapping": mapping | {"FieldMappings": fields}})
    return {each["ErpFieldKey"]: each["CrmFieldKey"] for each in saved["FieldMappings"]}


def test_a_save_can_drop_a_field_that_is_none_and_what_it_is_not_sent(api: Api, host: PracticeSuperOffice) -> None:
    town = next(
        each
        for each in api.agent("ErpSync/GetActorTypeMapping", CUSTOMER)["FieldMappings"]
        if each["ErpFieldKey"] == "Town"
    )
    host.behaviour.illegal_crm_field = "dropped"
    saved = _saved(api, [town | {"CrmFieldKey": "person/title", "SyncToCrm": True}])
    assert (saved["Town"], saved["Name"]) == ("", "contact/name")

    host.behaviour.keeps_unsent_mappings = False
    saved = _saved(api, [town | {"CrmFieldKey": "contact/postalcity"}])
    assert (saved["Town"], saved["Name"]) == ("contact/postalcity", "")


def test_the_configuration_of_an_active_connection_can_be_locked(api: Api, host: PracticeSuperOffice) -> None:
    saved = api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})
    host.behaviour.obeys_active = True
    api.agent("ErpSync/SaveConnection", {"Connection": saved | {"Active": True}})
    host.behaviour.edits_active = "refused"

    with pytest.raises(AssertionError, match="SoIllegalOperationException"):
        _saved(api, [])


def test_a_connection_that_the_connector_has_lost_is_sent_to_it_again(api: Api, host: PracticeSuperOffice) -> None:
    guid = api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})["ConnectionId"]
    host.twin.connectors.delete(host.connector_url, guid)
    assert api.agent("ErpSync/TestConnectionById", {"ErpConnectionId": 1})

    host.twin.connectors.delete(host.connector_url, guid)
    assert api.agent("ErpSync/UpdateConnectionFields", {"ErpConnectionId": 1})


def test_fields_that_the_connector_has_no_more_are_marked(api: Api, host: PracticeSuperOffice) -> None:
    document = host.twin.store.get("connection", 1)
    document["Mappings"]["Customer"]["Fields"][0] |= {"Key": "Gone", "CrmFieldKey": "contact/gone"}
    host.twin.store.put("connection", 1, document)

    api.agent("ErpSync/UpdateConnectionFields", {"ErpConnectionId": 1})
    fields = {each["ErpFieldKey"]: each for each in api.agent("ErpSync/GetActorTypeMapping", CUSTOMER)["FieldMappings"]}

    assert (fields["Gone"]["MissingInERP"], fields["Gone"]["MissingInCRM"]) == (True, True)
    assert not fields["Number"]["MissingInERP"]


def test_a_field_that_another_connection_fills_is_said_to_be(api: Api) -> None:
    save_connection(api, 1, DisplayName="Sverige")
    mapping = api.agent("ErpSync/GetActorTypeMapping", CUSTOMER)
    for each in mapping["FieldMappings"]:
        each["SyncToCrm"] = each["ErpFieldKey"] == "Name"
    api.agent("ErpSync/SaveActorTypeMapping", {"Mapping": mapping})

    other = api.agent("ErpSync/GetActorTypeMapping", CUSTOMER | {"ErpConnectionId": 2})
    assert [each["ErpFieldKey"] for each in other["FieldMappings"] if each["AlreadyMapped"]] == ["Name"]


def test_a_connector_that_is_gone_fails_its_connection(api: Api, host: PracticeSuperOffice) -> None:
    mapping = api.agent("ErpSync/GetActorTypeMapping", CUSTOMER)
    for each in mapping["FieldMappings"]:
        each["CrmFieldKey"] = "contact/category" if each["ErpFieldKey"] == "Category" else each["CrmFieldKey"]
    api.agent("ErpSync/SaveActorTypeMapping", {"Mapping": mapping})
    connector = api.agent("ErpSync/GetErpSyncConnectorEntity", erpSyncConnectorEntityId=1)
    api.agent("ErpSync/SaveErpSyncConnectorEntity", connector | {"URL": "http://127.0.0.1:1/"})

    assert not api.agent("ErpSync/TestConnectionById", {"ErpConnectionId": 1})
    assert not api.agent("ErpSync/UpdateConnectionFields", {"ErpConnectionId": 1})
    assert not api.agent("ErpSync/TestConnectionByConfig", {"ErpConnectionId": 1, "ConfigFields": GOOD})
    for operation, body in (
        ("ErpSync/GetConnectionListMappings", {"ErpConnectionId": 1}),
        ("Import/CreateErpImportData", {"ConnectionId": 1, "ErpActorType": "Customer"}),
    ):
        with pytest.raises(AssertionError, match="SoServerException"):
            api.agent(operation, body)


def test_nothing_is_activated_without_an_actor_type(api: Api) -> None:
    toggled = api.agent("ErpSync/ToggleErpConnectionActive", {"ErpConnectionId": 1})

    assert toggled == ["No actor type is selected for synchronisation."]


def test_projects_are_shown_in_a_preview_and_a_key_that_comes_twice(api: Api) -> None:
    lines = api.agent("Import/CreateErpImportData", {"ConnectionId": 1, "ErpActorType": "Project"})["ImportLines"]
    twice = api.agent("Import/PreviewImport", {"ImportLines": [lines[0], lines[0]]})

    assert [each["Operation"] for each in twice] == ["Obs", "ObsERPDuplicate"]


def test_a_slow_answer_is_an_answer(host: PracticeSuperOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    over.set()
    monkeypatch.setattr(faults, "_never", over)
    host.plan(Fault.SLOW)

    assert api_of(host).agent("ErpSync/GetAllConnectors") == []


def test_a_fault_within_an_answer_needs_a_carrier(host: PracticeSuperOffice) -> None:
    host.plan(Fault.MISSING_MEMBER, times=2)

    assert api_of(host).agent("ErpSync/GetAllConnectors") == []
    with pytest.raises(AssertionError, match="404"):
        api_of(host).get("Nowhere")
