"""The HTTP server of the practice SuperOffice: state page, sign-in and API below one path."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from wizard.practice.superoffice import api, sign_in
from wizard.practice.superoffice.behaviour import TENANT
from wizard.practice.superoffice.states import state_page
from wizard.practice.superoffice.tenant import Tenant

PATH = "/practice/superoffice"
MAX_REQUEST_BYTES = 1024 * 1024
MAX_ANSWERING = 4
PATIENCE_SECONDS = 5.0
_NOT_OPEN = "This practice SuperOffice answers only to its own machine. ERP_WIZARD_PRACTICE=open opens it to others.\n"
_answering = threading.BoundedSemaphore(MAX_ANSWERING)
"""Each answer may call a connector on the same server, so that pages have some threads left."""


def create_superoffice(tenant: Tenant, is_own: Callable[[str], bool], *, is_open: bool = False) -> Blueprint:
    """The API and what the wizard itself calls to sign in. Callers from elsewhere are refused, or confined.

    Elsewhere is what `is_own` denies of an address; confined, they make it call no connector but the practice one.
    """
    blueprint = Blueprint("practice_superoffice", __name__, url_prefix=PATH)

    @blueprint.before_request
    def _judge() -> Response | None:
        request.max_content_length = MAX_REQUEST_BYTES
        if not is_open and not is_own(request.remote_addr or ""):
            return Response(_NOT_OPEN, status=403, content_type="text/plain; charset=utf-8")
        return None

    @blueprint.get("/api/state/<name>")
    def state(name: str) -> Response:
        return jsonify(state_page(tenant.behaviour, _base(), name))

    @blueprint.get("/login/.well-known/openid-configuration")
    def discovery() -> Response:
        return jsonify(sign_in.discovery(_base()))

    @blueprint.get("/login/.well-known/jwks")
    def jwks() -> Response:
        return jsonify(sign_in.jwks(tenant))

    @blueprint.post("/login/<name>/oauth/tokens")
    def tokens(name: str) -> Response:
        header = request.headers.get("Authorization", "")
        return _oauth(lambda: sign_in.exchange(tenant, _base(), request.form, header))

    @blueprint.post("/login/<name>/oauth/Revoke")
    @blueprint.post("/login/<name>/oauth/revoke")
    def revoke(name: str) -> Response:
        header = request.headers.get("Authorization", "")
        return _oauth(lambda: sign_in.revoke(tenant, request.form, header))

    @blueprint.route(f"/{TENANT}/api", methods=["GET"], strict_slashes=False)
    @blueprint.route(f"/online<int:number>/{TENANT}/api", methods=["GET"], strict_slashes=False)
    @blueprint.route(f"/{TENANT}/api/<path:rest>", methods=["GET", "POST"])
    @blueprint.route(f"/online<int:number>/{TENANT}/api/<path:rest>", methods=["GET", "POST"])
    def serve(number: int = 0, rest: str = "") -> Response:
        here = tenant if is_own(request.remote_addr or "") else confined(tenant)
        if not _answering.acquire(timeout=PATIENCE_SECONDS):
            return Response(status=503)
        try:
            return api.answer(here, number, rest, _base())
        finally:
            _answering.release()

    return blueprint


def confined(tenant: Tenant) -> Tenant:
    """The tenant for callers from elsewhere, who may not make it call whatever this machine reaches."""
    return replace(tenant, connectors=replace(tenant.connectors, is_confined=True))


def create_consent(tenant: Tenant, show_page: Callable[[str], AnyResponse]) -> Blueprint:
    """The page to which the browser is sent to sign in. `show_page` shows it, or the reason why it cannot be shown."""
    blueprint = Blueprint("practice_consent", __name__, url_prefix=PATH)

    @blueprint.route("/login/<name>/oauth/authorize", methods=["GET", "POST"])
    def authorize(name: str) -> AnyResponse:
        try:
            asked = sign_in.read_request(request.args, request.host, name)
        except sign_in.NoSignIn as error:
            return show_page(str(error))
        if request.method == "GET" and tenant.behaviour.asks_consent and not tenant.behaviour.consent_error:
            return show_page("")
        return redirect(sign_in.consent(tenant, asked, request.form), 303)

    return blueprint


def _base() -> str:
    """The address of this server as the caller has it."""
    return request.host_url.rstrip("/") + PATH


def _oauth(answer: Callable[[], dict[str, Any] | None]) -> Response:
    try:
        response = jsonify(answer() or {})
    except sign_in.TokenError as error:
        response = jsonify({"error": str(error)})
        response.status_code = 401 if str(error) == "invalid_client" else 400
    response.headers["Cache-Control"] = "no-store"
    return response
