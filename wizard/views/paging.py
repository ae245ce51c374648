"""A page of a list as `macros/lists.html` shows it; the state of both lists is in the query string."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from wizard.services.list_connectors import Page


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


def with_query(anchor: str, **changes: Any) -> str:
    """This page with other parameters; None takes one away."""
    kept = {**request.view_args, **request.args} if request.view_args else dict(request.args)
    wanted = {name: value for name, value in {**kept, **changes}.items() if value not in (None, "")}
    return url_for(request.endpoint or "home.show", **wanted, _anchor=anchor)


def page_number(parameter: str) -> int:
    """The asked page, 1 for anything that is no number."""
    text = request.args.get(parameter, "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1
