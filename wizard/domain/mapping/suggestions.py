"""Suggests SuperOffice fields for the fields of an ERP's actor.

A key that SuperOffice maps by itself goes first, then what key and name mean, then the kind. None gets two fields, and
in doubt a field gets none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wizard.domain.mapping.actor_types import entity_of, owner_of
from wizard.domain.mapping.addresses import AddressPart, address_part, place
from wizard.domain.mapping.crm_fields import CRM_FIELDS, Entity
from wizard.domain.mapping.erp_field import Direction, ErpField, Kind
from wizard.domain.mapping.patterns import SURE, WEAK, Target, target_of
from wizard.domain.mapping.reading import TERMS, Reading, Terms, known, read

MAX_FIELDS = 10_000
_GENERIC = frozenset({"name", "number", "id", "code", "description", "type", "note"})
_ACCOUNT = frozenset({"ledger", "number"})
_OF_ANOTHER = frozenset({"invoice", "delivery", "contact", "private"})
"""Words that say whose a value is, also in a name that is not understood as a whole."""
_ERP_NUMBERS = ("NUMBER", "NUMBER1", "NUMBER2")


@dataclass(frozen=True)
class Suggestion:
    """A SuperOffice field for an ERP field, and the direction to begin with."""

    erp_key: str
    crm_key: str
    direction: Direction


def suggest(actor_type: str, fields: Sequence[ErpField], terms: Terms = TERMS) -> list[Suggestion]:
    """In the order of the fields; without those that get none. Raises ValueError for more than MAX_FIELDS."""
    if len(fields) > MAX_FIELDS:
        raise ValueError(f"more than {MAX_FIELDS} fields")
    entity = entity_of(actor_type, terms)
    if entity is None:
        return []
    chosen = _choose(fields, _candidates(fields, entity, owner_of(actor_type, terms), terms), entity)
    return [
        Suggestion(field.key, chosen[field.key], _direction(field, chosen[field.key]))
        for field in fields
        if field.key in chosen
    ]


def _candidates(fields: Sequence[ErpField], entity: Entity, owner: frozenset[str], terms: Terms) -> dict[str, Target]:
    """What each field may be, by key, before two want the same."""
    possible = [field for field in fields if field.kind != Kind.CHECKBOX and not _is_of_no_use(field, terms)]
    readings = {field.key: _readings(field, terms) for field in possible}
    found = {key: target for key in readings if (target := _automatic(key, entity))}
    parts = {key: part for key, each in readings.items() if key not in found and (part := _agree_on_part(each, owner))}
    automatic = [target.keys[0] for target in found.values()]
    found |= {key: Target((crm_key,), SURE) for key, crm_key in place(parts, entity, automatic).items()}
    for key, each in readings.items():
        if key not in found and key not in parts and (target := _agree(each, entity, owner)):
            found[key] = target
    if entity != Entity.COMPANY:
        return found
    return _accounts(possible, readings) | _of_person(found, readings)


def _accounts(fields: Iterable[ErpField], readings: dict[str, list[Reading]]) -> dict[str, Target]:
    """A mandatory "Konto" is the number of the customer; else it may be that of a bank."""
    return {
        field.key: Target(("NUMBER2", "NUMBER1"), WEAK)
        for field in fields
        if field.mandatory and any("ledger" in each.meanings <= _ACCOUNT for each in readings[field.key])
    }


def _is_of_no_use(field: ErpField, terms: Terms) -> bool:
    """Whether key or name tells of something that SuperOffice has no field for."""
    return any("other" in known(text, terms) for text in (field.key, field.name))


def _readings(field: ErpField, terms: Terms) -> list[Reading]:
    """Of key and name, as far as they can be read. What says more goes before what says a part of it."""
    read_texts = {text: read(text, terms) for text in (field.key, field.name)}
    found = [reading for reading in read_texts.values() if reading]
    others = [known(text, terms) & _OF_ANOTHER for text, reading in read_texts.items() if not reading]
    more = [*(each.meanings for each in found), *(each.meanings | other for each in found for other in others)]
    return [each for each in found if each.meanings and not any(each.meanings < meanings for meanings in more)]


def _automatic(key: str, entity: Entity) -> Target | None:
    field = CRM_FIELDS[entity].get(key.upper())
    return Target((field.key,), SURE + 1) if field and field.automatic else None


def _agree_on_part(readings: Iterable[Reading], owner: frozenset[str]) -> AddressPart | None:
    """A translated name may say less than the key: what says which address it is goes first."""
    parts = [part for each in readings if (part := address_part(each, owner))]
    return next((part for part in parts if part.kind), parts[0] if parts else None)


def _agree(readings: list[Reading], entity: Entity, owner: frozenset[str]) -> Target | None:
    """What key and name both say; else the key, unless it is a word for many things."""
    found = [(each, target) for each in readings if (target := target_of(each, entity, owner))]
    if not found:
        return None
    first, last = found[0][1], found[-1][1]
    if both := tuple(key for key in first.keys if key in last.keys):
        return Target(both, max(first.weight, last.weight))
    return last if found[0][0].meanings <= _GENERIC else first


def _of_person(found: dict[str, Target], readings: dict[str, list[Reading]]) -> dict[str, Target]:
    """Beside a first name, a bare "name" is a person's, if the company has another one."""
    if not any("first" in each.meanings for several in readings.values() for each in several):
        return found
    bare = {
        key
        for key, several in readings.items()
        if key in found and all(each.meanings <= {"name", "last"} for each in several)
    }
    others = [key for key, target in found.items() if target.keys == ("NAME",) and key not in bare]
    return {key: target for key, target in found.items() if key not in bare} if others else found


def _choose(fields: Sequence[ErpField], candidates: dict[str, Target], entity: Entity) -> dict[str, str]:
    """One SuperOffice field each: the surest first, then in the order of the fields."""
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    wanting = [field for field in fields if field.key in candidates]
    for field in sorted(wanting, key=lambda field: -candidates[field.key].weight):
        for key in candidates[field.key].keys:
            fits = key in CRM_FIELDS[entity] and field.kind in CRM_FIELDS[entity][key].kinds
            if fits and key not in taken and field.key not in chosen:
                chosen[field.key] = key
                taken.add(key)
    return chosen


def _direction(field: ErpField, crm_key: str) -> Direction:
    """A number is given by the ERP; what is read only there cannot be written."""
    if field.read_only or crm_key in _ERP_NUMBERS:
        return Direction.TO_SUPEROFFICE
    return Direction.BOTH
