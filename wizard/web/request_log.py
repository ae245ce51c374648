"""Gives each request an id, which error pages show, logs a line for it and counts it."""

from __future__ import annotations

import logging
import re
import secrets
import time
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, request

from wizard import metrics
from wizard.web.access.sessions import session_account_id

logger = logging.getLogger("wizard.request")
HEADER = "X-Request-ID"
ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
QUIET = {"static", "health.live", "health.metrics", "health.show"}


def register(app: Flask) -> None:
    """Has to come before whatever may refuse a request, so that every response has an id."""
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _log_exception  # type: ignore[method-assign]


def request_id() -> str:
    """The id of this request: the one that a proxy has set, else a random one."""
    return str(g.get("request_id", ""))


def _begin() -> None:
    g.request_started = time.monotonic()
    given = request.headers.get(HEADER, "")  # a trusted proxy's: `TrustedProxies` removes that of others
    g.request_id = given if re.fullmatch(r"[\w.-]{1,64}", given, re.ASCII) else secrets.token_hex(8)


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    level = logging.DEBUG if request.endpoint in QUIET else logging.INFO
    seconds = time.monotonic() - g.request_started
    metrics.count_page(request.method, request.endpoint, response.status_code, seconds)
    facts = _facts() | {"status": response.status_code, "ms": round(seconds * 1000)}
    logger.log(level, "%(method)s %(rule)s %(status)s in %(ms)s ms [%(request)s]", facts, extra={"facts": facts})
    return response


def _log_exception(exc_info: ExcInfo) -> None:
    """Replaces Flask's own, which logs the path and with it the token of a one-time link."""
    facts = _facts()
    logger.error("%(method)s %(rule)s broke [%(request)s]", facts, exc_info=exc_info, extra={"facts": facts})


def _facts() -> dict[str, Any]:
    """What is logged of a request: the rule instead of the path, which may contain a token."""
    return {
        "request": request_id(),
        "method": request.method,
        "rule": str(request.url_rule or "no such page"),
        "account": session_account_id(),
    }
