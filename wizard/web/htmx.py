"""Answers a page, or for htmx the fragment that it is made of."""

from __future__ import annotations

import re
from typing import Any

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from wizard.extensions import htmx


def render(page: str, fragment: str | None = None, /, *, status: int = 200, **context: Any) -> Response:
    """`page`, or `fragment` of it when htmx asks for a part; `alone` tells a template which."""
    template = fragment if fragment and htmx else page
    response: Response = make_response(render_template(template, **context, alone=template != page), status)
    response.vary.add("HX-Request")
    if htmx and template == page:  # a whole page in answer to a request for a part takes the place of the page
        response.headers["HX-Retarget"] = "main"
        response.headers["HX-Reselect"] = "main"
        response.headers["HX-Reswap"] = "outerHTML"
    return response


def go_to(url: str) -> Response:
    """Leads on to another page, from htmx too."""
    if htmx:
        response: Response = make_response("", 200)
        response.headers["HX-Redirect"] = url
        return response
    return redirect(url, 303)


def local_path(wanted: str | None) -> str | None:
    """`wanted` if it is a path of this app; None for anything that a browser could read as another site."""
    return wanted if wanted and re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", wanted) else None


def current_page() -> str | None:
    """The path of the page that a person sees while this request is answered, as far as their browser tells it."""
    shown = request.headers.get("HX-Current-URL") or request.referrer or ""
    return local_path("/" + shown.removeprefix(request.host_url)) if shown.startswith(request.host_url) else None
