"""Dataclass to SOAP envelope and back, for every operation of `wizard.connectors.contract`, in both directions.

Reading is tolerant, by local name and in any order, so that an odd answer can be explained; beside the answer stand the
`Misread`s: what WCF's client, and so SuperOffice, would make of it (connector-contract/README §6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from wizard.connectors import xml
from wizard.connectors.contract import (
    ARRAYS,
    DATA_CONTRACT_DEFAULT,
    NAMESPACE,
    OPERATIONS,
    Namespaces,
    NoRequest,
    Operation,
    Result,
)
from wizard.domain.encoding import UNSENDABLE

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
WCF_FAULTS = "http://schemas.microsoft.com/ws/2005/05/addressing/none"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

MOST_MISREADS = 1000
_INT32 = range(-(2**31), 2**31)
_INTEGER = re.compile(r"\s*[+-]?\d{1,1000}\s*", re.ASCII)
_WHITE = " \t\r\n"
_NIL = f"{{{XSI}}}nil"
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}

T = TypeVar("T")


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


class WrongAnswer(CodecError):
    """An answer to another operation; `args[0]` is its element's name."""


class Unsendable(CodecError):
    """A text with a character that XML cannot carry; the message names the character, as the text may be a secret."""


class MisreadKind(StrEnum):
    """What SuperOffice would make of it: `drops` reads without, `refuses` fails the whole answer."""

    ORDER = "order"
    NAMESPACE = "namespace"
    DICTIONARY = "dictionary"
    ITEM = "item"
    ENUM = "enum"
    NIL = "nil"
    VALUE = "value"
    HEADER = "header"

    @property
    def refused(self) -> bool:
        """Whether SuperOffice refuses the answer; otherwise it reads on without the member and says nothing."""
        return self in (MisreadKind.ENUM, MisreadKind.NIL, MisreadKind.VALUE, MisreadKind.HEADER)


@dataclass(frozen=True, slots=True)
class Misread:
    """A member that SuperOffice would not read as it is meant. `path` leads to it by wire names."""

    kind: MisreadKind
    path: str
    text: str = ""


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A message that was read, the namespaces it came in, and what SuperOffice would misread."""

    message: T
    namespaces: Namespaces
    misreads: tuple[Misread, ...] = ()


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
    wrapper = _payload(body, charset)
    operation = OPERATIONS.get(_local(wrapper))
    if operation is None:
        raise WrongAnswer(_local(wrapper))
    return operation, _read_message(_child(wrapper, "request"), operation.request, wrapper)


def read_result(operation: Operation, body: bytes, charset: str | None = None) -> Answer[Any]:
    """The answer to a call. Raises XmlError, NotSoap, SoapVersion, SoapFault and WrongAnswer."""
    wrapper = _payload(body, charset)
    if _local(wrapper) != f"{operation.name}Response":
        raise WrongAnswer(_local(wrapper))
    element = _child(wrapper, f"{operation.name}Result")
    answer = _read_message(element, operation.result, wrapper)
    misreads = list(_headers_to_understand(wrapper))
    if element is None or _is_nil(element):
        misreads.append(Misread(MisreadKind.NIL, f"{operation.name}Result"))
    elif _namespace(element) != _namespace(wrapper):
        misreads.append(Misread(MisreadKind.NAMESPACE, _local(element), _namespace(element)))
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
    for member in _members_of(message.__class__):
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


# --- reading


@dataclass(frozen=True, slots=True)
class _Member:
    """How a dataclass field stands on the wire. `item` is the dataclass of it, or of its elements."""

    attribute: str
    name: str
    index: int
    type: Any
    item: type | None

    @property
    def scalar(self) -> bool:
        """An enum, integer or boolean: never nil."""
        return self.type is bool or self.type is int or (isinstance(self.type, type) and issubclass(self.type, StrEnum))


@cache
def _members_of(message: type) -> tuple[_Member, ...]:
    hints = get_type_hints(message)
    return tuple(
        _Member(each.name, _wire_name(each.name), index, *_kind(hints[each.name]))
        for index, each in enumerate(fields(message))
    )


@cache
def _members_by_name(message: type) -> dict[str, _Member]:
    return {member.name: member for member in _members_of(message)}


@cache
def _tags_of(message: type) -> tuple[str, ...]:
    """Of a message's members in any namespace; lxml picks them faster than we could."""
    return tuple(f"{{*}}{name}" for name in _members_by_name(message))


