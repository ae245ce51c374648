"""The codec beside the recordings of two real hosts, beside itself, and beside what WCF's client would misread."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from wizard.domain.fields import Access, FieldType
from wizard.outside import soap as codec
from wizard.outside.soap import Misread, MisreadKind, xml
from wizard.outside.soap.contract import (
    ARRAYS,
    DATA_CONTRACT_DEFAULT,
    NAMESPACE,
    OPERATIONS,
    ActorResult,
    FieldMetadata,
    FieldsResult,
    ListResult,
    Namespaces,
    NoRequest,
    Result,
    State,
    StringsResult,
    TestConfigRequest,
)

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
BOTH = [
    Namespaces(NAMESPACE, NAMESPACE),
    Namespaces(NAMESPACE, DATA_CONTRACT_DEFAULT),
    Namespaces("http://tempuri.org/", "http://tempuri.org/"),
    Namespaces("http://tempuri.org/", DATA_CONTRACT_DEFAULT),
]
XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'


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


# --- recordings


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


# --- round trips

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


# --- answers in odd dress that WCF reads


def answer_with(
    inner: str, operation: str = "WSTestConfigData", *, around: str = "{}", service: str = NAMESPACE
) -> Any:
    """The answer to a call whose result element holds `inner`."""
    wrapper = (
        f'<{operation}Response xmlns="{service}"><{operation}Result {XSI} xmlns:a="{ARRAYS}">{inner}'
        f"</{operation}Result></{operation}Response>"
    )
    envelope = f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body>{wrapper}</s:Body></s:Envelope>'
    return codec.read_result(OPERATIONS[operation], around.format(envelope).encode())


@pytest.mark.parametrize(
    "inner",
    [
        "<IsOk>true</IsOk><State>Ok</State>",
        "<IsOk> true\n</IsOk><State>Ok</State>",
        "<IsOk>1</IsOk><State>Ok</State>",
        '<ErrorCode i:nil="true"/><IsOk>true</IsOk><State>Ok</State>',
        '<ErrorCode i:nil=" 1 "/><IsOk>true</IsOk>',
        "<IsOk>true</IsOk>",
        "<IsOk>tr<!-- u -->ue</IsOk><State>O<!-- o -->k</State>",
        "<IsOk><![CDATA[true]]></IsOk><State><![CDATA[Ok]]></State>",
        "<IsOk>&#116;rue</IsOk><State>&#x4F;k</State>",
        "<IsOk>true</IsOk><Newer>x</Newer><State>Ok</State><Zebra/>",
        '<x:First xmlns:x="urn:x">y</x:First><IsOk>true</IsOk>',
        '<x:State xmlns:x="urn:x">Odd</x:State><IsOk>true</IsOk><State>Ok</State>',
        f'<d:IsOk xmlns:d="{NAMESPACE}">true</d:IsOk><q:State xmlns:q="{NAMESPACE}">Ok</q:State>',
        f'<d:IsOk xmlns:d="{DATA_CONTRACT_DEFAULT}">true</d:IsOk>',
        "<IsOk>true</IsOk><State>Ok</State><State>Error</State>",
        "\n  <!-- a -->\n  <IsOk>true</IsOk>\n",
    ],
)
def test_a_healthy_answer_in_odd_dress_has_no_misread(inner: str) -> None:
    answer = answer_with(inner)
    assert answer.misreads == ()
    assert answer.message == Result(is_ok=True, state=State.OK)


def test_headers_of_the_envelope_are_passed_over() -> None:
    body = (
        f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Header><x xmlns="urn:x"/></s:Header><s:Body>'
        f'<WSTestConfigDataResponse xmlns="{NAMESPACE}"><WSTestConfigDataResult><IsOk>true</IsOk>'
        "</WSTestConfigDataResult></WSTestConfigDataResponse></s:Body></s:Envelope>"
    )
    assert codec.read_result(OPERATIONS["WSTestConfigData"], body.encode()).message.is_ok is True


def test_white_space_around_the_envelope_is_passed_over() -> None:
    assert answer_with("<IsOk>true</IsOk>", around="\n {} \n").misreads == ()


def test_an_answer_in_utf_16_is_read() -> None:
    body = codec.write_result(OPERATIONS["WSTestConfigData"], Result(user_explanation="Grüße 😀"), Namespaces())
    text = '<?xml version="1.0" encoding="utf-16"?>' + body.decode()
    assert codec.read_result(OPERATIONS["WSTestConfigData"], text.encode("utf-16"), "utf-16").message == Result(
        user_explanation="Grüße 😀"
    )


def test_an_integer_may_have_white_space_around_it() -> None:
    inner = (
        "<IsOk>true</IsOk><FieldMetaDataObjects><FieldMetadataInfoWS><FieldKey>a</FieldKey><MaxLength> 12\n</MaxLength>"
        "</FieldMetadataInfoWS></FieldMetaDataObjects>"
    )
    answer = answer_with(inner, "WSGetConfigData")
    assert answer.misreads == ()
    assert answer.message.field_meta_data_objects == (FieldMetadata(field_key="a", max_length=12),)


@pytest.mark.parametrize(
    ("service", "data"), [(each.service, each.data) for each in BOTH] + [("http://tempuri.org/", NAMESPACE)]
)
def test_the_namespaces_are_learned_from_wrapper_and_members(service: str, data: str) -> None:
    answer = answer_with(f'<d:IsOk xmlns:d="{data}">true</d:IsOk>', service=service)
    assert (answer.namespaces, answer.misreads) == (Namespaces(service, data), ())


def test_an_empty_result_has_the_namespace_of_its_service() -> None:
    assert answer_with("", service="http://tempuri.org/").namespaces == Namespaces(
        "http://tempuri.org/", "http://tempuri.org/"
    )


# --- what WCF's client would misread or refuse


IS_OK = "<IsOk>true</IsOk>"


def field_answer(inner: str) -> Any:
    return answer_with(
        f"<IsOk>true</IsOk><FieldMetaDataObjects><FieldMetadataInfoWS>{inner}</FieldMetadataInfoWS></FieldMetaDataObjects>",
        "WSGetConfigData",
    )


def list_answer(inner: str) -> Any:
    return answer_with(f"<IsOk>true</IsOk><ListItems>{inner}</ListItems>", "WSGetList")


FIELD = "FieldMetaDataObjects/FieldMetadataInfoWS[1]/"


@pytest.mark.parametrize(
    ("inner", "misread"),
    [
        ("<State>Ok</State><IsOk>true</IsOk>", Misread(MisreadKind.ORDER, "IsOk")),
        ('<IsOk>true</IsOk><State xmlns="">Ok</State>', Misread(MisreadKind.NAMESPACE, "State", "")),
        ('<IsOk>true</IsOk><State xmlns="urn:x">Ok</State>', Misread(MisreadKind.NAMESPACE, "State", "urn:x")),
        ("<IsOk>true</IsOk><State> Ok</State>", Misread(MisreadKind.ENUM, "State", " Ok")),
        ("<IsOk>true</IsOk><State>0</State>", Misread(MisreadKind.ENUM, "State", "0")),
        ("<IsOk>true</IsOk><State/>", Misread(MisreadKind.ENUM, "State", "")),
        ('<IsOk>true</IsOk><State i:nil="true"/>', Misread(MisreadKind.NIL, "State")),
        ('<IsOk i:nil="true"/><State>Ok</State>', Misread(MisreadKind.NIL, "IsOk")),
        ("<IsOk>True</IsOk>", Misread(MisreadKind.VALUE, "IsOk", "True")),
        ("<IsOk>\u00a0true</IsOk>", Misread(MisreadKind.VALUE, "IsOk", "\u00a0true")),
        ("<IsOk/>", Misread(MisreadKind.VALUE, "IsOk", "")),
        (
            "<IsOk>true</IsOk><UserExplanation>a<b>c</b></UserExplanation>",
            Misread(MisreadKind.VALUE, "UserExplanation"),
        ),
    ],
)
def test_what_superoffice_would_misread_is_reported(inner: str, misread: Misread) -> None:
    assert answer_with(inner).misreads == (misread,)


@pytest.mark.parametrize(
    ("inner", "misread"),
    [
        ("<FieldKey>a</FieldKey><Access>Mandatory</Access>", Misread(MisreadKind.ORDER, FIELD + "Access")),
        ("<FieldType>Colour</FieldType>", Misread(MisreadKind.ENUM, FIELD + "FieldType", "Colour")),
        ("<FieldType>Text </FieldType>", Misread(MisreadKind.ENUM, FIELD + "FieldType", "Text ")),
        ("<MaxLength>many</MaxLength>", Misread(MisreadKind.VALUE, FIELD + "MaxLength", "many")),
        ("<MaxLength>2147483648</MaxLength>", Misread(MisreadKind.VALUE, FIELD + "MaxLength", "2147483648")),
        ("<MaxLength/>", Misread(MisreadKind.VALUE, FIELD + "MaxLength", "")),
        (f"<MaxLength>{'9' * 5000}</MaxLength>", Misread(MisreadKind.VALUE, FIELD + "MaxLength", "9" * 4000)),
        ('<Rank i:nil="true"/>', Misread(MisreadKind.NIL, FIELD + "Rank")),
        ('<FieldKey xmlns="urn:x">a</FieldKey>', Misread(MisreadKind.NAMESPACE, FIELD + "FieldKey", "urn:x")),
    ],
)
def test_what_superoffice_would_misread_of_a_field_is_reported(inner: str, misread: Misread) -> None:
    assert field_answer(inner).misreads == (misread,)


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        ("<item><key>NO</key><value>Norge</value></item>", MisreadKind.DICTIONARY),
        ('<entry key="NO" value="Norge"/>', MisreadKind.DICTIONARY),
        ('<item key="NO">Norge</item>', MisreadKind.DICTIONARY),
        (
            "<KeyValueOfstringstring><Key>NO</Key><Value>Norge</Value></KeyValueOfstringstring>",
            MisreadKind.DICTIONARY,
        ),
        (
            "<a:KeyValueOfstringstring><a:Value>Norge</a:Value><a:Key>NO</a:Key></a:KeyValueOfstringstring>",
            MisreadKind.DICTIONARY,
        ),
        (
            "<a:KeyValueOfstringstring><a:Key>NO</a:Key><a:Value>Norge</a:Value></a:KeyValueOfstringstring>" * 2,
            MisreadKind.VALUE,
        ),
    ],
)
def test_a_dictionary_of_another_shape_is_understood_and_reported(inner: str, kind: MisreadKind) -> None:
    answer = list_answer(inner)
    assert answer.message.list_items == {"NO": "Norge"}
    assert [misread.kind for misread in answer.misreads] == [kind]


def test_a_dictionarys_entry_without_a_key_is_left_out_and_reported() -> None:
    answer = list_answer("<a:KeyValueOfstringstring/>")
    assert answer.message == ListResult(is_ok=True, list_items={})
    assert answer.misreads == (Misread(MisreadKind.DICTIONARY, "ListItems[1]", "KeyValueOfstringstring"),)


def test_a_nil_value_in_a_dictionary_is_no_misread() -> None:
    answer = list_answer(
        '<a:KeyValueOfstringstring><a:Key>NO</a:Key><a:Value i:nil="true"/></a:KeyValueOfstringstring>'
    )
    assert (answer.message.list_items, answer.misreads) == ({"NO": None}, ())


def test_a_strings_item_of_another_name_is_reported() -> None:
    answer = answer_with(
        f"{IS_OK}<Items><a:string>Customer</a:string><string>Person</string></Items>", "WSGetSearchableFields"
    )
    assert answer.message == StringsResult(is_ok=True, items=("Customer", "Person"))
    assert answer.misreads == (Misread(MisreadKind.ITEM, "Items/string[2]", "string"),)


def test_a_field_of_another_element_name_is_reported() -> None:
    answer = answer_with(
        f"{IS_OK}<FieldMetaDataObjects><FieldMetadataInfo><FieldKey>a</FieldKey></FieldMetadataInfo></FieldMetaDataObjects>",
        "WSGetConfigData",
    )
    assert [misread.kind for misread in answer.misreads] == [MisreadKind.ITEM]
    assert answer.message.field_meta_data_objects[0].field_key == "a"


def test_a_nil_item_is_left_out() -> None:
    inner = '<FieldMetaDataObjects><FieldMetadataInfoWS i:nil="true"/></FieldMetaDataObjects>'
    assert answer_with(inner, "WSGetConfigData").message == FieldsResult(field_meta_data_objects=())


def test_a_field_type_that_is_not_known_keeps_its_name() -> None:
    answer = field_answer("<Access> Mandatory</Access><FieldType> Colour </FieldType>")
    (field,) = answer.message.field_meta_data_objects
    assert (field.access, field.field_type) == (Access.MANDATORY, "Colour")


def test_a_member_of_a_member_is_named_by_its_path() -> None:
    answer = answer_with(f"{IS_OK}<Actor><ErpKey>1</ErpKey><ActorType>Customer</ActorType></Actor>", "WSCreateActor")
    assert isinstance(answer.message, ActorResult)
    assert answer.misreads == (Misread(MisreadKind.ORDER, "Actor/ActorType"),)


def test_one_member_too_early_is_told_of_all_that_come_late() -> None:
    answer = answer_with("<UserExplanation>x</UserExplanation><ErrorCode>e</ErrorCode><IsOk>true</IsOk>")
    assert [misread.path for misread in answer.misreads] == ["ErrorCode", "IsOk"]
    assert answer.message == Result(user_explanation="x", error_code="e", is_ok=True)


def test_members_in_a_namespace_that_superoffice_does_not_have_are_one_misread() -> None:
    answer = answer_with('<x:IsOk xmlns:x="urn:x">true</x:IsOk><x:State xmlns:x="urn:x">Ok</x:State>')
    assert answer.misreads == (Misread(MisreadKind.NAMESPACE, "WSTestConfigDataResult", "urn:x"),)


@pytest.mark.parametrize("result", ["", f'<WSTestConfigDataResult {XSI} i:nil="true"/>'])
def test_an_answer_without_a_result_is_a_misread(result: str) -> None:
    body = (
        f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body><WSTestConfigDataResponse xmlns="{NAMESPACE}">{result}'
        "</WSTestConfigDataResponse></s:Body></s:Envelope>"
    )
    answer = codec.read_result(OPERATIONS["WSTestConfigData"], body.encode())
    assert answer.misreads == (Misread(MisreadKind.NIL, "WSTestConfigDataResult"),)


def test_a_result_in_another_namespace_than_its_wrapper_is_a_misread() -> None:
    body = (
        f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body><w:WSTestConfigDataResponse xmlns:w="{NAMESPACE}">'
        f"<WSTestConfigDataResult><w:IsOk>true</w:IsOk></WSTestConfigDataResult></w:WSTestConfigDataResponse>"
        "</s:Body></s:Envelope>"
    )
    answer = codec.read_result(OPERATIONS["WSTestConfigData"], body.encode())
    assert answer.misreads == (Misread(MisreadKind.NAMESPACE, "WSTestConfigDataResult", ""),)


@pytest.mark.parametrize("kind", MisreadKind)
def test_enums_nils_values_and_headers_break_the_whole_answer_and_the_rest_is_dropped(kind: MisreadKind) -> None:
    refused = (MisreadKind.ENUM, MisreadKind.NIL, MisreadKind.VALUE, MisreadKind.HEADER)
    assert kind.refused == (kind in (*refused, MisreadKind.TYPE, MisreadKind.STRAY))


def test_an_endless_text_is_cut_in_its_misread() -> None:
    (misread,) = answer_with(f"<IsOk>{'x' * 100_000}</IsOk>").misreads
    assert len(misread.text) == 4000


def test_of_endless_misreads_a_thousand_are_told() -> None:
    assert (
        len(answer_with(f"<FieldMetaDataObjects>{'<x/>' * 5000}</FieldMetaDataObjects>", "WSGetConfigData").misreads)
        == 1000
    )


def test_a_parameter_that_was_not_asked_for_is_passed_over() -> None:
    body = codec.write_request(OPERATIONS["WSGetConfigData"], NoRequest(), Namespaces())
    body = body.replace(b"></WSGetConfigData>", b"><request><State>Ok</State></request></WSGetConfigData>")
    assert codec.read_request(body)[1].message == NoRequest()


XSD = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
OTHER = f'xmlns:t="{NAMESPACE}" xmlns:q="urn:q"'
SERIALIZED = 'xmlns:z="http://schemas.microsoft.com/2003/10/Serialization/"'
FINE = "<IsOk>true</IsOk><State>Ok</State>"


@pytest.mark.parametrize(
    "inner", ["", "<State>Ok</State>", "<State>Warning</State><UserExplanation>x</UserExplanation>"]
)
def test_an_is_ok_that_is_not_there_reads_as_false(inner: str) -> None:
    assert answer_with(inner).misreads == (Misread(MisreadKind.ABSENT, "IsOk"),)


def test_an_error_needs_no_is_ok() -> None:
    assert answer_with("<State>Error</State>").misreads == ()


@pytest.mark.parametrize(
    ("inner", "misread"),
    [
        (f"hello{FINE}", Misread(MisreadKind.STRAY, "WSTestConfigDataResult", "hello")),
        (f"{FINE}hello", Misread(MisreadKind.STRAY, "WSTestConfigDataResult", "hello")),
        ("<IsOk>true</IsOk>\u00a0<State>Ok</State>", Misread(MisreadKind.STRAY, "WSTestConfigDataResult", "\u00a0")),
        (
            f'<IsOk>true</IsOk><State {XSD} i:type="xsd:string">Ok</State>',
            Misread(MisreadKind.TYPE, "State", "xsd:string"),
        ),
        (
            f'<IsOk>true</IsOk><State {OTHER} i:type="q:ResponseStateWS">Ok</State>',
            Misread(MisreadKind.TYPE, "State", "q:ResponseStateWS"),
        ),
        (f'<IsOk>true</IsOk><State {SERIALIZED} z:Id="i1">Ok</State>', Misread(MisreadKind.TYPE, "State", "i1")),
        (f'<IsOk {SERIALIZED} z:Id="i1">true</IsOk>', Misread(MisreadKind.TYPE, "IsOk", "i1")),
        ('<IsOk i:nil="">true</IsOk>', Misread(MisreadKind.VALUE, "IsOk/nil", "")),
        ('<ErrorCode i:nil="True"/><IsOk>true</IsOk>', Misread(MisreadKind.VALUE, "ErrorCode/nil", "True")),
    ],
)
def test_text_between_members_and_attributes_that_superoffice_refuses_are_reported(
    inner: str, misread: Misread
) -> None:
    assert answer_with(inner).misreads == (misread,)


@pytest.mark.parametrize(
    "inner",
    [
        f'<IsOk {XSD} i:type="xsd:string">true</IsOk><State {OTHER} i:type="t:ResponseStateWS">Ok</State>',
        f'<ErrorCode {SERIALIZED} z:Id="i1" i:nil="true"/>{FINE}',
        '<IsOk i:nil="0">true</IsOk><State i:nil="false">Ok</State>',
    ],
)
def test_attributes_that_superoffice_takes_are_no_misread(inner: str) -> None:
    assert answer_with(inner) == codec.Answer(Result(is_ok=True), Namespaces(), ())


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        (f'{OTHER} i:type="t:FieldMetadataInfoWS"', None),
        (f'{OTHER} i:type="q:FieldMetadataInfoWS"', MisreadKind.TYPE),
        (f'{OTHER} i:type="t:Thing"', MisreadKind.TYPE),
        (f'{SERIALIZED} z:Id="i1"', None),
        (f'{SERIALIZED} z:Ref="i1"', MisreadKind.TYPE),
        ('i:nil="true"', MisreadKind.NIL),
    ],
)
def test_a_field_that_is_another_or_none_is_reported(attributes: str, kind: MisreadKind | None) -> None:
    field = f"<FieldMetadataInfoWS {attributes}/>"
    answer = answer_with(f"<IsOk>true</IsOk><FieldMetaDataObjects>{field}</FieldMetaDataObjects>", "WSGetConfigData")
    assert [misread.kind for misread in answer.misreads] == ([kind] if kind else [])


def test_the_same_id_twice_is_reported() -> None:
    field = f'<FieldMetadataInfoWS {SERIALIZED} z:Id="i1"/>'
    answer = answer_with(
        f"<IsOk>true</IsOk><FieldMetaDataObjects>{field * 2}</FieldMetaDataObjects>", "WSGetConfigData"
    )
    assert answer.misreads == (Misread(MisreadKind.TYPE, "FieldMetaDataObjects/FieldMetadataInfoWS[2]", "i1"),)


KEY, VALUE = "<a:Key>NO</a:Key>", "<a:Value>Norge</a:Value>"
ENTRY = f"<a:KeyValueOfstringstring>{KEY}{VALUE}</a:KeyValueOfstringstring>"
FOREIGN = '<x:e xmlns:x="urn:x"><x:Key>SE</x:Key></x:e>'


@pytest.mark.parametrize(
    "inner",
    [
        f"{FOREIGN}{ENTRY}{FOREIGN}",
        f"<a:KeyValueOfstringstring>{FOREIGN}{KEY}{FOREIGN}{VALUE}{FOREIGN}</a:KeyValueOfstringstring>",
        f'<a:KeyValueOfstringstring {SERIALIZED} z:Id="1" i:type="a:Other">{KEY}{VALUE}</a:KeyValueOfstringstring>',
    ],
)
def test_what_stands_beside_or_inside_an_entry_in_a_foreign_namespace_is_passed_over(inner: str) -> None:
    assert list_answer(inner) == codec.Answer(ListResult(is_ok=True, list_items={"NO": "Norge"}), Namespaces(), ())


@pytest.mark.parametrize(
    ("inner", "misread"),
    [
        (
            f'<a:KeyValueOfstringstring><a:Key i:nil="true"/>{VALUE}</a:KeyValueOfstringstring>',
            (MisreadKind.NIL, "ListItems[1]/Key"),
        ),
        (
            f"<a:KeyValueOfstringstring><a:Key>N<b/>O</a:Key>{VALUE}</a:KeyValueOfstringstring>",
            (MisreadKind.VALUE, "ListItems[1]/Key"),
        ),
        (
            f"<a:KeyValueOfstringstring>{KEY}<a:Value><b/></a:Value></a:KeyValueOfstringstring>",
            (MisreadKind.VALUE, "ListItems[1]/Value"),
        ),
        (
            f"<a:KeyValueOfstringstring>{KEY}hello{VALUE}</a:KeyValueOfstringstring>",
            (MisreadKind.STRAY, "ListItems[1]"),
        ),
        (f"{ENTRY}hello", (MisreadKind.STRAY, "ListItems")),
    ],
)
def test_an_entry_that_superoffice_refuses_is_reported(inner: str, misread: tuple[MisreadKind, str]) -> None:
    assert [(each.kind, each.path) for each in list_answer(inner).misreads] == [misread]


RESULT = (
    f'<WSTestConfigDataResponse xmlns="{NAMESPACE}"><WSTestConfigDataResult>{FINE}</WSTestConfigDataResult>'
    "</WSTestConfigDataResponse>"
)


@pytest.mark.parametrize(
    ("inside", "misread"),
    [
        (f"<s:Body>{RESULT}<x/></s:Body>", Misread(MisreadKind.STRAY, "Body", "x")),
        (f"<s:Body>{RESULT}<s:Fault/></s:Body>", Misread(MisreadKind.STRAY, "Body", "Fault")),
        (f"<s:Body>hello{RESULT}</s:Body>", Misread(MisreadKind.STRAY, "Body", "hello")),
        (f"<s:Body>{RESULT}</s:Body>hello", Misread(MisreadKind.STRAY, "Envelope", "hello")),
        (f"<s:Body>{RESULT}</s:Body><x/>", Misread(MisreadKind.STRAY, "Envelope", "x")),
        (f"<x/><s:Body>{RESULT}</s:Body>", Misread(MisreadKind.STRAY, "Envelope", "x")),
        (f"<s:Body>{RESULT}</s:Body><s:Body/>", Misread(MisreadKind.STRAY, "Envelope", "Body")),
        (f"<s:Body>{RESULT}</s:Body><s:Header/>", Misread(MisreadKind.STRAY, "Envelope", "Header")),
        (f"<s:Header/><s:Header/><s:Body>{RESULT}</s:Body>", Misread(MisreadKind.STRAY, "Envelope", "Header")),
        (
            f"<s:Body>{RESULT.replace('<WSTestConfigDataResult>', 'hello<WSTestConfigDataResult>')}</s:Body>",
            Misread(MisreadKind.STRAY, "WSTestConfigDataResponse", "hello"),
        ),
        (f"<s:Header><x s:mustUnderstand='1'/></s:Header><s:Body>{RESULT}</s:Body>", Misread(MisreadKind.HEADER, "x")),
        (f"<s:Header><x s:mustUnderstand='1' s:actor='urn:other'/></s:Header><s:Body>{RESULT}</s:Body>", None),
        (f"\n<s:Header/>\n<s:Body>\n{RESULT}\n</s:Body>\n", None),
    ],
)
def test_an_envelope_holds_a_header_a_body_and_one_answer_and_nothing_else(
    inside: str, misread: Misread | None
) -> None:
    body = f'<s:Envelope xmlns:s="{codec.SOAP}">{inside}</s:Envelope>'
    answer = codec.read_result(OPERATIONS["WSTestConfigData"], body.encode())
    assert answer.misreads == ((misread,) if misread else ())


def test_a_result_of_another_namespace_before_the_right_one_is_passed_over() -> None:
    foreign = '<x:WSTestConfigDataResult xmlns:x="urn:x"/><WSTestConfigDataResult>'
    result = RESULT.replace("<WSTestConfigDataResult>", foreign)
    body = f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body>{result}</s:Body></s:Envelope>'
    assert codec.read_result(OPERATIONS["WSTestConfigData"], body.encode()).misreads == ()


# --- messages that are not the one that was due


@pytest.mark.parametrize(
    "body",
    [
        "<a/>",
        '<Envelope xmlns="urn:other"><Body/></Envelope>',
        f'<s:Envelope xmlns:s="{codec.SOAP}"/>',
        f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body/></s:Envelope>',
        f'<s:Envelope xmlns:s="{codec.SOAP}"><Body><x/></Body></s:Envelope>',
    ],
)
def test_xml_without_an_envelope_and_a_body_is_no_soap(body: str) -> None:
    with pytest.raises(codec.NotSoap):
        codec.read_result(OPERATIONS["WSGetConfigData"], body.encode())


def test_soap_1_2_is_named() -> None:
    body = f'<s:Envelope xmlns:s="{codec.SOAP_12}"><s:Body><x/></s:Body></s:Envelope>'
    with pytest.raises(codec.SoapVersion):
        codec.read_result(OPERATIONS["WSGetConfigData"], body.encode())


def test_an_answer_to_another_operation_is_wrong() -> None:
    body = codec.write_result(OPERATIONS["WSGetList"], ListResult(), Namespaces())
    with pytest.raises(codec.WrongAnswer, match="WSGetListResponse"):
        codec.read_result(OPERATIONS["WSGetConfigData"], body)


def test_a_call_of_an_unknown_operation_is_wrong() -> None:
    body = f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body><WSDance xmlns="{NAMESPACE}"/></s:Body></s:Envelope>'
    with pytest.raises(codec.WrongAnswer, match="WSDance"):
        codec.read_request(body.encode())


# --- answers that nobody foresaw

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
