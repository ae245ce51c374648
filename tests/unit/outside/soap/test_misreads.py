"""What SuperOffice would misread or refuse in the members of an answer."""

from __future__ import annotations

import pytest

from tests.unit.outside.soap.odd_answers import FIELD, IS_OK, XSI, answer_with, field_answer, list_answer
from wizard.domain.fields import Access
from wizard.outside import soap as codec
from wizard.outside.soap import Misread, MisreadKind
from wizard.outside.soap.contract import (
    NAMESPACE,
    OPERATIONS,
    ActorResult,
    FieldsResult,
    ListResult,
    Namespaces,
    NoRequest,
    Result,
    StringsResult,
)


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


def test_one_member_too_early_is_reported_for_all_that_come_late() -> None:
    answer = answer_with("<UserExplanation>x</UserExplanation><ErrorCode>e</ErrorCode><IsOk>true</IsOk>")
    assert [misread.path for misread in answer.misreads] == ["ErrorCode", "IsOk"]
    assert answer.message == Result(user_explanation="x", error_code="e", is_ok=True)


def test_members_in_a_namespace_that_superoffice_does_not_have_are_one_misread() -> None:
    answer = answer_with('<x:IsOk xmlns:x="urn:x">true</x:IsOk><x:State xmlns:x="urn:x">Ok</x:State>')
    assert answer.misreads == (Misread(MisreadKind.NAMESPACE, "WSTestConfigDataResult", "urn:x"),)


@pytest.mark.parametrize(
    ("result", "kind", "text"),
    [
        ("", MisreadKind.RESULT, ""),
        ("<return><IsOk>true</IsOk></return>", MisreadKind.RESULT, "return"),
        (f'<WSTestConfigDataResult {XSI} i:nil="true"/>', MisreadKind.NIL, ""),
    ],
)
def test_an_answer_without_a_result_is_a_misread(result: str, kind: MisreadKind, text: str) -> None:
    body = (
        f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body><WSTestConfigDataResponse xmlns="{NAMESPACE}">{result}'
        "</WSTestConfigDataResponse></s:Body></s:Envelope>"
    )
    answer = codec.read_result(OPERATIONS["WSTestConfigData"], body.encode())
    assert answer.misreads == (Misread(kind, "WSTestConfigDataResult", text),)


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


def test_of_endless_misreads_a_thousand_are_reported() -> None:
    assert (
        len(answer_with(f"<FieldMetaDataObjects>{'<x/>' * 5000}</FieldMetaDataObjects>", "WSGetConfigData").misreads)
        == 1000
    )


def test_a_parameter_that_was_not_asked_for_is_passed_over() -> None:
    body = codec.write_request(OPERATIONS["WSGetConfigData"], NoRequest(), Namespaces())
    body = body.replace(b"></WSGetConfigData>", b"><request><State>Ok</State></request></WSGetConfigData>")
    assert codec.read_request(body)[1].message == NoRequest()
