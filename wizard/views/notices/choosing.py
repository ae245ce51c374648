"""The connections to choose from in the form of a recipient: a search, the first that it finds, and what is chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.services.connections import MAX_CHOICES, find_choices
from wizard.web import search_text

QUERY = "query"
"""The name of the search's input."""
MIN_TO_SEARCH = 12
"""Fewer are seen at a glance."""


@dataclass(frozen=True)
class Choice:
    id: int
    name: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class Choosing:
    """`hidden` are ids that are chosen, and not in sight; `more` and `unseen` say that there are others."""

    query: str
    rows: Sequence[Choice]
    hidden: Sequence[int]
    found: str
    more: str
    unseen: str
    has_search: bool


def choosing(chosen: Collection[int]) -> Choosing:
    query = search_text(QUERY, request.form)
    choices = find_choices(query, chosen)
    in_sight = {row[0] for row in choices.rows}
    hidden = [each for each in chosen if each not in in_sight]
    return Choosing(
        query=query,
        rows=[Choice(each, name, connector, each in chosen) for each, name, connector in choices.rows],
        hidden=hidden,
        found=ngettext("%(num)s connection found", "%(num)s connections found", choices.found),
        more=_more() if choices.found > len(choices.rows) else "",
        unseen=_unseen(len(hidden)) if hidden else "",
        has_search=bool(query) or choices.found > MIN_TO_SEARCH,
    )


def _more() -> str:
    return _("Showing the first %(count)s. Search for others.", count=MAX_CHOICES)


def _unseen(count: int) -> str:
    return ngettext("%(num)s more is chosen.", "%(num)s more are chosen.", count)
