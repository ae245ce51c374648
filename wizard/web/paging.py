"""Pages of a list. The query string has the state of all lists of a page, so that a link keeps that of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from wizard.services.lists import Page


@dataclass(frozen=True)
class PageView:
    """Which rows are on the page, and the addresses of the pages before and after, for `macros/lists.html`."""

    first: int
    last: int
    total: int
    previous_url: str | None
    next_url: str | None


def page_view(page: Page[Any], parameter: str, anchor: str) -> PageView:
    return PageView(
        first=page.first,
        last=page.last,
        total=page.total,
        previous_url=with_query(anchor, **{parameter: page.number - 1}) if page.number > 1 else None,
        next_url=with_query(anchor, **{parameter: page.number + 1}) if page.has_next else None,
    )


MAX_SEARCH = 254
PARAMETERS = ("q", "from", "to", "p", "d", "f", "cq", "cp", "cd", "nq", "np", "nd")
"""Text, period, page number, whether deleted, another filter; with prefix `c` for connectors, `n` for connections."""


def with_query(anchor: str, **changes: Any) -> str:
    """The address of this page with some parameters changed, or removed by None."""
    present = {name: request.args[name] for name in PARAMETERS if name in request.args}
    parameters = {name: value for name, value in {**present, **changes}.items() if value not in (None, "")}
    return url_for(request.endpoint or "home.show", **{**parameters, **(request.view_args or {})}, _anchor=anchor)


def search_text(parameter: str, values: MultiDict[str, str] | None = None) -> str:
    """The text of a search in the address, or in these values, without NUL, which PostgreSQL does not accept."""
    found = request.args if values is None else values
    return found.get(parameter, "").replace("\0", "").strip()[:MAX_SEARCH]


def has_searched(parameter: str) -> bool:
    """Whether a form was sent to search: by its button, or by the Enter key after another text was typed.

    The form has what its page was searched for as `<parameter>_now`.
    """
    action = request.form.get("action")
    is_new = search_text(parameter, request.form) != request.form.get(f"{parameter}_now", "")
    return action == "find" or (action == "enter" and is_new)


def page_number(parameter: str) -> int:
    """The number of the page; 1 for what is no number."""
    text = request.args.get(parameter, "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1
