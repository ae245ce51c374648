"""Reads and writes the members of SuperOffice's carriers: names without regard to case, values of the declared type."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from types import MappingProxyType, UnionType
from typing import Any, ClassVar, Self, TypeVar, get_args, get_origin

Json = Any
"""A value of JSON: object, array, text, number, truth value or null."""
MAX_TEXT_IN_ERROR = 300


class Misread(ValueError):
    """A value that is not of its member's type, or a member that is missing (`kind` is `missing`)."""

    def __init__(self, member: str, kind: str, found: Json = None) -> None:
        super().__init__(f"{member}: {kind}")
        self.member, self.kind, self.text = member, kind, "" if found is None else repr(found)[:MAX_TEXT_IN_ERROR]


def named(name: str, **options: Any) -> Any:
    """A member whose name is not simply that of the attribute in PascalCase."""
    return field(metadata={"name": name}, **options)


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """What SuperOffice sends and receives. `others` are the members that are not ours to read; they are sent back."""

    required: ClassVar[frozenset[str]] = frozenset()
    """Attributes without which an answer cannot be used."""

    others: Mapping[str, Json] = field(default_factory=dict, repr=False)

    @classmethod
    def from_json(cls, data: Json, *, is_answer: bool = False) -> Self:
        """Reads a carrier; what is null or missing is empty. Of an answer the required members have to be there.

        Raises Misread.
        """
        if not isinstance(data, dict):
            raise Misread(cls.__name__, "object", data)
        known, values, others = _by_name(cls), {}, {}
        for name, value in data.items():
            member = known.get(name) or known.get(name.lower())
            if member is None:
                others[name] = value
            elif type(value) is member.plain:
                values[member.attribute] = value
            else:
                values[member.attribute] = member.empty if value is None else member.read(value, member.path)
        if is_answer:
            _require(cls, values)
        return cls(**values, others=others)

    def to_json(self) -> dict[str, Json]:
        """The whole carrier, as SuperOffice writes it."""
        known = {each.name: each.write(getattr(self, each.attribute)) for each in _members(type(self)).values()}
        return {**known, **self.others}


_Carrier = TypeVar("_Carrier", bound=Carrier)
_Read = Callable[[Json, str], Any]
"""Reads a value; the path of its member is for errors."""


@dataclass(frozen=True, slots=True)
class _Member:
    """`plain` is the type whose values are taken as they are."""

    attribute: str
    name: str
    read: _Read
    write: Callable[[Any], Json]
    empty: Any
    path: str
    plain: type | None


def _require(cls: type[Carrier], values: Mapping[str, Any]) -> None:
    if cls.required <= values.keys():
        return
    for member in _members(cls).values():
        if member.attribute in cls.required and member.attribute not in values:
            raise Misread(f"{cls.__name__}/{member.name}", "missing")


_MEMBERS: dict[type[Carrier], Mapping[str, _Member]] = {}
_BY_NAME: dict[type[Carrier], Mapping[str, _Member]] = {}


def _members(cls: type[Carrier]) -> Mapping[str, _Member]:
    """The members of a carrier, by their names in lower case."""
    if cls not in _MEMBERS:
        hints = typing.get_type_hints(cls)
        members = (_member(cls, each, hints[each.name]) for each in fields(cls) if each.name != "others")
        _MEMBERS[cls] = {member.name.lower(): member for member in members}
    return _MEMBERS[cls]


def _by_name(cls: type[Carrier]) -> Mapping[str, _Member]:
    """The same by their names as SuperOffice writes them, too, which need not be changed to be found."""
    if cls not in _BY_NAME:
        _BY_NAME[cls] = {**_members(cls), **{member.name: member for member in _members(cls).values()}}
    return _BY_NAME[cls]


def _member(cls: type[Carrier], member: Field[Any], hint: Any) -> _Member:
    name = member.metadata.get("name") or "".join(word.capitalize() for word in member.name.split("_"))
    read, write, empty = _codec(hint)
    path, plain = f"{cls.__name__}/{name}", hint if hint in _PLAIN else None
    return _Member(member.name, name, read if member.repr else _unquoted(read), write, empty, path, plain)


def _unquoted(read: _Read) -> _Read:
    """Reads what must not be repeated in an error."""

    def read_secretly(value: Json, path: str) -> Any:
        try:
            return read(value, path)
        except Misread as misread:
            raise Misread(misread.member, misread.kind) from None

    return read_secretly


def _codec(hint: Any) -> tuple[_Read, Callable[[Any], Json], Any]:
    """How values of a type are read and written, and its empty value."""
    if hint in _PLAIN:
        return _plain(hint), _same, hint()
    if get_origin(hint) is tuple:
        return _array(get_args(hint)[0])
    if get_origin(hint) is Mapping:
        return _read_texts, dict, MappingProxyType({})
    if get_origin(hint) is UnionType:
        return _optional(get_args(hint)[0])
    return lambda value, _: hint.from_json(value), lambda value: value.to_json(), hint()


_PLAIN = (bool, int, str)


def _plain(kind: type) -> _Read:
    def read(value: Json, path: str) -> Any:
        if type(value) is not kind:
            raise Misread(path, kind.__name__, value)
        return value

    return read


def _array(hint: Any) -> tuple[_Read, Callable[[Any], Json], Any]:
    read_one, write_one, _ = _codec(hint)

    def read(value: Json, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Misread(path, "array", value)
        return tuple(read_one(each, path) for each in value)

    return read, lambda values: [write_one(each) for each in values], ()


def _optional(hint: Any) -> tuple[_Read, Callable[[Any], Json], Any]:
    """A member that may be null, which is None."""
    read, write, _ = _codec(hint)
    return read, lambda value: None if value is None else write(value), None


def _read_texts(value: Json, path: str) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise Misread(path, "object", value)
    text = _plain(str)
    return {key: "" if each is None else text(each, f"{path}/{key}") for key, each in value.items()}


def _same(value: Any) -> Json:
    return value


def read_array(carrier: type[_Carrier], data: Json) -> list[_Carrier]:
    """An answer that is an array of carriers. Raises Misread."""
    if not isinstance(data, list):
        raise Misread(carrier.__name__, "array", data)
    return [carrier.from_json(each, is_answer=True) for each in data]
