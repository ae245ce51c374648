"""Ways in which SuperOffice would misread an answer: `contract.misread`."""

from __future__ import annotations

from tests.wire import hosts
from tests.wire.hosts import HEALTHY, connector, http, sending, soap
from tests.wire.ways.servers import CONFIG, healthy_with, saying
from tests.wire.ways.way import Way
from wizard.domain.check import Stage
from wizard.outside import soap as codec
from wizard.outside.soap.contract import (
    DATA_CONTRACT_DEFAULT,
    OPERATIONS,
    Namespaces,
    Result,
)

_UNDERSTAND = '<s:Header><x:sign xmlns:x="urn:x" s:mustUnderstand="1">1</x:sign></s:Header><s:Body>'


_XOP = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:1" />'


_NIL_FIELD = '<FieldMetadataInfoWS i:nil="true" /><FieldMetadataInfoWS>'


_ELSEWHERE = codec.write_result(OPERATIONS["WSTestConfigData"], Result(is_ok=True), Namespaces()).replace(
    b"</s:Body>", b'<multiRef id="id0"><IsOk>false</IsOk><State>Error</State></multiRef></s:Body>'
)


_NO_RESULT = HEALTHY.replace(b"WSGetConfigDataResult", b"x").partition(b"<x")[0] + HEALTHY.rpartition(b"Result>")[2]


_NAMESPACE = "http://www.superoffice.net/EIS/Connector/1.0"


WAYS: tuple[Way, ...] = (
    Way(
        "contract.misread",
        "members out of order",
        sending(http(healthy_with("<IsOk>true</IsOk><State>Ok</State>", "<State>Ok</State><IsOk>true</IsOk>"))),
    ),
    Way("contract.misread", "a header that has to be understood", sending(http(healthy_with("<s:Body>", _UNDERSTAND)))),
    Way("contract.misread", "a second answer", sending(http(healthy_with("</s:Body>", "<multiRef/></s:Body>")))),
    Way("contract.misread", "a second body", sending(http(healthy_with("</s:Envelope>", "<s:Body/></s:Envelope>")))),
    Way("contract.misread", "a message of PHP inside", sending(http(healthy_with("<State>", "Notice: x<State>")))),
    Way(
        "contract.misread",
        "a result with the name that JAX-WS gives it",
        sending(http(HEALTHY.replace(b"WSGetConfigDataResult", b"return"))),
    ),
    Way("contract.misread", "no result", sending(http(_NO_RESULT))),
    Way("contract.misread", "no IsOk", sending(http(healthy_with("<IsOk>true</IsOk>", "")))),
    Way("contract.misread", "another type", sending(http(healthy_with("<State>", '<State i:type="b:string">')))),
    Way("contract.misread", "a nil that is none", sending(http(healthy_with("<IsOk>", '<IsOk i:nil="yes">')))),
    Way("contract.misread", "a field that is nil", sending(http(healthy_with("<FieldMetadataInfoWS>", _NIL_FIELD)))),
    Way(
        "contract.misread",
        "a test whose answer is elsewhere, as Axis does",
        connector({CONFIG: http(_ELSEWHERE)}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way("contract.misread", "a test without IsOk", saying(CONFIG), goes="test", stage=Stage.CONFIG),
    Way("contract.misread", "an attachment", sending(http(healthy_with(">Company</D", f">{_XOP}</D")))),
    Way("contract.misread", "a reference", sending(http(healthy_with("<IsOk>true</IsOk>", '<IsOk href="#id1" />')))),
    Way("contract.misread", "an unknown access", sending(http(healthy_with(">Normal<", ">Hidden<")))),
    Way("contract.misread", "a number beyond 32 bits", sending(http(healthy_with("<Rank>0<", "<Rank>2147483648<")))),
    Way("contract.misread", "a number of 5000 digits", sending(http(healthy_with("<Rank>0<", f"<Rank>{'9' * 5000}<")))),
    Way("contract.misread", "members in no namespace", sending(http(healthy_with("<IsOk>", '<IsOk xmlns="">')))),
    Way(
        "contract.misread",
        "a foreign data namespace",
        sending(http(soap("WSGetConfigData", hosts.fields_result(), Namespaces(_NAMESPACE, "urn:mine")))),
    ),
    Way(
        "contract.misread",
        "fields in a foreign namespace",
        sending(http(healthy_with("<FieldMetadataInfoWS>", '<FieldMetadataInfoWS xmlns="urn:mine">'))),
    ),
    Way(
        "contract.misread",
        "a test in the other data namespace",
        connector({CONFIG: http(soap(CONFIG, Result(is_ok=True), Namespaces(_NAMESPACE, DATA_CONTRACT_DEFAULT)))}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "contract.misread",
        "a header that has to be understood, in other words",
        sending(http(healthy_with("<s:Body>", _UNDERSTAND.replace('="1"', '="yes"')))),
    ),
    Way("contract.misread", "a padded state", sending(http(healthy_with("<State>Ok</State>", "<State> Ok </State>")))),
    Way(
        "contract.misread", "an unknown state", sending(http(healthy_with("<State>Ok</State>", "<State>Fine</State>")))
    ),
    Way("contract.misread", "a nil number", sending(http(healthy_with("<Rank>0</Rank>", '<Rank i:nil="true" />')))),
    Way("contract.misread", "a number that is none", sending(http(healthy_with("<MaxLength>0<", "<MaxLength>many<")))),
    Way(
        "contract.misread",
        "an answer in another service namespace",
        sending(
            http(
                soap(
                    "WSGetConfigData",
                    hosts.fields_result(),
                    Namespaces("http://tempuri.org/", "http://tempuri.org/"),
                )
            )
        ),
    ),
)
