"""Which rows of a list are on the page: those of its number, or those that a form has sent and what is wrong beside."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from wizard.domain.configuration import (
    NO_SELECTION,
    ItemRow,
    ListItem,
    MatchedBy,
    item_rows,
    item_texts,
    twice,
    with_choices,
)
from wizard.forms import with_keys
from wizard.services.lists import Page
from wizard.views.configuration.display import folded
from wizard.views.configuration.lists.lists_of import MappedList
from wizard.views.configuration.lists.sent import Chosen, chosen_items
from wizard.web import page_number, search_text

PAGE_SIZE = 50
FILTERS = ("twice", "changed", "similar", "none")
"""Codes of the filters, in the order of their links."""


@dataclass(frozen=True)
class OpenList:
    """A mapped list that was read: the items of both sides."""

    mapped: MappedList
    erp_items: Mapping[str, str]
    crm_items: Sequence[ListItem]

    @property
    def saved(self) -> Mapping[str, int]:
        return self.mapped.saved


@dataclass(frozen=True)
class Shown:
    """All rows of a list, those of the page, and what was typed into them. `match_again` goes along with the form."""

    rows: Sequence[ItemRow]
    page: Page[ItemRow]
    chosen: Chosen = field(default_factory=Chosen)
    match_again: bool = False
    status: int = 200


def rows_to_show(items: OpenList) -> Shown:
    """The page of that number of the rows that the filter and the search leave."""
    rows = item_rows(items.erp_items, items.crm_items, items.saved)
    texts = item_texts(items.crm_items)
    filter_, used_twice, typed = request.args.get("f", ""), twice(rows), folded(search_text("q"))
    found = [row for row in rows if is_in(row, filter_, used_twice, texts) and _has(row, typed, texts)]
    last = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(page_number("p"), 1), last)
    on_page = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Shown(rows, Page(on_page, number, len(found), PAGE_SIZE))


def is_in(row: ItemRow, filter_: str, used_twice: Container[int], texts: Mapping[int, str]) -> bool:
    """Whether a filter of the page leaves the row; `used_twice` are SuperOffice's items that several rows have."""
    match filter_:
        case "none":
            return row.crm_id == NO_SELECTION
        case "similar":
            return row.by == MatchedBy.SIMILAR_NAME
        case "changed":
            return row.is_new or row.is_gone or (row.crm_id != NO_SELECTION and row.crm_id not in texts)
        case "twice":
            return row.crm_id in used_twice
        case _:
            return True


def _has(row: ItemRow, typed: str, texts: Mapping[int, str]) -> bool:
    return not typed or any(typed in folded(each) for each in (row.label, row.key, texts.get(row.crm_id, "")))


def sent_rows(items: OpenList, *, matches: bool) -> Shown:
    """The rows that the form has, with what is wrong elsewhere; with `matches`, those without an item get proposals."""
    form = with_keys(request.form, {**items.erp_items, **items.saved})
    chosen = chosen_items(form, items.crm_items, items.saved)
    match_again = matches or "match" in request.form
    if matches:
        rows = item_rows(items.erp_items, items.crm_items, {**items.saved, **chosen.items}, match_again=True)
    else:
        found = item_rows(items.erp_items, items.crm_items, items.saved, match_again=match_again)
        rows = with_choices(found, chosen.items, chosen.was)
    return _shown(rows, chosen, match_again)


def is_changed(items: OpenList, shown: Shown) -> bool:
    """Whether a form has what is neither saved nor proposed."""
    untouched = {row.key: row.crm_id for row in item_rows(items.erp_items, items.crm_items, items.saved)}
    return shown.match_again or bool(shown.chosen.unknown) or {row.key: row.crm_id for row in shown.rows} != untouched


def _shown(rows: Sequence[ItemRow], chosen: Chosen, match_again: bool) -> Shown:
    wrong = {row.key for several in twice(rows).values() for row in several} | set(chosen.unknown)
    theirs = {row.key for row in rows if row.theirs is not None}
    on_page = [row for row in rows if row.key in {*chosen.items, *chosen.unknown, *wrong, *theirs}]
    status = 409 if theirs else 422 if wrong else 200
    return Shown(rows, Page(on_page, page_number("p"), len(rows), PAGE_SIZE), chosen, match_again, status)
