"""Dataclass to SOAP envelope and back, for every operation of `wizard.outside.soap.contract`, in both directions.

Reading is tolerant, by local name and in any order, so that an odd answer can be explained; beside the answer stand the
`Misread`s: what WCF's client, and so SuperOffice, would make of it (connector-contract/README §6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from wizard.domain.fields.encoding import UNSENDABLE
from wizard.outside.soap.contract import ARRAYS, OPERATIONS, Namespaces, NoRequest, Operation, Result
from wizard.outside.soap.elements import child_named, local_name, namespace_of
from wizard.outside.soap.envelope import (
    SOAP,
    SOAP_12,
    CodecError,
    NotSoap,
    SoapFault,
    SoapVersion,
    misreads_around,
    open_envelope,
)
from wizard.outside.soap.members import members_of
from wizard.outside.soap.misreads import Misread, MisreadKind
from wizard.outside.soap.reader import XSI, Answer, read_message

__all__ = [
    "SOAP",
    "SOAP_12",
    "XSI",
    "Answer",
    "CodecError",
    "Misread",
    "MisreadKind",
    "NotSoap",
    "SoapFault",
    "SoapVersion",
    "Unsendable",
    "WrongAnswer",
    "read_request",
    "read_result",
    "write_fault",
    "write_request",
    "write_result",
]

WCF_FAULTS = "http://schemas.microsoft.com/ws/2005/05/addressing/none"


class WrongAnswer(CodecError):
    """An answer to another operation; `args[0]` is its element's name."""


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


def read_request(body: bytes, charset: str | None = None) -> tuple[Operation, Answer[Any]]:
    """What was called with what. Raises XmlError and CodecError; WrongAnswer for an operation that is not known."""
    wrapper = open_envelope(body, charset)
    operation = OPERATIONS.get(local_name(wrapper))
    if operation is None:
        raise WrongAnswer(local_name(wrapper))
    return operation, read_message(child_named(wrapper, "request"), operation.request, namespace_of(wrapper))


def read_result(operation: Operation, body: bytes, charset: str | None = None) -> Answer[Any]:
    """The answer to a call. Raises XmlError, NotSoap, SoapVersion, SoapFault and WrongAnswer."""
    wrapper = open_envelope(body, charset)
    if local_name(wrapper) != f"{operation.name}Response":
        raise WrongAnswer(local_name(wrapper))
    element = child_named(wrapper, f"{operation.name}Result")
    answer = read_message(element, operation.result, namespace_of(wrapper))
    misreads = list(misreads_around(wrapper))
    if element is None:
        misreads.append(Misread(MisreadKind.NIL, f"{operation.name}Result"))
    elif namespace_of(element) != namespace_of(wrapper):
        misreads.append(Misread(MisreadKind.NAMESPACE, local_name(element), namespace_of(element)))
    return replace(answer, misreads=(*misreads, *answer.misreads)) if misreads else answer


# --- writing


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
