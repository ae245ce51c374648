"""How the settings here differ from those of SuperOffice, row by row, and who has changed them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from wizard.domain.configuration.values import MEMBERS, TYPE_ROW, Configuration, FieldSettings, Part, TypeSettings

PARTS_OF_FIELDS = (Part.MAPPINGS, Part.LISTS, Part.DEFAULTS)
WRITTEN_PARTS = (*PARTS_OF_FIELDS, Part.RANK)


class Side(StrEnum):
    """Who has changed a row since both sides were the same."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class RowDifference:
    """A row that differs. `ours` and `theirs` are settings of a field, whether the type is synchronised, or keys in
    the order of their rank."""

    actor_type: str
    key: str
    part: Part
    side: Side
    ours: FieldSettings | bool | tuple[str, ...]
    theirs: FieldSettings | bool | tuple[str, ...]

    @property
    def code(self) -> str:
        """Names the row among all of a connection."""
        return "/".join((self.part.value, self.actor_type, self.key))


def differences(
    ours: Configuration, theirs: Configuration, agreed: Configuration | None, parts: Collection[Part] = WRITTEN_PARTS
) -> list[RowDifference]:
    """The rows that differ, of types and fields that both sides have. `agreed` is what both had last.

    Where nothing is known to have been the same, what is here is the change.
    """
    known = theirs if agreed is None else agreed
    return [
        each
        for there in theirs.types
        if any(own.actor_type == there.actor_type for own in ours.types)
        for each in _of_type(ours.type(there.actor_type), there, _known(known, there), parts)
    ]


def take_over(settings: TypeSettings, rows: Iterable[RowDifference]) -> TypeSettings:
    """The settings with what SuperOffice has in these rows."""
    for row in rows:
        settings = _with(settings, row.part, row.key, row.theirs)
    return settings


def swaps(current: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The moves by one place that make one order the other, the fewest; -1 is towards the front.

    What only one of them has comes behind.
    """
    both = set(current) & set(wanted)
    order, aim = list(current), [key for key in wanted if key in both]
    for key in aim:
        place, target = order.index(key), _place_after(order, aim, key)
        while place > target:
            order[place - 1], order[place] = order[place], order[place - 1]
            place -= 1
            yield key, -1


def _place_after(order: Sequence[str], aim: Sequence[str], key: str) -> int:
    """Behind the field that is wanted before this one."""
    number = aim.index(key)
    return 0 if number == 0 else order.index(aim[number - 1]) + 1


def _known(agreed: Configuration, there: TypeSettings) -> TypeSettings:
    has_type = any(each.actor_type == there.actor_type for each in agreed.types)
    return agreed.type(there.actor_type) if has_type else there


def _of_type(
    ours: TypeSettings, theirs: TypeSettings, agreed: TypeSettings, parts: Collection[Part]
) -> Iterator[RowDifference]:
    here, known = ours.by_key, agreed.by_key
    if Part.MAPPINGS in parts:
        yield from _row(ours, TYPE_ROW, Part.MAPPINGS, (ours.is_synced, theirs.is_synced, agreed.is_synced))
    for there in theirs.fields if set(parts) & set(PARTS_OF_FIELDS) else ():
        own = here.get(there.key)
        if own is not None and own != there:
            yield from _of_field(ours, (own, there, known.get(there.key, there)), parts)
    if Part.RANK in parts:
        yield from _row(ours, TYPE_ROW, Part.RANK, tuple(_order(each, ours, theirs) for each in (ours, theirs, agreed)))


def _of_field(ours: TypeSettings, rows: Sequence[FieldSettings], parts: Collection[Part]) -> Iterator[RowDifference]:
    own = rows[0]
    for part in (each for each in PARTS_OF_FIELDS if each in parts):
        values = _values(rows, part)
        if values[0] != values[1]:
            there = own.with_part(rows[1], part)
            yield RowDifference(ours.actor_type, own.key, part, _side(values), own, there)


def _values(rows: Sequence[FieldSettings], part: Part) -> Sequence[Any]:
    """What each side has of a part, and what was agreed on; of a list, the items that the sides have otherwise.

    SuperOffice does not tell an item that was decided to have none from one that nobody has decided on.
    """
    if part is not Part.LISTS:
        return [[getattr(each, name) for name in MEMBERS[part]] for each in rows]
    own, there, known = (each.mapped_items for each in rows)
    keys = [key for key in own | there if own.get(key) != there.get(key)]
    return [[items.get(key) for key in keys] for items in (own, there, known)]


def _side(values: Sequence[Any]) -> Side:
    own, there, known = values
    return Side.OURS if there == known else Side.THEIRS if own == known else Side.BOTH


def _order(settings: TypeSettings, ours: TypeSettings, theirs: TypeSettings) -> tuple[str, ...]:
    """The keys that both sides have."""
    both = ours.by_key.keys() & theirs.by_key.keys()
    return tuple(each.key for each in settings.fields if each.key in both)


def _row(ours: TypeSettings, key: str, part: Part, values: Sequence[Any]) -> Iterator[RowDifference]:
    if values[0] != values[1]:
        yield RowDifference(ours.actor_type, key, part, _side(values), values[0], values[1])


def _with(settings: TypeSettings, part: Part, key: str, value: Any) -> TypeSettings:
    if part == Part.RANK:
        return settings.in_order(value)
    if key == TYPE_ROW:
        return replace(settings, is_synced=value)
    fields = (_taken(each, value, part) if each.key == key else each for each in settings.fields)
    return replace(settings, fields=tuple(fields))


def _taken(settings: FieldSettings, theirs: FieldSettings, part: Part) -> FieldSettings:
    """What was decided here to have no item stays so, where SuperOffice has none either."""
    taken = settings.with_part(theirs, part)
    if part != Part.LISTS:
        return taken
    decided = {key: crm_id for key, crm_id in settings.items.items() if key not in settings.mapped_items}
    return replace(taken, items=decided | dict(theirs.items))
