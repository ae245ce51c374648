"""Writes the messages of the contract as SOAP envelopes, in the order and the namespaces that WCF expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from wizard.domain.fields import UNSENDABLE
from wizard.outside.soap.contract import ARRAYS, Namespaces, NoRequest, Operation, Result
from wizard.outside.soap.envelope import SOAP, CodecError
from wizard.outside.soap.members import members_of
from wizard.outside.soap.reader import XSI

WCF_FAULTS = "http://schemas.microsoft.com/ws/2005/05/addressing/none"


class Unsendable(CodecError):
    """A text with a character that XML cannot carry; the message names the character, as the text may be a secret."""


def write_request(operation: Operation, request: Any, namespaces: Namespaces) -> bytes:
    """The envelope of a call. Raises Unsendable."""
    parameter = "" if isinstance(request, NoRequest) else _element("request", request, namespaces, nil=False)
    return _envelope(f"<{operation.name} xmlns={quoteattr(namespaces.service)}>{parameter}</{operation.name}>")


def write_result(operation: Operation, result: Result, namespaces: Namespaces) -> bytes:
    """The envelope of an answer. Raises Unsendable."""
    inner = _element(f"{operation.name}Result", result, namespaces, nil=True)
    wrapper = f"{operation.name}Response"
    return _envelope(f"<{wrapper} xmlns={quoteattr(namespaces.service)}>{inner}</{wrapper}>")


def write_fault(code: str, text: str, detail: str = "") -> bytes:
    """The envelope of a SOAP 1.1 fault, its code with the prefix `s` for SOAP's own or `a` for WCF's."""
    inner = f'<faultcode xmlns:a="{WCF_FAULTS}">{_text(code)}</faultcode><faultstring>{_text(text)}</faultstring>'
    inner += f"<detail>{_text(detail)}</detail>" if detail else ""
    return _envelope(f"<s:Fault>{inner}</s:Fault>")


def _envelope(body: str) -> bytes:
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{body}</s:Body></s:Envelope>'.encode()


def _element(name: str, message: Any, namespaces: Namespaces, *, nil: bool) -> str:
    prefix = "" if namespaces.data == namespaces.service else "d:"
    declared = f" xmlns:d={quoteattr(namespaces.data)}" if prefix else ""
    declared += f' xmlns:i="{XSI}"' if nil else ""
    return f"<{name}{declared}>{''.join(_members(message, prefix, nil=nil))}</{name}>"


def _members(message: Any, prefix: str, *, nil: bool) -> Iterator[str]:
    for member in members_of(message.__class__):
        value = getattr(message, member.attribute)
        name = prefix + member.name
        if value is None:
            if nil and not member.scalar:
                yield f'<{name} i:nil="true" />'
        elif isinstance(value, Mapping):
            yield f'<{name} xmlns:a="{ARRAYS}">{"".join(map(_pair, value.items()))}</{name}>'
        elif isinstance(value, tuple) and member.item is None:
            yield f'<{name} xmlns:a="{ARRAYS}">{"".join(_value("string", text) for text in value)}</{name}>'
        elif isinstance(value, tuple):
            item = prefix + member.item.wire_name  # type: ignore[union-attr]
            inner = (f"<{item}>{''.join(_members(each, prefix, nil=nil))}</{item}>" for each in value)
            yield f"<{name}>{''.join(inner)}</{name}>"
        elif member.item is not None:
            yield f"<{name}>{''.join(_members(value, prefix, nil=nil))}</{name}>"
        else:
            yield f"<{name}>{_text(str(value).lower() if isinstance(value, bool) else str(value))}</{name}>"


def _pair(pair: tuple[str, str | None]) -> str:
    return f"<a:KeyValueOfstringstring>{_value('Key', pair[0])}{_value('Value', pair[1])}</a:KeyValueOfstringstring>"


def _value(name: str, text: str | None) -> str:
    return f'<a:{name} xmlns:i="{XSI}" i:nil="true" />' if text is None else f"<a:{name}>{_text(text)}</a:{name}>"


def _text(text: str) -> str:
    if found := UNSENDABLE.search(text):
        raise Unsendable(f"U+{ord(found[0]):04X}")
    return escape(text, {"\r": "&#13;"})
