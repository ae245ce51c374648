"""The dataclasses say what the WSDL of the recorded host says."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from wizard.outside.soap.contract import NAMESPACE, OPERATIONS, Actor, FieldMetadata, SearchRestriction

WSDL = etree.parse(Path(__file__).parents[3] / "data/connector-contract/wsdl/contract.wsdl").getroot()
XS = "{http://www.w3.org/2001/XMLSchema}"


def wire_name(attribute: str) -> str:
    return "".join(part.capitalize() for part in attribute.split("_"))


def name_of(element: etree._Element) -> str:
    return element.get("name", "")


def type_of(element: etree._Element) -> str:
    return element.get("type", "").rpartition(":")[2]


def members_in_wsdl(name: str) -> list[str]:
    """Of a complex type: the base's first."""
    found = next(each for each in WSDL.iter(f"{XS}complexType") if each.get("name") == name)
    extension = next(found.iter(f"{XS}extension"), None)
    base = members_in_wsdl(extension.get("base").rpartition(":")[2]) if extension is not None else []
    return base + [name_of(each) for each in found.iter(f"{XS}element")]


def wrapper_in_wsdl(name: str) -> list[tuple[str, str]]:
    """Name and type of what a message's element holds."""
    wrapper = next(each for each in WSDL.iter(f"{XS}element") if each.get("name") == name and not each.get("type"))
    return [(name_of(each), type_of(each)) for each in wrapper.iter(f"{XS}element") if each is not wrapper]


def test_every_operation_of_the_host_is_known_and_no_other() -> None:
    ports = [each.get("name") for each in WSDL.iter("{http://schemas.xmlsoap.org/wsdl/}operation")]
    assert set(ports) == set(OPERATIONS)
    assert len(OPERATIONS) == 17


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operations_parameter_has_the_members_of_the_wsdl_in_their_order(name: str) -> None:
    parameters = wrapper_in_wsdl(name)
    if name == "WSGetConfigData":
        assert parameters == []
        return
    ((parameter, kind),) = parameters
    assert parameter == "request"
    assert [wire_name(each.name) for each in fields(OPERATIONS[name].request)] == members_in_wsdl(kind)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operations_answer_has_the_members_of_the_wsdl_in_their_order(name: str) -> None:
    ((result, kind),) = wrapper_in_wsdl(f"{name}Response")
    assert result == f"{name}Result"
    assert [wire_name(each.name) for each in fields(OPERATIONS[name].result)] == members_in_wsdl(kind)


@pytest.mark.parametrize("kind", [Actor, FieldMetadata, SearchRestriction])
def test_what_answers_hold_has_the_members_of_the_wsdl_in_their_order(kind: Any) -> None:
    assert [wire_name(each.name) for each in fields(kind)] == members_in_wsdl(kind.wire_name)


@pytest.mark.parametrize(
    ("service", "action"),
    [
        (NAMESPACE, f"{NAMESPACE}/IErpConnectorWS/WSGetList"),
        ("http://tempuri.org/", "http://tempuri.org/IErpConnectorWS/WSGetList"),
    ],
)
def test_an_action_has_one_slash_behind_the_namespace(service: str, action: str) -> None:
    assert OPERATIONS["WSGetList"].action(service) == action


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_action_is_that_of_the_wsdl(name: str) -> None:
    published = [each.get("soapAction") for each in WSDL.iter("{http://schemas.xmlsoap.org/wsdl/soap/}operation")]
    assert OPERATIONS[name].action(NAMESPACE) in published
