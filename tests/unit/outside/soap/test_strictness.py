"""What SuperOffice refuses, or passes over, around members: text, attributes, entries, and parts of the envelope."""

from __future__ import annotations

import pytest

from tests.unit.outside.soap.odd_answers import answer_with, list_answer
from wizard.outside import soap as codec
from wizard.outside.soap import Misread, MisreadKind
from wizard.outside.soap.contract import NAMESPACE, OPERATIONS, ListResult, Namespaces, Result

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
