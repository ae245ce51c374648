"""Messages of any content survive being written and read."""

from __future__ import annotations

from dataclasses import fields
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.outside import soap as codec
from wizard.outside.soap import Misread, MisreadKind
from wizard.outside.soap.contract import (
    DATA_CONTRACT_DEFAULT,
    NAMESPACE,
    OPERATIONS,
    Namespaces,
    NoRequest,
    State,
    TestConfigRequest,
)

pytestmark = pytest.mark.no_cover

BOTH = [
    Namespaces(NAMESPACE, NAMESPACE),
    Namespaces(NAMESPACE, DATA_CONTRACT_DEFAULT),
    Namespaces("http://tempuri.org/", "http://tempuri.org/"),
    Namespaces("http://tempuri.org/", DATA_CONTRACT_DEFAULT),
]


CARRIED = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=32)
texts = st.text(CARRIED | st.sampled_from("\t\n\r<>&\"']"))


def values_for(hint: Any) -> st.SearchStrategy[Any]:
    """What a member of this type may hold."""
    if isinstance(hint, UnionType):
        options = [option for option in get_args(hint) if option is not str or get_args(hint)[0] is str]
        return st.one_of(*(values_for(option) for option in options))
    if hint is type(None):
        return st.none()
    if get_origin(hint) is tuple:
        return st.lists(values_for(get_args(hint)[0]), max_size=3).map(tuple)
    if get_origin(hint) is not None:
        return st.dictionaries(texts, values_for(get_args(hint)[1]), max_size=3)
    if hint is str:
        return texts
    if hint is int:
        return st.integers(-(2**31), 2**31 - 1)
    return messages(hint) if hasattr(hint, "__dataclass_fields__") else st.from_type(hint)


def messages(kind: Any) -> st.SearchStrategy[Any]:
    """Any message of a dataclass of the contract."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{each.name: values_for(hints[each.name]) for each in fields(kind)})


@pytest.mark.parametrize("name", OPERATIONS)
@settings(max_examples=25)
@given(st.data())
def test_any_request_survives_the_wire(name: str, data: st.DataObject) -> None:
    operation = OPERATIONS[name]
    request = data.draw(messages(operation.request))
    namespaces = data.draw(st.sampled_from(BOTH))
    read, answer = codec.read_request(codec.write_request(operation, request, namespaces))
    assert (read, answer.message, answer.misreads) == (operation, request, ())
    assert answer.namespaces.service == namespaces.service


@pytest.mark.parametrize("name", OPERATIONS)
@settings(max_examples=25)
@given(st.data())
def test_any_answer_survives_the_wire(name: str, data: st.DataObject) -> None:
    operation = OPERATIONS[name]
    result = data.draw(messages(operation.result))
    namespaces = data.draw(st.sampled_from(BOTH))
    answer = codec.read_result(operation, codec.write_result(operation, result, namespaces))
    contradicts = result.is_ok is None and result.state != State.ERROR
    assert answer == codec.Answer(result, namespaces, (Misread(MisreadKind.ABSENT, "IsOk"),) if contradicts else ())


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_carry_is_named_without_its_text(character: str) -> None:
    request = TestConfigRequest(connection_info={"Password": f"geheim{character}"})
    with pytest.raises(codec.Unsendable) as raised:
        codec.write_request(OPERATIONS["WSTestConfigData"], request, Namespaces())
    assert str(raised.value) == f"U+{ord(character):04X}"


def test_a_line_end_of_any_kind_arrives_as_it_was_sent() -> None:
    request = TestConfigRequest(connection_info={"Text": "a\r\nb\rc\nd\te"})
    body = codec.write_request(OPERATIONS["WSTestConfigData"], request, Namespaces())
    assert codec.read_request(body)[1].message == request


def test_a_namespace_cannot_break_out_of_its_attribute() -> None:
    odd = Namespaces('urn:"><evil/>&', 'urn:"d<')
    body = codec.write_request(OPERATIONS["WSTestConfigData"], TestConfigRequest(connection_info={}), odd)
    assert b"<evil" not in body
    assert b"d<" not in body


def test_the_first_call_has_no_parameter() -> None:
    body = codec.write_request(OPERATIONS["WSGetConfigData"], NoRequest(), Namespaces())
    assert b"request" not in body


def test_a_fault_is_read_as_it_was_written() -> None:
    with pytest.raises(codec.SoapFault) as raised:
        codec.read_result(OPERATIONS["WSGetList"], codec.write_fault("s:Client", "<no> & never", "at Erp.cs"))
    fault = raised.value
    assert (fault.code, fault.text, fault.detail, str(fault)) == (
        "s:Client",
        "<no> & never",
        "at Erp.cs",
        "<no> & never",
    )
