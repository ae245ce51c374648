"""Answers a page, or for htmx the fragment that it is made of."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template
from werkzeug.wrappers import Response

from wizard.extensions import htmx


def render(page: str, fragment: str | None = None, /, *, status: int = 200, **context: Any) -> Response:
    """`page`, or `fragment` of it when htmx asks for a part."""
    template = fragment if fragment and htmx else page
    response: Response = make_response(render_template(template, **context), status)
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
