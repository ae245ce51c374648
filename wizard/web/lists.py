"""What `macros/lists.html` renders around the rows of a list, and what can be done with each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from flask import url_for
from flask_babel import gettext as _

from wizard.web.paging import PageView, with_query

Row = TypeVar("Row")


@dataclass(frozen=True)
class Filter:
    """A link that shows other rows."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True)
class Search:
    """A search box; `hidden` are the other parameters of the address, which its form sends along."""

    query: str
    label: str
    parameter: str = "q"
    action: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Action:
    """What can be done with a row: a link, or a button that posts."""

    text: str
    href: str
    posts: bool


@dataclass(frozen=True)
class ListView(Generic[Row]):
    """A page of a list; `empty` is the sentence in place of a table without rows."""

    rows: Sequence[Row]
    empty: str
    page: PageView | None = None
    filters: Sequence[Filter] = ()
    search: Search | None = None


class RowAction(NamedTuple):
    """What can be done with every row of a list: a button that posts to the endpoint, or a link to it."""

    text: str
    endpoint: str
    posts: bool = True


def actions_of(row_actions: Iterable[RowAction], **ids: Any) -> list[Action]:
    """The actions of the row that has these ids in its addresses."""
    return [Action(each.text, url_for(each.endpoint, **ids), each.posts) for each in row_actions]


def current_or_deleted(anchor: str, counts: tuple[int, int], *, deleted: bool, prefix: str = "") -> list[Filter]:
    """Two filters, each with the number of its rows; `prefix` as in `paging.PARAMETERS`."""

    def filtered(value: str | None) -> str:
        return with_query(anchor, **{f"{prefix}d": value, f"{prefix}p": None})

    return [
        Filter(_("Current %(count)s", count=counts[0]), filtered(None), not deleted),
        Filter(_("Deleted %(count)s", count=counts[1]), filtered("1"), deleted),
    ]
