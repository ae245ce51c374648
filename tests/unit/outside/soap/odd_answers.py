"""Answers of a connector, put together from their members."""

from __future__ import annotations

from typing import Any

from wizard.outside import soap as codec
from wizard.outside.soap.contract import ARRAYS, NAMESPACE, OPERATIONS

XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
IS_OK = "<IsOk>true</IsOk>"


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


def field_answer(inner: str) -> Any:
    return answer_with(
        f"<IsOk>true</IsOk><FieldMetaDataObjects><FieldMetadataInfoWS>{inner}</FieldMetadataInfoWS></FieldMetaDataObjects>",
        "WSGetConfigData",
    )


def list_answer(inner: str) -> Any:
    return answer_with(f"<IsOk>true</IsOk><ListItems>{inner}</ListItems>", "WSGetList")


FIELD = "FieldMetaDataObjects/FieldMetadataInfoWS[1]/"