def _wire_name(attribute: str) -> str:
    return "".join(part.capitalize() for part in attribute.split("_"))


def _kind(hint: Any) -> tuple[Any, type | None]:
    """The plain type behind an annotation, and the dataclass that it holds, if any."""
    if isinstance(hint, UnionType):
        hint = next(option for option in get_args(hint) if option is not NoneType)
    if get_origin(hint) is tuple:
        element = get_args(hint)[0]
        return tuple, element if hasattr(element, "wire_name") else None
    if get_origin(hint) is not None:
        return dict, None
    return hint, hint if hasattr(hint, "wire_name") else None


@dataclass
class _Reader:
    """Reads the members of one message and notes what SuperOffice would misread."""

    data: str
    misreads: list[Misread] = field(default_factory=list)

    def note(self, kind: MisreadKind, path: str, text: str = "") -> None:
        if len(self.misreads) < MOST_MISREADS:
            self.misreads.append(Misread(kind, path, text[:200]))

    def message(self, element: etree._Element | None, kind: type, path: str = "") -> Any:
        members = _members_by_name(kind)
        named = [(child, _local(child), _namespace(child)) for child in _members_in(element, kind)]
        own = {name for _child, name, namespace in named if namespace == self.data}
        values: dict[str, Any] = {}
        last = -1
        for child, name, namespace in named:
            member, foreign = members[name], namespace != self.data
            if member.attribute in values or (foreign and member.name in own):
                continue  # a second one, or somebody else's of the same name: ignored by WCF too
            here = f"{path}{member.name}"
            if foreign:
                self.note(MisreadKind.NAMESPACE, here, namespace)
            elif member.index < last:
                self.note(MisreadKind.ORDER, here)
            else:
                last = member.index
            values[member.attribute] = self.value(child, member, here)
        return kind(**{name: value for name, value in values.items() if value is not None})

    def value(self, element: etree._Element, member: _Member, path: str) -> Any:
        if _is_nil(element):
            if member.scalar:
                self.note(MisreadKind.NIL, path)
            return None
        if member.type is dict:
            return self.dictionary(element, path)
        if member.type is tuple and member.item is None:
            return self.strings(element, path)
        if member.type is tuple and member.item is not None:
            return self.items(element, member.item, path)
        if member.item is not None:
            return self.message(element, member.item, f"{path}/")
        return self.scalar(element, member.type, path)

    def scalar(self, element: etree._Element, kind: Any, path: str) -> Any:
        if len(element) and next(_elements(element), None) is not None:
            self.note(MisreadKind.VALUE, path)
        text = _text_in(element)
        if kind is str:
            return text
        if kind is bool:
            if (value := _BOOLEANS.get(text.strip(_WHITE))) is None:
                self.note(MisreadKind.VALUE, path, text)
            return value
        if kind is int:
            return self.integer(text, path)
        if text in kind._value2member_map_:
            return kind(text)
        self.note(MisreadKind.ENUM, path, text)
        return kind(text.strip()) if text.strip() in tuple(kind) else text.strip()

    def integer(self, text: str, path: str) -> int | None:
        if not _INTEGER.fullmatch(text) or int(text) not in _INT32:
            self.note(MisreadKind.VALUE, path, text)
            return None
        return int(text)

    def items(self, element: etree._Element, kind: type, path: str) -> tuple[Any, ...]:
        found = []
        for number, child in enumerate(_elements(element), 1):
            name: str = kind.wire_name  # type: ignore[attr-defined]
            here = f"{path}/{name}[{number}]"
            if _local(child) != name or _namespace(child) != self.data:
                self.note(MisreadKind.ITEM, here, _local(child))
            if not _is_nil(child):
                found.append(self.message(child, kind, f"{here}/"))
                del child[:]  # a tree and what was read of it would be in memory together
        return tuple(found)

    def strings(self, element: etree._Element, path: str) -> tuple[str | None, ...]:
        found: list[str | None] = []
        for number, child in enumerate(_elements(element), 1):
            if (_local(child), _namespace(child)) != ("string", ARRAYS):
                self.note(MisreadKind.ITEM, f"{path}/string[{number}]", _local(child))
            found.append(None if _is_nil(child) else _text_in(child))
        return tuple(found)

    def dictionary(self, element: etree._Element, path: str) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for number, child in enumerate(_elements(element), 1):
            parts = list(_elements(child))
            names = [(_local(part), _namespace(part)) for part in parts]
            shape = [("Key", ARRAYS), ("Value", ARRAYS)]
            if (_local(child), _namespace(child)) != ("KeyValueOfstringstring", ARRAYS) or names != shape:
                self.note(MisreadKind.DICTIONARY, f"{path}[{number}]", _local(child))
            texts = {_local(part).lower(): None if _is_nil(part) else _text_in(part) for part in parts}
            key = texts["key"] if "key" in texts else child.get("key")
            if key in found:
                self.note(MisreadKind.VALUE, f"{path}[{number}]", key)
            if key is not None:
                found[key] = texts.get("value") if "value" in texts else child.get("value", child.text)
        return found


