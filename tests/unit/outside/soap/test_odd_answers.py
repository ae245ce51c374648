"""Answers in odd dress that SuperOffice reads, and those that are none."""

from __future__ import annotations

import pytest

from tests.unit.outside.soap.odd_answers import answer_with
from wizard.outside import soap as codec
from wizard.outside.soap.contract import (
    DATA_CONTRACT_DEFAULT,
    NAMESPACE,
    OPERATIONS,
    FieldMetadata,
    ListResult,
    Namespaces,
    Result,
    State,
)

BOTH = [
    Namespaces(NAMESPACE, NAMESPACE),
    Namespaces(NAMESPACE, DATA_CONTRACT_DEFAULT),
    Namespaces("http://tempuri.org/", "http://tempuri.org/"),
    Namespaces("http://tempuri.org/", DATA_CONTRACT_DEFAULT),
]


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
