"""Responses to browsers and to htmx."""

from __future__ import annotations

import re
from typing import Any

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from wizard.extensions import htmx


def render(page: str, fragment: str | None = None, /, *, status: int = 200, **context: Any) -> Response:
    """Renders the page, or for htmx the fragment of it; `alone` tells the template that it is a fragment."""
    template = fragment if fragment and htmx else page
    response: Response = make_response(render_template(template, **context, alone=template != page), status)
    response.vary.add("HX-Request")
    if htmx and template == page:  # a whole page replaces the whole page, whatever the request was meant to swap
        response.headers["HX-Retarget"] = "main"
        response.headers["HX-Reselect"] = "main"
        response.headers["HX-Reswap"] = "outerHTML"
    return response


def go_to(url: str) -> Response:
    """Redirects a browser, or a page that asks by htmx."""
    if htmx:
        response: Response = make_response("", 200)
        response.headers["HX-Redirect"] = url
        return response
    return redirect(url, 303)


def local_path(url: str | None) -> str | None:
    """The URL if it is a path of this app; None for anything that a browser could take for another site."""
    return url if url and re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", url) else None


def current_page() -> str | None:
    """The path of the page that sent this request; None where the browser does not say, or for another site."""
    url = request.headers.get("HX-Current-URL") or request.referrer or ""
    return local_path("/" + url.removeprefix(request.host_url)) if url.startswith(request.host_url) else None
