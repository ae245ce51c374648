"""Maps the fields of the contract's dataclasses to XML elements."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Member:
    """A dataclass field as an XML element. `item` is the dataclass of it, or of its elements."""

    attribute: str
    name: str
    index: int
    type: Any
    item: type | None
    scalar: bool
    """An enum, integer or boolean: never nil."""


@cache
def members_of(message: type) -> tuple[Member, ...]:
    hints = get_type_hints(message)
    return tuple(_member(each.name, index, *_kind(hints[each.name])) for index, each in enumerate(fields(message)))


@cache
def members_by_name(message: type) -> dict[str, Member]:
    return {member.name: member for member in members_of(message)}


@lru_cache(maxsize=64)
def members_by_tag(message: type, namespace: str) -> dict[str, Member]:
    """Its plain members, texts and scalars, by their tags in a namespace."""
    plain = (member for member in members_of(message) if member.scalar or member.type is str)
    return {f"{{{namespace}}}{member.name}": member for member in plain}


@cache
def tags_of(message: type) -> tuple[str, ...]:
    """Of a message's members in any namespace; lxml picks them faster than we could."""
    return tuple(f"{{*}}{name}" for name in members_by_name(message))


def _member(attribute: str, index: int, kind: Any, item: type | None) -> Member:
    scalar = kind in (bool, int) or (isinstance(kind, type) and issubclass(kind, StrEnum))
    return Member(attribute, _wire_name(attribute), index, kind, item, scalar)


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
