"""Which SuperOffice fields a reading may stand for, best first, apart from addresses.

A pattern is the set of meanings of a whole name: one meaning more, and the name is of something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.domain.mapping.crm_fields import Entity
from wizard.domain.mapping.reading import Reading


@dataclass(frozen=True)
class Target:
    """SuperOffice fields that are as good, and how sure it is: a lower weight gives way."""

    keys: tuple[str, ...]
    weight: int = 2


SURE, FAIR, WEAK = 3, 2, 1

_OWNERS = "owner company partner main"
"""How a field may name the actor that it is of."""
_TABLE = tuple[tuple[str, str, tuple[str, ...], int], ...]
"""The meanings it needs, those that it may have beside, its SuperOffice fields, and the weight."""

_COMPANY: _TABLE = (
    ("name", _OWNERS, ("NAME",), SURE),
    ("company", "", ("NAME",), FAIR),
    ("account name", "", ("NAME",), FAIR),
    ("ledger name", "", ("NAME",), FAIR),
    ("owner", "", ("NAME",), WEAK),
    ("owner number", "code id partner account", ("NUMBER2",), SURE),
    ("owner code", "partner account", ("NUMBER2",), SURE),
    ("customer supplier number", "", ("NUMBER2",), SURE),
    ("partner number", "", ("NUMBER2",), SURE),
    ("partner code", "", ("NUMBER2",), SURE),
    ("number", "main", ("NUMBER2",), FAIR),
    ("code", "", ("NUMBER2",), FAIR),
    ("owner id", "", ("NUMBER2",), WEAK),
    ("account code", "ref", ("NUMBER2",), FAIR),
    ("account ref", "", ("NUMBER2",), FAIR),
    ("owner account", "id", ("NUMBER2",), FAIR),
    ("account number", "owner", ("NUMBER2",), FAIR),
    ("owner ledger", "number", ("NUMBER2",), FAIR),
    ("org number", f"id {_OWNERS}", ("NUMBER1", "VATNO"), SURE),
    ("vat number", f"id eu code {_OWNERS}", ("VATNO",), SURE),
    ("vat org number", f"id {_OWNERS}", ("VATNO",), SURE),
    ("vat", "owner eu", ("VATNO",), WEAK),
    ("vat id", f"eu {_OWNERS}", ("VATNO",), SURE),
    ("vat code id", "eu", ("VATNO",), SURE),
    ("tax number", f"id code {_OWNERS}", ("VATNO",), WEAK),
    ("tax id", _OWNERS, ("VATNO",), WEAK),
    ("phone", f"number work direct {_OWNERS}", ("PHONE",), SURE),
    ("fax", f"number work phone {_OWNERS}", ("FAX",), SURE),
    ("email", f"address mail id work {_OWNERS}", ("EMAIL",), SURE),
    ("mail", "", ("EMAIL",), FAIR),
    ("web", f"address work {_OWNERS}", ("URL",), SURE),
    ("category", "owner type code id name company class", ("CATEGORY",), SURE),
    ("type", "", ("CATEGORY",), FAIR),
    ("owner type", "code id", ("CATEGORY",), SURE),
    ("company type", "code id", ("CATEGORY",), FAIR),
    ("partner type", "code id", ("CATEGORY",), SURE),
    ("class", "code id", ("CATEGORY",), FAIR),
    ("owner class", "code id", ("CATEGORY",), SURE),
    ("owner group", "code id name", ("CATEGORY",), FAIR),
    ("partner group", "code id", ("CATEGORY",), SURE),
    ("industry", "code id name type owner company", ("BUSINESS",), SURE),
    ("department", "name", ("DEPARTMENT",), SURE),
)
_PERSON: _TABLE = (
    ("first", "name contact person", ("FIRSTNAME",), SURE),
    ("middle", "name contact person", ("MIDDLENAME",), SURE),
    ("last", "name contact person", ("LASTNAME",), SURE),
    ("title", "contact person", ("TITLE",), SURE),
    ("position", "title description name company contact person work postal", ("POSITION",), SURE),
    ("title work", "name", ("POSITION",), SURE),
    ("number", "", ("NUMBER",), FAIR),
    ("person number", "", ("NUMBER",), FAIR),
    ("code", "contact", ("NUMBER",), FAIR),
    ("phone", "number work direct main company contact person", ("PHONE_DIRECT",), SURE),
    ("direct", "number company", ("PHONE_DIRECT",), FAIR),
    ("phone second", "number", ("PHONE_OTHER",), SURE),
    ("phone private", "number", ("PHONE_PRIVATE",), SURE),
    ("mobile", "number phone work company contact person main", ("PHONE_MOBILE",), SURE),
    ("email", "address mail id work main company contact person", ("EMAIL",), SURE),
    ("mail", "", ("EMAIL",), FAIR),
    ("birth", "date", ("BIRTHDATE",), SURE),
    ("web", "address", ("URL",), FAIR),
)
_PROJECT: _TABLE = (
    ("name", "project", ("NAME",), SURE),
    ("title", "project", ("NAME",), WEAK),
    ("project", "", ("NAME",), WEAK),
    ("number", "project", ("NUMBER",), SURE),
    ("project code", "", ("NUMBER",), SURE),
    ("code", "", ("NUMBER",), FAIR),
    ("project id", "", ("NUMBER",), WEAK),
    ("description", "project", ("TEXT",), SURE),
    ("note", "public project", ("TEXT",), WEAK),
    ("end date", "project planned", ("ENDDATE",), SURE),
    ("end", "project", ("ENDDATE",), FAIR),
    ("due date", "project planned", ("ENDDATE",), FAIR),
    ("web", "address project", ("URL",), FAIR),
)
_TABLES = {Entity.COMPANY: _COMPANY, Entity.PERSON: _PERSON, Entity.PROJECT: _PROJECT}
_SECOND = {Entity.PERSON: {"PHONE_DIRECT": "PHONE_OTHER"}}
"""What the second of several is."""


def _spelled(entity: Entity) -> Iterator[tuple[frozenset[str], frozenset[str], tuple[str, ...], int]]:
    for needs, may, keys, weight in _TABLES[entity]:
        yield frozenset(needs.split()), frozenset(may.split()), keys, weight


_PATTERNS = {entity: tuple(_spelled(entity)) for entity in Entity}


def target_of(reading: Reading, entity: Entity, owner: frozenset[str]) -> Target | None:
    """What the reading stands for; `owner` are the words by which the actor is called."""
    for meanings in (reading.meanings, _owned(reading.meanings, owner)):
        for needs, may, keys, weight in _PATTERNS[entity]:
            if needs <= meanings <= needs | may:
                return _numbered(Target(keys, weight), reading.index, entity)
    return None


def _owned(meanings: frozenset[str], owner: frozenset[str]) -> frozenset[str]:
    return (meanings - owner) | {"owner"} if meanings & owner else meanings


def _numbered(target: Target, index: int, entity: Entity) -> Target | None:
    """The first of several is the one; a second has another field or none."""
    if index <= 1:
        return target
    second = _SECOND.get(entity, {}).get(target.keys[0])
    return Target((second,), FAIR) if second and index == 2 else None
