"""Parses messages by local name and in any order, and records what SuperOffice would misread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from lxml import etree

from wizard.outside.soap.contract import ARRAYS, DATA_CONTRACT_DEFAULT, ENUM_NAMES, NAMESPACE, Namespaces, Result, State
from wizard.outside.soap.elements import WHITE, children, local_name, name_of, namespace_of, text_between, text_in
from wizard.outside.soap.members import Member, members_by_name, members_by_tag, tags_of
from wizard.outside.soap.misreads import Misread, MisreadKind
from wizard.outside.soap.xml import Malformed

XSI = "http://www.w3.org/2001/XMLSchema-instance"
SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/"

MAX_MISREADS = 1000
MAX_PREFIXES = 2_000_000
"""Over all elements whose type is named: each time, all prefixes that are declared around it are gone through."""
MAX_TEXT_LENGTH = 4000
"""Of one; whoever shows less of it has to find the secrets in it first."""
_INT32 = range(-(2**31), 2**31)
_INTEGER = re.compile(r"\s*[+-]?\d{1,1000}\s*", re.ASCII)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_NIL, _TYPE = f"{{{XSI}}}nil", f"{{{XSI}}}type"
_ID, _REF = f"{{{SERIALIZATION}}}Id", f"{{{SERIALIZATION}}}Ref"
_NOTHING = [(_NIL, "true")]
_PAIR = ("KeyValueOfstringstring", ARRAYS)
_PARTS = [("Key", ARRAYS), ("Value", ARRAYS)]

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A message that was read, the namespaces it came in, and what SuperOffice would misread."""

    message: T
    namespaces: Namespaces
    misreads: tuple[Misread, ...] = ()


def read_message(element: etree._Element | None, kind: type, service: str) -> Answer[Any]:
    """The message that an element is, as far as it is one; `service` is the namespace around it."""
    data = _data_namespace(element, kind, service)
    reader = _Reader(data, frozenset((ARRAYS, NAMESPACE, DATA_CONTRACT_DEFAULT, "", service, data)))
    if data not in (service, NAMESPACE, DATA_CONTRACT_DEFAULT):
        reader.note(MisreadKind.NAMESPACE, local_name(element) if element is not None else "", data)
    if element is not None and reader.is_nil(element, local_name(element), reader.named(kind)):
        reader.note(MisreadKind.NIL, local_name(element))
        element = None
    message = reader.message(element, kind)
    if element is not None and isinstance(message, Result):
        reader.require_is_ok(element, message)
    return Answer(message, Namespaces(service, data), tuple(reader.misreads))