def _read_message(element: etree._Element | None, kind: type, wrapper: etree._Element) -> Answer[Any]:
    service = _namespace(wrapper)
    data = _data_namespace(element, kind, service)
    reader = _Reader(data)
    if data not in (service, NAMESPACE, DATA_CONTRACT_DEFAULT):
        reader.note(MisreadKind.NAMESPACE, _local(element) if element is not None else "", data)
    message = reader.message(element, kind)
    return Answer(message, Namespaces(service, data), tuple(reader.misreads))


def _data_namespace(element: etree._Element | None, kind: type, service: str) -> str:
    """That of the first known member in a namespace that may be one, else of the first; a foreign child is legal."""
    found = [_namespace(child) for child in _members_in(element, kind)]
    expected = (service, NAMESPACE, DATA_CONTRACT_DEFAULT)
    return next((name for name in found if name in expected), found[0] if found else service)


def _payload(body: bytes, charset: str | None) -> etree._Element:
    root = xml.parse(body, charset)
    if _local(root) != "Envelope":
        raise NotSoap(_local(root))
    if _namespace(root) != SOAP:
        raise SoapVersion(_namespace(root)) if _namespace(root) == SOAP_12 else NotSoap(_namespace(root))
    payload = next(
        (child for part in _elements(root) if part.tag == f"{{{SOAP}}}Body" for child in _elements(part)), None
    )
    if payload is None:
        raise NotSoap("empty body")
    if payload.tag == f"{{{SOAP}}}Fault":
        texts = {_local(part): _text_in(part).strip() for part in _elements(payload)}
        raise SoapFault(texts.get("faultcode", ""), texts.get("faultstring", ""), texts.get("detail", ""))
    return payload


def _headers_to_understand(wrapper: etree._Element) -> Iterator[Misread]:
    """SOAP 1.1 §4.2.3: who does not know such a header has to refuse the message, and WCF's client knows none."""
    for part in _elements(wrapper.getroottree().getroot()):
        for header in _elements(part) if part.tag == f"{{{SOAP}}}Header" else ():
            if header.get(f"{{{SOAP}}}mustUnderstand", "").strip() in ("1", "true"):
                yield Misread(MisreadKind.HEADER, _local(header), _namespace(header))


def _members_in(element: etree._Element | None, kind: type) -> Iterator[etree._Element]:
    """The children that have a member's name."""
    tags = _tags_of(kind)  # without any, lxml would give all children
    return iter(()) if element is None or not tags else element.iterchildren(*tags)


def _elements(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str))


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterchildren(f"{{*}}{name}"), None)


def _text_in(element: etree._Element) -> str:
    if not len(element):
        return element.text or ""
    return "".join(map(str, element.itertext()))


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def _namespace(element: etree._Element) -> str:
    return element.tag[1:].rpartition("}")[0] if element.tag[:1] == "{" else ""


def _is_nil(element: etree._Element) -> bool:
    return element.get(_NIL, "").strip() in ("true", "1")
