"""Headers of every answer, and the rule that a page needs a login unless it says otherwise."""

from __future__ import annotations

from flask import Flask, Response, current_app, request, session, url_for
from flask_login import current_user

from wizard.extensions import htmx
from wizard.views.htmx import go_to, page_asked_from

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; img-src 'self'"
)
OPEN_ENDPOINTS = {"static", "health.show", "account.login", "account.welcome", "account.language"}
OPEN_BLUEPRINTS = {"practice"}


def register(app: Flask) -> None:
    """Call it before blueprints add their own `before_request`."""
    app.before_request(_require_login)
    app.after_request(_add_headers)


def _require_login() -> Response | None:
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS or request.blueprint in OPEN_BLUEPRINTS:
        return None
    if current_user.is_authenticated:
        session.modified = True  # every page that is asked for puts the session's end off
        return None
    return ask_to_sign_in()


def ask_to_sign_in() -> Response:
    """Leads to the login, and from there back to the page that was wanted."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" and not htmx else page_asked_from()
    return go_to(url_for("account.login", next=wanted))  # type: ignore[return-value]


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SETTINGS"].behind_tls:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response
