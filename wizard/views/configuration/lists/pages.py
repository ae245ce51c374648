"""Shows and saves the mapping of a list: one page of its items at a time, and whatever is wrong in the others."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import Part, Schema, items_of
from wizard.errors import RowsChanged
from wizard.models import Connection
from wizard.services.configuration import load, save_items
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.fields import read_again
from wizard.views.configuration.leaving import WayOut, asked_to_leave, page_after_save
from wizard.views.configuration.lists.here import Here, here_of
from wizard.views.configuration.lists.list_view import Empty, lists_view
from wizard.views.configuration.lists.lists_of import MappedList
from wizard.views.configuration.lists.lost import has_items, lost_list
from wizard.views.configuration.lists.shown import OpenList, Shown, is_changed, rows_to_show, sent_rows
from wizard.views.configuration.parts import page_parts
from wizard.views.configuration.subject import schema_of, unread
from wizard.views.configuration.written import after_save
from wizard.web import go_to, has_searched, page_number, render, search_text

MAX_TRIES = 5
"""How often a list is saved anew because somebody else has saved it in the same moment."""


@blueprint.get("/lists")
def lists(connection_id: int) -> Response:
    here = _here(find_connection(connection_id))
    return _page(here, rows_to_show(here.open) if here.open else None)


@blueprint.post("/lists")
def save_lists(connection_id: int) -> Response:
    """Saves all items of the list as its pages show them.

    `match` only proposes items for those that have none, `read` reads them again, and what leads elsewhere asks. Of a
    list that is not there any more nothing is saved, and the page keeps what was sent.
    """
    connection = find_connection(connection_id, current=True)
    if request.form.get("action") == "read":
        return _read(connection)
    for _attempt in range(MAX_TRIES):
        here = _here(connection)
        lost = lost_list(here)
        if lost or here.open is None:
            return _page(here, None, asked_to_leave(), lost)
        matches = request.form.get("action") == "match"
        shown = sent_rows(here.open, matches=matches)
        if leaving := asked_to_leave() or _searched(here):
            return _leave(here, here.open, shown, leaving)
        if matches or shown.status != 200:
            break
        try:
            _save(here, here.open.mapped, shown)
        except RowsChanged:
            continue
        after_save(connection, _("The list is saved."))
        usual = here.url(p=page_number("p") + (request.form.get("action") == "next"))
        return go_to(page_after_save(usual))
    return _page(here, shown)


def _read(connection: Connection) -> Response:
    """Reads the items of both sides again; what was chosen stays on the page."""
    read_again(connection)
    here = _here(connection)
    if has_items() and (lost := lost_list(here)):
        return _page(here, None, lost=lost)
    shown = sent_rows(here.open, matches=False) if here.open and here.is_asked else None
    return _page(here, shown) if here.open and shown and is_changed(here.open, shown) else go_to(here.url())


def _searched(here: Here) -> WayOut | None:
    """Where what was typed to search for is found."""
    return WayOut(here.url(q=search_text("q", request.form), p=None)) if has_searched("q") else None


def _leave(here: Here, items: OpenList, shown: Shown, leaving: WayOut) -> Response:
    """Asks first where something would be lost."""
    return _page(here, shown, leaving=leaving) if is_changed(items, shown) else leaving.go()


def _here(connection: Connection) -> Here:
    return here_of(connection, load(connection), schema_of(connection) or Schema())


def _save(here: Here, mapped: MappedList, shown: Shown) -> None:
    versions = here.configuration.type(mapped.actor_type).versions(Part.LISTS)
    items, base = {mapped.ends: items_of(shown.rows)}, {mapped.ends: versions[mapped.erp.key]}
    save_items(current_user, here.connection, items, base)


def _page(here: Here, shown: Shown | None, leaving: WayOut | None = None, lost: Empty | None = None) -> Response:
    return render(
        "configuration/lists/lists.html",
        status=409 if lost else shown.status if shown else 200,
        view=lists_view(here, shown, lost) if here.schema.types else None,
        unread=None if here.schema.types else unread(here.connection),
        leaving=leaving,
        **page_parts(here.connection, Part.LISTS),
    )
