"""Visitors: whoever opens pages with a browser."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.factories.pages import form_fields
from wizard.web.access.sessions import CookieSessions


class Visitor:
    """Somebody at a browser: forms are sent with the token that their page has."""

    def __init__(self, app: Flask, client: FlaskClient, language: str = "en") -> None:
        self.app = app
        self.client = client
        self.language = language

    def get(self, url: str, **options: Any) -> TestResponse:
        return self.client.get(url, headers=self._headers(), **options)

    def htmx(self, url: str) -> TestResponse:
        return self.client.get(url, headers=self._headers() | {"HX-Request": "true"})

    def post(self, url: str, form: dict[str, Any] | None = None, *, htmx: bool = False, **options: Any) -> TestResponse:
        headers = self._headers() | ({"HX-Request": "true"} if htmx else {})
        token = {"csrf_token": self.token}
        return self.client.post(url, data={**(form or {}), **token}, headers=headers, **options)

    def send(self, page: str, form: dict[str, Any], *, to: str | None = None) -> TestResponse:
        """Opens a page, fills in some of its fields and sends all of them, as a browser does; follows a redirect."""
        fields = form_fields(self.get(page).text) | form
        return self.post(to or page, fields, follow_redirects=True)

    @property
    def token(self) -> str:
        """What the forms of every page of this visitor's session have; a page is opened if the session has none yet."""
        if known := self._session().get("csrf_token"):
            return str(URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(known))
        page = self.get("/language").text
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]

    def _session(self) -> dict[str, Any]:
        """What the session cookie has, if it can be read."""
        cookie = self.client.get_cookie("session")
        try:
            return CookieSessions().get_signing_serializer(self.app).loads(cookie.value if cookie else "")
        except BadSignature:
            return {}

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language}
