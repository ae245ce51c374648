"""Opens the SOAP envelope around a message, and finds what WCF's client does not accept in one."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wizard.outside.soap import xml
from wizard.outside.soap.elements import WHITE, children, local_name, namespace_of, text_between, text_in
from wizard.outside.soap.misreads import Misread, MisreadKind

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
_NEXT_ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"
_HEADER, _BODY = f"{{{SOAP}}}Header", f"{{{SOAP}}}Body"


class CodecError(ValueError):
    """A message that is not the one that was due."""


class NotSoap(CodecError):
    """XML, but no SOAP envelope with a body."""


class SoapVersion(CodecError):
    """A SOAP 1.2 envelope; the contract is SOAP 1.1."""


class SoapFault(CodecError):
    """The service answered with a fault."""

    def __init__(self, code: str, text: str, detail: str) -> None:
        super().__init__(text)
        self.code, self.text, self.detail = code, text, detail


def open_envelope(body: bytes, charset: str | None) -> etree._Element:
    """The first element of the body. Raises XmlError, NotSoap, SoapVersion and SoapFault."""
    root = xml.parse(body, charset)
    if local_name(root) != "Envelope":
        raise NotSoap(local_name(root))
    if namespace_of(root) != SOAP:
        raise SoapVersion(namespace_of(root)) if namespace_of(root) == SOAP_12 else NotSoap(namespace_of(root))
    payload = next((each for part in root.iterchildren(_BODY) for each in children(part)), None)
    if payload is None:
        raise NotSoap("empty body")
    if local_name(payload) == "Fault":  # in SOAP's namespace or not, nobody means anything else by it
        texts = {local_name(part).lower(): text_in(part).strip() for part in children(payload)}
        code, text = texts.get("faultcode") or texts.get("code"), texts.get("faultstring") or texts.get("reason")
        raise SoapFault(code or "", text or "", texts.get("detail", ""))
    return payload


def misreads_around(payload: etree._Element) -> Iterator[Misread]:
    """An envelope has a header or none and one body, the body has one element, and nothing stands between them."""
    root, body = payload.getroottree().getroot(), payload.getparent()
    parts = list(children(root))
    expected = parts[:1] if parts[0].tag == _HEADER else []
    for part in parts:
        if part is not body and part not in expected:
            yield Misread(MisreadKind.STRAY, "Envelope", local_name(part))
    for other in children(body) if body is not None else ():
        if other is not payload:
            yield Misread(MisreadKind.STRAY, "Body", local_name(other))
    for element in (root, *parts[:2], payload):
        if text := text_between(element):
            yield Misread(MisreadKind.STRAY, local_name(element), text[:200])
    for header in (header for part in expected for header in children(part)):
        if _has_to_be_understood(header):
            yield Misread(MisreadKind.HEADER, local_name(header), namespace_of(header))


def _has_to_be_understood(header: etree._Element) -> bool:
    """SOAP 1.1 §4.2.3: whom it is for has to refuse the message unless it knows it, and WCF's client knows none."""
    is_ours = header.get(f"{{{SOAP}}}actor", "").strip(WHITE) in ("", _NEXT_ACTOR)
    return is_ours and header.get(f"{{{SOAP}}}mustUnderstand", "0").strip(WHITE) not in ("0", "false")
