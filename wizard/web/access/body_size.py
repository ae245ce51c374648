"""Keeps requests cheap whose form will be refused: their size is limited before anything reads them."""

from __future__ import annotations

from flask import Flask, abort, request

from wizard.web.access.known_browser import is_known_browser
from wizard.web.access.limits import has_refused_too_many
from wizard.web.access.security import OPEN_BLUEPRINTS
from wizard.web.access.sessions import session_account_id

SMALL_BYTES = 64 * 1024
MEDIUM_BYTES = 256 * 1024
LARGE_BLUEPRINTS = {"setups", "scope", "users"}
"""Their forms carry a whole list: the fields of a connector, the users of a file."""


def register(app: Flask) -> None:
    """Has to come before the extension that looks for the CSRF token, which parses the form."""
    app.before_request(_limit_body)


def _limit_body() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS") or request.blueprint in OPEN_BLUEPRINTS:
        return
    if session_account_id() is None and has_refused_too_many():
        abort(429)
    if session_account_id() is None and not is_known_browser():  # its session may have ended while it typed
        request.max_content_length = request.max_form_memory_size = SMALL_BYTES
    elif request.blueprint not in LARGE_BLUEPRINTS:
        request.max_content_length = request.max_form_memory_size = MEDIUM_BYTES
