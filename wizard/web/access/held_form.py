"""Keeps a form that was sent when its session had ended: the page that says so has it encrypted, and sends it again."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from wizard.errors import DecryptionError
from wizard.web.htmx import render

FIELD = "held"
NOT_HELD = {"csrf_token", FIELD}
NOT_TYPED = {*NOT_HELD, "action", "base", "page", "typed_at", "version"}


def register(app: Flask) -> None:
    """Has to come before whatever reads the form."""
    app.before_request(_release)


def can_be_held() -> bool:
    """Whether a page of this application sends what was typed: what another site sends is not to be sent again."""
    site = request.headers.get("Sec-Fetch-Site")
    own = site == "same-origin" if site else urlsplit(request.headers.get("Origin", "")).netloc in ("", request.host)
    typed = any(text for name, text in request.form.items(multi=True) if name not in NOT_TYPED)
    return request.method == "POST" and own and typed and not request.files


def held_page() -> Response:
    """Says that the session has ended, and has a button that sends the form again."""
    signed_in = current_user.is_authenticated
    return render(
        "errors/held.html",
        status=400 if signed_in else 401,
        title=_("You are signed in again") if signed_in else _("Your session has ended"),
        signed_in=signed_in,
        path=request.full_path.rstrip("?"),
        held=_hold(),
    )


def _hold() -> str:
    """The form as it was sent, with where: it may have passwords in it, so that only this instance can read it."""
    rows = [[name, text] for name, text in request.form.items(multi=True) if name not in NOT_HELD]
    token: bytes = current_app.extensions["keyring"].encrypt(json.dumps(rows).encode(), _context())
    return token.decode()


def _release() -> None:
    """Puts a form that was held in the place of the one that brings it."""
    if request.method != "POST" or FIELD not in request.form:
        return
    rest = [(name, text) for name, text in request.form.items(multi=True) if name != FIELD]
    request.form = ImmutableMultiDict([*_read(request.form[FIELD]), *rest])


def _read(token: str) -> list[tuple[str, str]]:
    """The form that was held, if it was sent to this address; nothing for anything else."""
    try:
        rows = json.loads(current_app.extensions["keyring"].decrypt(token.encode(), _context()))
    except DecryptionError:
        return []
    return [(name, text) for name, text in rows]


def _context() -> str:
    return f"held form of {request.path}"
