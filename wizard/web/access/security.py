"""Access control and security headers: a page is for administrators unless it is listed here."""

from __future__ import annotations

from flask import Flask, Response, abort, current_app, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict

from wizard.extensions import htmx
from wizard.services.accounts import touch_session
from wizard.web.access.held_form import can_be_held, held_page
from wizard.web.access.sessions import MUST_SET_UP, close_session, current_session
from wizard.web.htmx import current_page, go_to

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; img-src 'self'"
)
MAX_VALUES = 25_000
OPEN_ENDPOINTS = {
    "static",
    "health.live",
    "health.metrics",
    "health.show",
    "sign_in.login",
    "sign_in.welcome",
    "second_step.options",
    "second_step.show",
    "account.language",
    "fill.sent",
    "fill.show",
    "passwords.judge",
    "provider_link.make",
}
OPEN_BLUEPRINTS = {"practice", "practice_superoffice"}
OPEN_PATHS = ("/login", "/welcome/", "/language", "/password", "/fill/", "/provider-link")
"""The paths of the pages that need no session."""
SET_UP_ENDPOINTS = {
    "second_factor.add_passkey",
    "second_factor.app",
    "second_factor.begin_app",
    "second_factor.download",
    "second_factor.passkey_options",
    "second_factor.show",
    "sign_in.logout",
}
"""What somebody may use who has to set up a second factor before anything else."""
FOR_READERS = {
    "account.show",
    "account.time_zone",
    "sessions.dismiss",
    "sessions.end",
    "sessions.end_others",
    "sessions.show",
    "second_factor.add_passkey",
    "second_factor.app",
    "second_factor.begin_app",
    "second_factor.codes",
    "second_factor.download",
    "second_factor.passkey_options",
    "second_factor.remove_app",
    "second_factor.remove_passkey",
    "second_factor.rename_passkey",
    "second_factor.show",
    "sign_in.logout",
    "activity.csv_file",
    "activity.show",
    "checks.cancel",
    "checks.show",
    "configuration.activate",
    "configuration.activated",
    "configuration.defaults",
    "configuration.import_",
    "configuration.lists",
    "configuration.mappings",
    "configuration.priority",
    "configuration.rank",
    "connections.show",
    "connections.test",
    "connectors.check",
    "users.show",
    "help.reasons",
    "home.show",
    "superoffice.progress",
    "superoffice.show",
    "watch.connection",
    "watch.connection_outage",
    "watch.connector",
    "watch.connector_outage",
}
"""Endpoints that read or test. None of them shows a configuration value to a reader."""


def register(app: Flask) -> None:
    """Has to come before blueprints, whose own `before_request` relies on these."""
    app.before_request(_require_keys)
    app.before_request(_require_login)
    app.before_request(_sanitize_form)
    app.after_request(_add_headers)


def _require_keys() -> None:
    """Raises KeysUnavailable: what a page saved with keys that are gone would be lost."""
    if request.endpoint != "static" and request.blueprint != "health":
        current_app.extensions["keyring"].refresh()


def _require_login() -> Response | None:
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS or request.blueprint in OPEN_BLUEPRINTS:
        return None
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if not current_user.is_administrator and request.endpoint not in FOR_READERS:
        abort(403)
    touch_session(current_session())
    if MUST_SET_UP in session and request.endpoint not in SET_UP_ENDPOINTS:
        return go_to(url_for("second_factor.show"))  # type: ignore[return-value]
    session.modified = True  # every request renews the idle timeout
    return None


def _sanitize_form() -> None:
    """Removes NUL, which PostgreSQL does not accept, and refuses more values than a statement can have parameters."""
    sent = list(request.form.items(multi=True))
    if len(sent) > MAX_VALUES:
        abort(413)
    if any("\0" in name + text for name, text in sent):
        request.form = ImmutableMultiDict((name.replace("\0", ""), text.replace("\0", "")) for name, text in sent)


def ask_to_sign_in() -> Response:
    """Redirects to the login, which leads back here; what was typed on the page is not lost.

    htmx gets 401 and stays; a form is held in the page that answers it.
    """
    page = current_page()
    ended = "_user_id" in session or (page is not None and not page.startswith(OPEN_PATHS))
    if "_user_id" in session:
        close_session()
    if htmx:
        return Response(status=401)
    if can_be_held():
        return held_page()  # type: ignore[return-value]
    back = request.full_path.rstrip("?") if request.method == "GET" else page
    return redirect(url_for("sign_in.login", next=back, ended=1 if ended else None), 303)  # type: ignore[return-value]


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static" or response.status_code >= 400:
        headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SETTINGS"].behind_tls and request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response
