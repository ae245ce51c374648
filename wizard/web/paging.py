"""A page of a list as `macros/lists.html` shows it; the state of both lists is in the query string."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from wizard.services.connectors.find import Page


@dataclass(frozen=True)
class PageView:
    """Which rows are shown, and where the others are."""

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


PARAMETERS = ("q", "from", "to", "p", "d", "cq", "cp", "cd", "nq", "np", "nd")
"""What lists keep in the query string: text, period, page, whether deleted; `c`: connectors, `n`: connections."""


def with_query(anchor: str, **changes: Any) -> str:
    """This list with other parameters; None takes one away."""
    kept = {name: request.args[name] for name in PARAMETERS if name in request.args}
    wanted = {name: value for name, value in {**kept, **changes}.items() if value not in (None, "")}
    return url_for(request.endpoint or "home.show", **wanted, _anchor=anchor)


def search_text(parameter: str) -> str:
    """What is searched for; a NUL, which no database keeps, is left out."""
    return request.args.get(parameter, "").replace("\0", "").strip()[:254]


def page_number(parameter: str) -> int:
    """The asked page, 1 for anything that is no number."""
    text = request.args.get(parameter, "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1
