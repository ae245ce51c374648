"""Carriers are read whichever case their members' names are in, and written back whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.outside.superoffice.carriers import (
    Associate,
    EngineStatus,
    ErpConnection,
    ErpSyncConnectorEntity,
    FieldMetadata,
    GrantedModuleLicense,
    ListItem,
    MDOListItem,
    SoPrincipalCarrier,
    TenantStatus,
)
from wizard.outside.superoffice.members import Carrier, Misread, read_array

CARRIERS = [
    *(Associate, EngineStatus, ErpConnection, ErpSyncConnectorEntity, FieldMetadata, ListItem, MDOListItem),
    *(SoPrincipalCarrier, TenantStatus),
]
others = st.dictionaries(st.sampled_from(["TableRight", "FieldProperties", "ExtraFields"]), st.none() | st.integers())
without_others = st.just(dict[str, Any]())
items = st.lists(st.builds(MDOListItem, child_items=st.just(()), others=without_others), max_size=3).map(tuple)
licences = st.lists(st.builds(GrantedModuleLicense, others=without_others), max_size=3).map(tuple)


def builds(carrier: type[Carrier], others: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Carrier]:
    nested: dict[type[Carrier], dict[str, Any]] = {
        MDOListItem: {"child_items": items},
        SoPrincipalCarrier: {"licenses": licences},
    }
    return st.builds(carrier, others=others, **nested.get(carrier, {}))


@pytest.mark.parametrize("carrier", CARRIERS)
@given(st.data())
def test_what_is_written_is_read_again(carrier: type[Carrier], data: st.DataObject) -> None:
    whole = data.draw(builds(carrier, others))
    assert carrier.from_json(whole.to_json(), is_answer=True) == whole


@pytest.mark.parametrize("carrier", CARRIERS)
@given(st.data(), st.sampled_from([str.lower, str.upper, str.swapcase]))
def test_names_are_read_in_any_case(carrier: type[Carrier], data: st.DataObject, change: Any) -> None:
    whole = data.draw(builds(carrier, without_others))
    assert carrier.from_json({change(name): value for name, value in whole.to_json().items()}) == whole


def test_an_unknown_member_is_sent_back_as_it_came() -> None:
    answer = {"ErpConnectorId": 7, "URL": "https://h/x", "TableRight": None, "NewInVersion13": {"a": [1]}}
    sent = ErpSyncConnectorEntity.from_json(answer).to_json()
    assert sent == {**answer, "DisplayName": "", "Deleted": False}


def test_the_keys_of_a_configuration_keep_their_case() -> None:
    connection = ErpConnection.from_json({"configFields": {"vid": "1", "VID": None}})
    assert connection.to_json()["ConfigFields"] == {"vid": "1", "VID": ""}


def test_what_is_null_is_empty() -> None:
    carrier = ErpConnection.from_json(dict.fromkeys(ErpConnection().to_json()))
    assert carrier == ErpConnection()


@pytest.mark.parametrize("carrier", CARRIERS)
def test_an_answer_without_a_member_that_is_needed_is_misread(carrier: type[Carrier]) -> None:
    with pytest.raises(Misread) as caught:
        carrier.from_json({}, is_answer=True)
    assert caught.value.kind == "missing"


@pytest.mark.parametrize(
    ("member", "value", "kind"),
    [
        ("ErpConnectionId", "7", "int"),
        ("ErpConnectionId", True, "int"),
        ("Active", 1, "bool"),
        ("DisplayName", 1, "str"),
        ("ConfigFields", [], "object"),
        ("ConfigFields", {"a": 1}, "str"),
        ("UserGroupAccessIds", 3, "array"),
        ("UserGroupAccessIds", ["3"], "int"),
    ],
)
def test_a_value_of_another_type_is_misread(member: str, value: Any, kind: str) -> None:
    with pytest.raises(Misread) as caught:
        ErpConnection.from_json({member: value})
    assert (caught.value.member.split("/")[1], caught.value.kind) == (member, kind)


@pytest.mark.parametrize("answer", [None, {}, [1], "text"])
def test_an_answer_that_is_no_array_of_carriers_is_misread(answer: Any) -> None:
    with pytest.raises(Misread):
        read_array(ListItem, answer)


def test_values_of_a_configuration_are_not_in_the_representation() -> None:
    assert "hunter2" not in repr(ErpConnection(config_fields={"Password": "hunter2"}, others={"x": "hunter2"}))


def test_a_misread_value_of_a_configuration_is_not_quoted() -> None:
    with pytest.raises(Misread) as caught:
        ErpConnection.from_json({"ConfigFields": {"Password": ["hunter2"]}})
    assert (caught.value.member, caught.value.text) == ("ErpConnection/ConfigFields/Password", "")
