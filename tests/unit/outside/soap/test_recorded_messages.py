"""The codec beside the recordings of two real hosts, whole and damaged."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from wizard.domain.fields import Access, FieldType
from wizard.outside import soap as codec
from wizard.outside.soap import xml
from wizard.outside.soap.contract import ARRAYS, OPERATIONS, FieldsResult, Namespaces, State

RECORDED = Path(__file__).parents[3] / "data/connector-contract"
CASES = [
    (host, case)
    for host in ("wcf-host", "soapcore-host")
    for case in json.loads((RECORDED / host / "index.json").read_text())
    if case["operation"] in OPERATIONS
]
ANSWERED = [(host, case) for host, case in CASES if case["status"] == 200 and case["case"] != "wrong-content-type"]
WELL_FORMED = [(host, case) for host, case in CASES if case["case"] not in ("malformed-xml", "wrong-content-type")]
FAULTY = [(host, case) for host, case in WELL_FORMED if case["status"] in (400, 500)]


def name_of(case: Any) -> str:
    return case if isinstance(case, str) else case["case"]


def recorded(host: str, case: dict[str, Any], part: str) -> bytes:
    return (RECORDED / host / f"{case['case']}.{part}.xml").read_bytes()


def canonical(body: bytes) -> str:
    """The same for equal XML: no indentation, no unused prefix, no nil members."""
    root = etree.fromstring(body, etree.XMLParser(remove_blank_text=True, remove_comments=True))
    for element in list(root.iter()):
        if element.get(f"{{{codec.XSI}}}nil") == "true" and not element.tag.startswith(f"{{{ARRAYS}}}"):
            element.getparent().remove(element)
    return etree.tostring(root, method="c14n", exclusive=True).decode()


@pytest.mark.parametrize(("host", "case"), WELL_FORMED, ids=name_of)
def test_a_recorded_request_is_written_again_as_it_was(host: str, case: dict[str, Any]) -> None:
    body = recorded(host, case, "request")
    operation, request = codec.read_request(body)
    assert operation.name == case["operation"]
    assert request.misreads == ()
    assert canonical(codec.write_request(operation, request.message, request.namespaces)) == canonical(body)


@pytest.mark.parametrize(("host", "case"), ANSWERED, ids=name_of)
def test_a_recorded_answer_is_read_without_a_misread_and_loses_nothing(host: str, case: dict[str, Any]) -> None:
    operation = OPERATIONS[case["operation"]]
    answer = codec.read_result(operation, recorded(host, case, "response"), "utf-8")
    assert answer.misreads == ()
    assert answer.namespaces == Namespaces()
    written = codec.write_result(operation, answer.message, answer.namespaces)
    assert texts_of(written) == texts_of(recorded(host, case, "response"))
    assert codec.read_result(operation, written) == answer


def texts_of(body: bytes) -> list[tuple[str, str]]:
    """What an answer says, member by member, whatever prefixes it uses."""
    root = etree.fromstring(body)
    leaves = [each for each in root.iter() if not len(each) and each.get(f"{{{codec.XSI}}}nil") != "true"]
    return [(each.tag, each.text or "") for each in leaves]


@pytest.mark.parametrize(("host", "case"), FAULTY, ids=name_of)
def test_a_recorded_fault_is_raised_with_its_code_and_text(host: str, case: dict[str, Any]) -> None:
    with pytest.raises(codec.SoapFault) as raised:
        codec.read_result(OPERATIONS[case["operation"]], recorded(host, case, "response"))
    expected = {"wcf-host": ("a:ActionNotSupported", "a:InternalServiceFault"), "soapcore-host": ("s:Client",)}[host]
    assert raised.value.code in expected
    assert raised.value.text


@pytest.mark.parametrize("host", ["wcf-host", "soapcore-host"])
def test_the_recorded_fields_are_what_the_host_declares(host: str) -> None:
    body = (RECORDED / host / "config-fields.response.xml").read_bytes()
    result = codec.read_result(OPERATIONS["WSGetConfigData"], body).message
    assert (result.state, result.is_ok, result.error_code) == (State.OK, True, None)
    found = {field.field_key: field for field in result.field_meta_data_objects}
    assert len(found) == 9
    assert {field.field_type for field in found.values()} == set(FieldType)
    assert found["Company"].default_value == "<name>"
    secret = found["Secret"]
    assert (secret.access, secret.field_type, secret.max_length, secret.rank) == (
        Access.MANDATORY,
        FieldType.PASSWORD,
        64,
        30,
    )
    assert 'SW:"API-lösenord"' in secret.display_name


BODIES = [
    recorded(host, case, "response") for host, case in ANSWERED if case["case"] in ("config-fields", "list-items")
]
SPLICES = st.sampled_from(
    [b"<", b">", b"</", b"&", b"&#0;", b"<![CDATA[", b"<!--", b"<x:y/>", b'i:nil="1"', b"\x00", b"\xff"]
)


@given(st.sampled_from(BODIES), st.data())
def test_a_damaged_answer_is_read_or_refused_with_a_name(body: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(start + 40, len(body))))
    damaged = body[:start] + data.draw(SPLICES | st.binary(max_size=8)) + body[end:]
    with suppress(xml.XmlError, codec.CodecError):
        answer = codec.read_result(OPERATIONS["WSGetConfigData"], damaged)
        assert isinstance(answer.message, FieldsResult)
        json.dumps([(misread.kind, misread.path, misread.text) for misread in answer.misreads])
