"""A number for each request, and a line in the log; a person who meets an error can tell the number."""

from __future__ import annotations

import logging
import re
import secrets
import time
from types import TracebackType
from typing import Any

from flask import Flask, Response, current_app, g, request

from wizard.web.security import session_account_id

logger = logging.getLogger("wizard.request")
HEADER = "X-Request-ID"
ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
QUIET = {"static", "health.show"}


def register(app: Flask) -> None:
    """Call it first: whoever refuses a request before its number is known would have none to tell."""
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _log_exception  # type: ignore[method-assign]


def number() -> str:
    """The number of this request."""
    return str(g.get("request_id", ""))


def _begin() -> None:
    g.request_started = time.monotonic()
    given = request.headers.get(HEADER, "") if current_app.config["SETTINGS"].behind_tls else ""
    g.request_id = given if re.fullmatch(r"[\w.-]{1,64}", given, re.ASCII) else secrets.token_hex(8)


def _end(response: Response) -> Response:
    response.headers[HEADER] = number()
    level = logging.DEBUG if request.endpoint in QUIET else logging.INFO
    facts = _facts() | {"status": response.status_code, "ms": round((time.monotonic() - g.request_started) * 1000)}
    logger.log(level, "%(method)s %(rule)s %(status)s in %(ms)s ms [%(request)s]", facts, extra={"facts": facts})
    return response


def _log_exception(exc_info: ExcInfo) -> None:
    """Flask's own line would have the path, and so the token of a one-time link."""
    facts = _facts()
    logger.error("%(method)s %(rule)s broke [%(request)s]", facts, exc_info=exc_info, extra={"facts": facts})


def _facts() -> dict[str, Any]:
    """Who asked for what: the rule, never the path, which may hold a token."""
    return {
        "request": number(),
        "method": request.method,
        "rule": str(request.url_rule or "no such page"),
        "account": session_account_id(),
    }
