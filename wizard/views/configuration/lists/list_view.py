"""The page of a list, as `configuration/lists/lists.html` renders it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.configuration import NO_SELECTION, ItemRow, MatchedBy, Part, item_texts, twice
from wizard.views.configuration.lists.here import Here
from wizard.views.configuration.lists.item_views import ItemView, ItemViews
from wizard.views.configuration.lists.links import ListLink, links_to
from wizard.views.configuration.lists.lists_of import MappedList
from wizard.views.configuration.lists.shown import FILTERS, OpenList, Shown, is_changed, is_in
from wizard.views.configuration.parts import part_url
from wizard.web import Filter, PageView, Search, current_language, search_text, some_of


@dataclass(frozen=True)
class ItemsView:
    """The items of a list. `unsaved` counts what is only proposed or typed. `problems`: text and id of a row. `to` is
    SuperOffice's key of the field that it is mapped to. `elsewhere`: how many more rows Save saves. `came` names the
    items that are new in SuperOffice and belong to no row. `next_list` is the address of the next list that nobody has
    mapped yet.
    """

    label: str
    facts: str
    unsaved: str
    came: str
    url: str
    to: str
    rows: Sequence[ItemView]
    suggestions: Sequence[str]
    problems: Sequence[tuple[str, str]]
    elsewhere: str
    filters: Sequence[Filter]
    search: Search | None
    page: PageView
    match_again: bool
    is_changed: bool
    next_list: str


@dataclass(frozen=True)
class Empty:
    """Why there is nothing to map, what to do about it, and where. `reads`: by reading the lists again.

    `typed` is what a form has sent that cannot be saved now; the page keeps it, to send it to `url` once more.
    """

    title: str
    says: str
    link: tuple[str, str] | None = None
    reads: bool = False
    url: str = ""
    typed: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class ListsView:
    """`items` of the chosen list, else `empty` says why there are none."""

    lists: Sequence[ListLink]
    items: ItemsView | None
    empty: Empty | None


def lists_view(here: Here, shown: Shown | None, lost: Empty | None = None) -> ListsView:
    """`lost` stands in the place of the list that a form was about, and that is not there as it was."""
    links = links_to(here, current_language())
    if lost is not None:
        return ListsView(links, None, lost)
    if here.open is None or shown is None or not shown.rows:
        return ListsView(links, None, empty_of(here))
    return ListsView(links, items_view(here, here.open, shown, links), None)


def _next_list(links: Sequence[ListLink]) -> str:
    """The address of the next list, of whose items none is mapped; "" where there is none."""
    (place,) = (number for number, each in enumerate(links) if each.current)
    return next((each.href for each in [*links[place + 1 :], *links[:place]] if each.is_open), "")


def items_view(here: Here, items: OpenList, shown: Shown, links: Sequence[ListLink]) -> ItemsView:
    views = ItemViews(shown, items.crm_items, items.saved)
    is_long = len(shown.rows) > shown.page.size
    return ItemsView(
        label=items.mapped.erp.name_in(current_language()),
        facts=_facts(items, shown.rows),
        unsaved=_unsaved(shown.rows),
        came=_came(items, shown.rows),
        url=here.url(type=items.mapped.actor_type, field=items.mapped.erp.key),
        to=items.mapped.setting.crm_key,
        rows=views.rows,
        suggestions=views.suggestions,
        problems=views.problems(),
        elsewhere=_elsewhere(len(shown.rows) - len(shown.page.rows)),
        filters=_filters(here, shown, item_texts(items.crm_items)) if is_long or request.args.get("f") else (),
        search=_search(items.mapped) if is_long or search_text("q") else None,
        page=_paging(here, shown),
        match_again=shown.match_again,
        is_changed=is_changed(items, shown),
        next_list=_next_list(links),
    )


def _elsewhere(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "Saves the whole list: %(num)s item is not on this page.",
        "Saves the whole list: %(num)s items are not on this page.",
        count,
    )


def _facts(items: OpenList, rows: Sequence[ItemRow]) -> str:
    """`To the SuperOffice list Category. 7 of 8 items are mapped, 4 by equal names.`"""
    current = [row for row in rows if not row.is_gone]
    return _(
        "To the SuperOffice list %(list)s. %(mapped)s of %(total)s items are mapped, %(equal)s by equal names.",
        list=items.mapped.crm_name,
        mapped=sum(row.crm_id != NO_SELECTION for row in current),
        total=len(current),
        equal=sum(row.by == MatchedBy.SAME_NAME for row in current),
    )


def _unsaved(rows: Sequence[ItemRow]) -> str:
    count = sum(row.crm_id != NO_SELECTION and not row.is_saved for row in rows)
    return ngettext("%(num)s of them is not saved yet.", "%(num)s of them are not saved yet.", count) if count else ""


def _came(items: OpenList, rows: Sequence[ItemRow]) -> str:
    used = {row.crm_id for row in rows}
    names = [item.name for item in items.crm_items if item.is_new and item.id not in used]
    return _("New in SuperOffice: %(names)s", names=some_of(names)) if names else ""


def _filters(here: Here, shown: Shown, texts: Mapping[int, str]) -> list[Filter]:
    """All rows, and each kind of which there are some but not all."""
    used_twice = twice(shown.rows)
    counts = {code: sum(is_in(row, code, used_twice, texts) for row in shown.rows) for code in FILTERS}
    words = {
        "twice": _("Chosen twice %(count)s", count=counts["twice"]),
        "changed": _("Came or went %(count)s", count=counts["changed"]),
        "similar": _("Similar name %(count)s", count=counts["similar"]),
        "none": _("Without an item %(count)s", count=counts["none"]),
    }
    asked = request.args.get("f", "")
    some = [code for code in FILTERS if code == asked or 0 < counts[code] < len(shown.rows)]
    found = [Filter(words[code], here.url(f=code, p=None), code == asked) for code in some]
    every = _("All %(count)s", count=len(shown.rows))
    return [Filter(every, here.url(f=None, p=None), not any(each.current for each in found)), *found]


def _search(mapped: MappedList) -> Search:
    values = {"type": mapped.actor_type, "field": mapped.erp.key, "f": request.args.get("f")}
    return Search(search_text("q"), _("Find an item"), hidden={name: text for name, text in values.items() if text})


def _paging(here: Here, shown: Shown) -> PageView:
    page = shown.page
    before = here.url(p=page.number - 1) if page.number > 1 else None
    after = here.url(p=page.number + 1) if page.has_next else None
    return PageView(page.first, page.last, page.total, before, after)


def empty_of(here: Here) -> Empty:
    if here.chosen is None and not here.schema.from_superoffice:
        return Empty(
            _("SuperOffice's lists are not known yet"),
            _("They are read from SuperOffice once it is linked. Everything else can be prepared without a link."),
            (_("Link SuperOffice"), url_for("superoffice.show")),
        )
    if here.chosen is None:
        return Empty(
            _("No list is mapped yet"),
            _("A list appears here once its field is mapped to a SuperOffice field that is a list too."),
            (_("Go to the mappings"), part_url(here.connection.id, Part.MAPPINGS)),
        )
    if here.chosen.erp_items is None:
        name = here.chosen.erp.list_name
        return Empty(
            _("The ERP's list was not read"),
            _("The connector has not given the items of %(list)s. Read the lists again.", list=name),
            reads=True,
        )
    if here.chosen.crm_items is None:
        name = here.chosen.crm_name
        return Empty(
            _("SuperOffice's list was not read"),
            _("The items of %(list)s are not known. Read the lists again.", list=name),
            reads=True,
        )
    return Empty(_("The list is empty"), _("The ERP has no items in it. Once it has some, read the lists again."))
