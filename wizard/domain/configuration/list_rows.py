"""The rows of a list mapping: which item of SuperOffice each item of an ERP list is, and how that was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wizard.domain.configuration.matching import Match, MatchedBy, match_items
from wizard.domain.configuration.schema import ListItem
from wizard.domain.configuration.values import NO_SELECTION


@dataclass(frozen=True)
class ItemRow:
    """An item of the ERP's list and the id of SuperOffice's, `NO_SELECTION` for none.

    `by` is None where an administrator has chosen it. `is_new`: the list was saved before the ERP had it. `is_saved` is
    False for a proposal. `theirs`: what another administrator has saved meanwhile.
    """

    key: str
    label: str
    crm_id: int = NO_SELECTION
    by: MatchedBy | None = None
    is_new: bool = False
    is_saved: bool = False
    is_gone: bool = False
    theirs: int | None = None


def item_rows(
    erp_items: Mapping[str, str], crm_items: Sequence[ListItem], saved: Mapping[str, int], *, match_again: bool = False
) -> list[ItemRow]:
    """All rows in the order of the ERP's list; after them, what it has no more and is mapped.

    What was not decided yet is proposed by its name, where that item is free; with `match_again`, what was decided to
    have none too.
    """
    chosen = {key: crm_id for key, crm_id in saved.items() if crm_id != NO_SELECTION}
    open_keys = [key for key in erp_items if key not in chosen and (match_again or key not in saved)]
    free = [item for item in crm_items if item.id not in set(chosen.values())]
    proposed = match_items({key: erp_items[key] for key in open_keys}, free)
    by_name = match_items(erp_items, crm_items) if chosen else {}
    rows = [_row(key, label, saved, proposed.get(key), by_name.get(key)) for key, label in erp_items.items()]
    gone = [ItemRow(key, key, crm_id, is_saved=True, is_gone=True) for key, crm_id in chosen.items()]
    return [*rows, *(each for each in gone if each.key not in erp_items)]


def _row(key: str, label: str, saved: Mapping[str, int], proposed: Match | None, by_name: Match | None) -> ItemRow:
    if proposed:
        return ItemRow(key, label, proposed.crm_id, proposed.by, is_new=bool(saved) and key not in saved)
    if key not in saved:
        return ItemRow(key, label, is_new=bool(saved))
    is_named = by_name is not None and by_name.crm_id == saved[key]
    return ItemRow(key, label, saved[key], by_name.by if by_name and is_named else None, is_saved=True)


def with_choices(rows: Sequence[ItemRow], chosen: Mapping[str, int], was: Mapping[str, int]) -> list[ItemRow]:
    """The rows with what was chosen on a page, where `was` had been saved by then.

    What was not touched there stays as it is now. What both have changed since keeps the choice, and names theirs. What
    was chosen is proposed to no other row.
    """
    taken = set(chosen.values())
    return [
        _with_choice(row, chosen[row.key], was.get(row.key)) if row.key in chosen else _unless_taken(row, taken)
        for row in rows
    ]


def _unless_taken(row: ItemRow, taken: set[int]) -> ItemRow:
    return replace(row, crm_id=NO_SELECTION, by=None) if not row.is_saved and row.crm_id in taken else row


def _with_choice(row: ItemRow, choice: int, was: int | None) -> ItemRow:
    if choice in (row.crm_id, was):
        return row
    is_theirs = row.is_saved and row.crm_id != was
    return replace(row, crm_id=choice, by=None, is_saved=False, theirs=row.crm_id if is_theirs else None)


def twice(rows: Sequence[ItemRow]) -> dict[int, list[ItemRow]]:
    """The rows of each item of SuperOffice that several rows have."""
    found: dict[int, list[ItemRow]] = {}
    for row in rows:
        if row.crm_id != NO_SELECTION:
            found.setdefault(row.crm_id, []).append(row)
    return {crm_id: several for crm_id, several in found.items() if len(several) > 1}


def items_of(rows: Sequence[ItemRow]) -> dict[str, int]:
    """What is saved of the rows: every item of the ERP, so that one that comes later is known to be new."""
    return {row.key: row.crm_id for row in rows if not (row.is_gone and row.crm_id == NO_SELECTION)}


def item_texts(crm_items: Sequence[ListItem]) -> dict[int, str]:
    """What is typed for each item: its name, with its id where several have the name."""
    names: dict[str, int] = {}
    for item in crm_items:
        names[_folded(item.name)] = names.get(_folded(item.name), 0) + 1
    return {item.id: item.name if names[_folded(item.name)] == 1 else f"{item.name} ({item.id})" for item in crm_items}


def id_of(text: str, texts: Mapping[int, str]) -> int | None:
    """The item that was typed, in any case; `NO_SELECTION` for nothing, and None for what is none."""
    typed = _folded(text)
    if not typed:
        return NO_SELECTION
    return next((crm_id for crm_id, name in texts.items() if _folded(name) == typed), None)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