@dataclass
class _Reader:
    """`near` are the namespaces in which an element may be meant for us; WCF passes over all others."""

    data: str
    near: frozenset[str]
    misreads: list[Misread] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    prefixes: int = 0

    def note(self, kind: MisreadKind, path: str, text: str = "") -> None:
        if len(self.misreads) < MAX_MISREADS:
            self.misreads.append(Misread(kind, path, text[:MAX_TEXT_LENGTH]))

    def message(self, element: etree._Element | None, kind: type, path: str = "") -> Any:
        if element is not None and (text := text_between(element)):
            self.note(MisreadKind.STRAY, path.rstrip("/") or local_name(element), text)
        members = members_by_name(kind)
        named = [(child, *name_of(child)) for child in _members_in(element, kind)]
        own = {name for _child, name, namespace in named if namespace == self.data}
        values: dict[str, Any] = {}
        last = -1
        for child, name, namespace in named:
            member, foreign = members[name], namespace != self.data
            if member.attribute in values or (foreign and member.name in own):
                continue  # a repeated one, or one of the same name in another namespace: WCF ignores them too
            here = f"{path}{member.name}"
            if foreign:
                self.note(MisreadKind.NAMESPACE, here, namespace)
            elif member.index < last:
                self.note(MisreadKind.ORDER, here)
            else:
                last = member.index
            values[member.attribute] = self.value(child, member, here)
        return kind(**{name: value for name, value in values.items() if value is not None})

    def regular(self, element: etree._Element, kind: type) -> Any | None:
        """A message of plain members that is just as it should be, in a fifth of the time; None for any other."""
        members = members_by_tag(kind, self.data)
        values: dict[str, Any] = {}
        last = -1
        if element.text and element.text.strip(WHITE):
            return None
        for child in element:
            member = members.get(child.tag)
            if member is None or member.index <= last or len(child) or (child.tail and child.tail.strip(WHITE)):
                return None
            last = member.index
            if attributes := child.items():
                if attributes != _NOTHING or member.type is not str:
                    return None
            elif member.type is str:
                values[member.attribute] = child.text or ""
            elif (value := _scalar(child.text or "", member.type)) is None:
                return None
            else:
                values[member.attribute] = value
        return kind(**values)

    def require_is_ok(self, element: etree._Element, result: Result) -> None:
        """One that is not there is false: a failure, unless State says so too a contradiction."""
        if result.state != State.ERROR and next(element.iterchildren("{*}IsOk"), None) is None:
            self.note(MisreadKind.ABSENT, "IsOk")

    def value(self, element: etree._Element, member: Member, path: str) -> Any:
        if element.keys() and self.is_nil(element, path, self.type_of(member), is_value=member.scalar):
            if member.scalar:
                self.note(MisreadKind.NIL, path)
            return None
        if member.type is str:
            return self.text(element, path)
        if member.scalar:
            return self.scalar(self.text(element, path), member.type, path)
        if member.type is dict:
            return self.dictionary(element, path)
        if member.type is tuple:
            return self.items(element, member.item, path) if member.item else self.strings(element, path)
        return self.message(element, member.type, f"{path}/")

    def scalar(self, text: str, kind: Any, path: str) -> Any:
        if kind is bool:
            if (value := _BOOLEANS.get(text.strip(WHITE))) is None:
                self.note(MisreadKind.VALUE, path, text)
            return value
        if kind is int:
            return self.integer(text, path)
        if (known := kind._value2member_map_.get(text)) is not None:
            return known
        self.note(MisreadKind.ENUM, path, text)
        return kind(text.strip()) if text.strip() in tuple(kind) else text.strip()

    def text(self, element: etree._Element, path: str) -> str:
        if not len(element):
            return element.text or ""
        self.note(MisreadKind.VALUE, path)
        return text_in(element)

    def integer(self, text: str, path: str) -> int | None:
        if not _INTEGER.fullmatch(text) or int(text) not in _INT32:
            self.note(MisreadKind.VALUE, path, text)
            return None
        return int(text)

    # --- several

    def among(self, element: etree._Element, path: str, *names: str) -> Iterator[tuple[int, etree._Element]]:
        """The children that may be meant for us, with their numbers; without any, foreign ones of these names."""
        if text := text_between(element):
            self.note(MisreadKind.STRAY, path, text)
        near = [child for child in children(element) if namespace_of(child) in self.near]
        return enumerate(near or [child for child in children(element) if local_name(child) in names], 1)

    def items(self, element: etree._Element, kind: type, path: str) -> tuple[Any, ...]:
        found = []
        name = _type_name(kind)
        for number, child in self.among(element, path, name):
            here = f"{path}/{name}[{number}]"
            if name_of(child) != (name, self.data):
                self.note(MisreadKind.ITEM, here, local_name(child))
            if self.is_nil(child, here, (name, self.data)):
                self.note(MisreadKind.NIL, here)
                continue
            found.append(self.regular(child, kind) or self.message(child, kind, f"{here}/"))
            del child[:]  # a tree and what was read of it would be in memory together
        return tuple(found)

    def strings(self, element: etree._Element, path: str) -> tuple[str | None, ...]:
        found: list[str | None] = []
        for number, child in self.among(element, path, "string"):
            here = f"{path}/string[{number}]"
            if name_of(child) != ("string", ARRAYS):
                self.note(MisreadKind.ITEM, here, local_name(child))
            found.append(None if self.is_nil(child, here) else self.text(child, here))
        return tuple(found)

    def dictionary(self, element: etree._Element, path: str) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for number, child in self.among(element, path, _PAIR[0]):
            here = f"{path}[{number}]"
            parts = [part for _, part in self.among(child, here, "Key", "Value")] if len(child) else []
            names = [name_of(part) for part in parts]
            if name_of(child) != _PAIR or names != _PARTS:
                self.note(MisreadKind.DICTIONARY, here, local_name(child))
            texts = {local_name(part).lower(): self.part(part, here) for part in parts}
            key = texts["key"] if "key" in texts else child.get("key")
            if names == _PARTS and key is None:
                self.note(MisreadKind.NIL, f"{here}/Key")
            if key in found:
                self.note(MisreadKind.VALUE, here, key)
            if key is not None:
                found[key] = texts.get("value") if "value" in texts else child.get("value", child.text)
        return found

    def part(self, element: etree._Element, path: str) -> str | None:
        here = f"{path}/{local_name(element)}"
        return None if self.is_nil(element, here) else self.text(element, here)

    # --- attributes

    def type_of(self, member: Member) -> tuple[str, str] | None:
        """The name that an xsi:type has to have; None where WCF takes any."""
        if member.type is dict:
            return f"ArrayOf{_PAIR[0]}", ARRAYS
        if member.type is tuple:
            return (
                ("ArrayOfstring", ARRAYS) if member.item is None else (f"ArrayOf{_type_name(member.item)}", self.data)
            )
        if member.item is not None:
            return self.named(member.item)
        return (ENUM_NAMES[member.type], self.data) if issubclass(member.type, StrEnum) else None

    def named(self, kind: type) -> tuple[str, str] | None:
        return (_type_name(kind), self.data) if hasattr(kind, "wire_name") else None

    def is_nil(
        self, element: etree._Element, path: str, type_name: tuple[str, str] | None = None, *, is_value: bool = False
    ) -> bool:
        """Whether there is nothing in it; notes the attributes that WCF refuses."""
        names = element.keys()
        if not names:
            return False
        if type_name is not None and _TYPE in names and self.qualified(element, element.get(_TYPE, "")) != type_name:
            self.note(MisreadKind.TYPE, path, element.get(_TYPE, ""))
        if _REF in names or (_ID in names and (is_value or element.get(_ID, "") in self.ids)):
            self.note(MisreadKind.TYPE, path, element.get(_REF) or element.get(_ID) or "")
        self.ids.update(element.get(_ID, "") for name in names if name == _ID)
        nil = _BOOLEANS.get(element.get(_NIL, "false").strip(WHITE))
        if nil is None:
            self.note(MisreadKind.VALUE, f"{path}/nil", element.get(_NIL, ""))
        return bool(nil)

    def qualified(self, element: etree._Element, name: str) -> tuple[str, str]:
        """Local name and namespace behind a name with a prefix. Raises Malformed where that would take for ever."""
        prefix, _, local = name.strip(WHITE).rpartition(":")
        declared = element.nsmap
        self.prefixes += len(declared)
        if self.prefixes > MAX_PREFIXES:
            raise Malformed("more prefixes than anybody needs")
        return local, declared.get(prefix or None, "")


def _scalar(text: str, kind: Any) -> Any | None:
    """The value of an integer, boolean or enum that is written in the usual form, else None."""
    if kind is int:
        return int(text) if len(text) < 10 and text.isascii() and text.isdecimal() else None
    return _BOOLEANS.get(text) if kind is bool else kind._value2member_map_.get(text)


def _type_name(kind: type) -> str:
    name: str = kind.wire_name  # type: ignore[attr-defined]
    return name


def _data_namespace(element: etree._Element | None, kind: type, service: str) -> str:
    """That of the first known member in a namespace that may be one, else of the first; a foreign child is legal."""
    found = [namespace_of(child) for child in _members_in(element, kind)]
    expected = (service, NAMESPACE, DATA_CONTRACT_DEFAULT)
    return next((name for name in found if name in expected), found[0] if found else service)


def _members_in(element: etree._Element | None, kind: type) -> Iterator[etree._Element]:
    """The children that have a member's name."""
    tags = tags_of(kind)  # without any, lxml would give all children
    return iter(()) if element is None or not tags else element.iterchildren(*tags)
