"""Cookies that script and other sites cannot read and, behind TLS, no other host of the domain can set."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.wrappers import Response

from wizard.config import Settings


def cookie_name(name: str, settings: Settings | None = None) -> str:
    """The name of a cookie: behind TLS with a prefix, for which browsers demand Secure, this host and the path /."""
    settings = settings or current_app.config["SETTINGS"]
    return f"__Host-{name}" if settings.behind_tls else name


def read_cookie(name: str) -> str | None:
    return request.cookies.get(cookie_name(name))


def set_cookie(response: Response, name: str, value: str, max_age: int) -> None:
    """Sets a cookie that only the server reads."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(cookie_name(name), value, max_age, path="/", samesite="Lax", httponly=True, secure=secure)
