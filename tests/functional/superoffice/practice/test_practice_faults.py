"""The practice SuperOffice fails on purpose, and behaves by either reading of what is not documented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.factories import PracticeSuperOffice, serve_superoffice
from tests.functional.superoffice.calls import GOOD, Api, api_of, save_connection, save_connector
from wizard.practice.superoffice import NO_ADMINISTRATOR, Directory, Fault

_Answer = Callable[[requests.Response], bool]


def _ask(host: PracticeSuperOffice, operation: str = "GetAllConnectors") -> requests.Response:
    headers = {"Authorization": f"Bearer {host.access_token()}"}
    return requests.post(f"{host.api}/v1/Agents/ErpSync/{operation}", headers=headers, timeout=60)


@pytest.mark.parametrize(
    ("fault", "is_it"),
    [
        (Fault.UNAUTHORISED, lambda a: a.status_code == 401),
        (Fault.FORBIDDEN, lambda a: a.status_code == 403),
        (Fault.MOVED, lambda a: (a.status_code, a.text) == (421, "Wrong subdomain used to access tenant")),
        (Fault.THROTTLED, lambda a: (a.status_code, a.headers["Retry-After"]) == (429, "1")),
        (Fault.THROTTLED_WITHOUT_TIME, lambda a: a.status_code == 429 and "Retry-After" not in a.headers),
        (Fault.UNAVAILABLE, lambda a: a.status_code == 503),
        (Fault.NULL, lambda a: (a.status_code, a.text) == (200, "null")),
        (Fault.EMPTY, lambda a: (a.status_code, a.text) == (200, "")),
        (Fault.ERROR_OBJECT, lambda a: "MessageDetail" in a.json()),
        (Fault.EXCEPTION, lambda a: a.status_code == 500 and "StackTrace" in a.json()),
        (Fault.REFUSED, lambda a: a.json()["ErrorType"] == "SoValidationException"),
        (Fault.HTML, lambda a: a.text.startswith("<!doctype html>")),
        (Fault.MISSING_MEMBER, lambda a: sorted(a.json()[0]) == ["Name", "ToolTip"]),
        (Fault.UNKNOWN_MEMBER, lambda a: "AddedLater" in a.json()[0]),
    ],
)
def test_a_planned_fault_happens_once(host: PracticeSuperOffice, fault: Fault, is_it: _Answer) -> None:
    save_connector(api_of(host), host.connector_url)
    host.plan(fault, "GetAllConnectors")

    assert is_it(_ask(host))
    assert _ask(host).json()[0]["Id"] == 1


def test_the_line_is_cut_before_or_after_the_work(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    for fault, saved in ((Fault.CUT_BEFORE, 0), (Fault.CUT_AFTER, 1)):
        host.plan(fault, "SaveErpSyncConnectorEntity")
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            save_connector(api, host.connector_url)

        assert len(api.agent("ErpSync/GetAllConnectors")) == saved


def test_an_unknown_name_of_an_enumeration_comes(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    save_connector(api, host.connector_url)
    host.plan(Fault.UNKNOWN_ENUM)

    assert api.agent("ErpSync/GetConfigurationFields", {"ErpConnectorId": 1})[0]["FieldType"] == "AddedLater"


def test_a_save_can_lose_a_member_or_meet_somebody_else_s_edit(host: PracticeSuperOffice) -> None:
    api = api_of(host)
    connector_id = save_connector(api, host.connector_url)
    host.plan(Fault.DROPPED_MEMBER, "SaveConnection")
    assert save_connection(api, connector_id, DisplayDescription="lost")["DisplayDescription"] == ""

    host.plan(Fault.EDITED_MEANWHILE, "GetConnection")
    assert api.agent("ErpSync/GetConnection", {"ErpConnectionId": 1})["DisplayDescription"] == "(edited)"
    columns = {"$select": "updatedBy"}
    assert api.get("Archive/ErpConnection", **columns)["value"][0]["updatedBy"] == "Sven Salesman"


def test_a_moved_tenant_is_told_by_its_state_page(host: PracticeSuperOffice) -> None:
    before = api_of(host)
    host.behaviour.number = 3
    state = requests.get(f"{host.login}/api/state/Cust00001", timeout=60).json()

    with pytest.raises(AssertionError, match="421"):
        before.get("User/currentPrincipal")
    assert (state["State"], state["Api"]) == ("Running", f"{host.login}/online3/Cust00001/api")
    assert Api(state["Api"], before.authorization).get("User/currentPrincipal")["AssociateId"] == 5


@pytest.mark.parametrize(("state", "is_running"), [("OnlineMaintenance", True), ("Suspended", False)])
def test_a_tenant_that_rests_answers_no_call(host: PracticeSuperOffice, state: str, is_running: bool) -> None:
    host.behaviour.tenant_state = state
    told = requests.get(f"{host.login}/api/state/Cust00001", timeout=60).json()

    assert (told["State"], told["IsRunning"]) == (state, is_running)
    assert (_ask(host).status_code == 200) is is_running


def test_an_unknown_tenant_has_the_state_unknown(host: PracticeSuperOffice) -> None:
    told = requests.get(f"{host.login}/api/state/Cust99999", timeout=60).json()

    assert (told["State"], told["IsRunning"], told["Api"]) == ("Unknown", False, "")


@pytest.mark.parametrize("status", [401, 403])
def test_the_agent_can_be_closed_while_the_sign_in_is_good(host: PracticeSuperOffice, status: int) -> None:
    host.behaviour.agent_closed = status

    assert _ask(host).status_code == status
    assert api_of(host).get("User/currentPrincipal")["AssociateId"] == 5
    assert api_of(host).get("Archive/ErpConnector")["value"] == []


def test_somebody_without_the_rights_reads_but_saves_nothing(host: PracticeSuperOffice) -> None:
    api = Api(host.api, f"Bearer {host.access_token(NO_ADMINISTRATOR)}")

    assert api.agent("ErpSync/GetAllConnectors") == []
    assert "admin-all" not in api.get("User/currentPrincipal")["FunctionRights"]
    with pytest.raises(AssertionError, match="SoSentryException"):
        save_connector(api, host.connector_url)


def test_a_licence_can_be_absent(host: PracticeSuperOffice) -> None:
    ask = {"OwnerName": "SUPEROFFICE", "ModuleName": "erp-sync"}
    assert api_of(host).agent("License/GetModuleLicenseFromDB", ask)["ModuleName"] == "erp-sync"

    host.behaviour.has_licence = False

    names = [each["Name"] for each in api_of(host).get("User/currentPrincipal")["Licenses"]]
    assert names == ["sales-premium"]
    assert api_of(host).agent("License/GetModuleLicenseFromDB", ask) is None


def test_superoffice_can_be_unable_to_reach_what_others_reach(host: PracticeSuperOffice) -> None:
    host.behaviour.reaches_connectors = False
    assert api_of(host).agent("ErpSync/TestConnectorUrl", {"Url": host.connector_url}) == "ErrorNotFound"

    host.behaviour.tests_pass = False
    save_connection(api_of(host), save_connector(api_of(host), host.connector_url))
    assert api_of(host).agent("ErpSync/TestConnectionById", {"ErpConnectionId": 1}) is False


def test_activation_is_refused_with_the_reasons_that_are_set(host: PracticeSuperOffice) -> None:
    save_connection(api_of(host), save_connector(api_of(host), host.connector_url))
    host.behaviour.toggle_reasons = ("The licence is missing.", "The test failed.")

    toggled = api_of(host).agent("ErpSync/ToggleErpConnectionActive", {"ErpConnectionId": 1})
    assert toggled == ["The licence is missing.", "The test failed."]


@pytest.mark.parametrize(
    ("reading", "values", "expected"),
    [
        ({"keeps_sent_guid": True}, {"ConnectionId": "6f0d0a4e-0000-4000-8000-000000000001"}, "ConnectionId"),
        ({"obeys_active": True}, {"Active": True}, "Active"),
    ],
)
def test_either_reading_of_a_save_can_be_chosen(
    host: PracticeSuperOffice, reading: dict[str, Any], values: dict[str, Any], expected: str
) -> None:
    connector_id = save_connector(api_of(host), host.connector_url)
    assert save_connection(api_of(host), connector_id, **values)[expected] != values[expected]

    vars(host.behaviour).update(reading)

    assert save_connection(api_of(host), connector_id, **values)[expected] == values[expected]


@pytest.mark.parametrize(("reading", "company"), [("done", "NEW"), ("ignored", "ACME"), ("refused", None)])
def test_values_of_an_active_connection_are_changed_by_the_chosen_reading(
    host: PracticeSuperOffice, reading: str, company: str | None
) -> None:
    api = api_of(host)
    host.behaviour.obeys_active = True
    saved = save_connection(api, save_connector(api, host.connector_url), Active=True)
    host.behaviour.edits_active = reading
    change = {"Connection": saved | {"ConfigFields": GOOD | {"Company": "NEW"}}}

    if company is None:
        with pytest.raises(AssertionError, match="SoIllegalOperationException"):
            api.agent("ErpSync/SaveConnection", change)
    else:
        assert api.agent("ErpSync/SaveConnection", change)["ConfigFields"]["Company"] == company


def test_only_the_fields_may_be_what_calls_the_connector(host: PracticeSuperOffice) -> None:
    host.behaviour.saves_at_connector = False
    saved = save_connection(api_of(host), save_connector(api_of(host), host.connector_url))
    guid = saved["ConnectionId"]
    assert not host.twin.connectors.works(host.connector_url, guid, {})

    api_of(host).agent("ErpSync/UpdateConnectionFields", {"ErpConnectionId": 1})

    assert host.twin.connectors.works(host.connector_url, guid, {})


def test_absent_texts_can_be_null(host: PracticeSuperOffice) -> None:
    host.behaviour.absent = None
    saved = save_connection(api_of(host), save_connector(api_of(host), host.connector_url))

    assert (saved["DisplayDescription"], saved["DisplayName"]) == (None, "Norge")


def test_a_large_tenant_has_as_many_users_as_are_set(host: PracticeSuperOffice) -> None:
    host.behaviour.directory = Directory(size=5000)

    assert len(api_of(host).get("MDOList/filterassociates", flat="true")) == 5000
    page = api_of(host).get("Archive/InternalUsers", **{"$select": "id", "$top": "5000", "$skip": "1000"})
    assert len(page["value"]) == 1000


def test_what_was_saved_and_who_signed_in_survive_a_restart(tmp_path: Path) -> None:
    with serve_superoffice(folder=tmp_path) as host:
        save_connector(api_of(host), host.connector_url)
        authorization = f"Bearer {host.access_token()}"

    with serve_superoffice(folder=tmp_path) as host:
        assert len(Api(host.api, authorization).agent("ErpSync/GetAllConnectors")) == 1
