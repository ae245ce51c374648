"""The session of this browser: its cookie, its row, and the account that it belongs to."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response, current_app, g, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import login_user, logout_user
from itsdangerous import BadSignature

from wizard.errors import KeysUnavailable
from wizard.extensions import htmx, login_manager
from wizard.messages import notice_source, notice_title
from wizard.models import Account, AccountSession
from wizard.models.database import DatabaseUnavailable
from wizard.security import KeyRing
from wizard.services.accounts import MAX_CLOCK_SKEW, begin_session, find_session, list_notices
from wizard.web.access.known_browser import is_usual_source
from wizard.web.flashes import shorten_flashes

_HAS_NOTICES = "notices"
MAX_COOKIE_LENGTH = 3_800
"""Of its value; browsers keep 4,096 bytes with the name."""
HALF_SESSION_SECONDS = 600
HALF_SESSION = "half"
"""Who has given the right password in this session, and not the second factor yet."""
MUST_SET_UP = "must_set_up"
"""Where this session goes on after its account has set up a second factor, before which it may do nothing else."""


class CookieSessions(SecureCookieSessionInterface):
    """Flask's own, with the present keys, and with patience for cookies of a clock that is ahead of this one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        keyring: KeyRing = app.extensions["keyring"]
        with suppress(KeysUnavailable, DatabaseUnavailable):  # web/error_pages.py renders it
            keyring.refresh()
        app.config.update(session_secrets(keyring))
        serializer = self.get_signing_serializer(app)
        cookie = request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not cookie:
            return self.session_class()
        try:
            values, signed_at = serializer.loads(cookie, return_timestamp=True)
        except BadSignature:
            return self.session_class()
        age = timedelta(seconds=time.time() - signed_at.timestamp())
        is_alive = -MAX_CLOCK_SKEW <= age <= app.permanent_session_lifetime
        return self.session_class(values if is_alive else None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Sets the cookie, but not with a fragment for a stranger: it may arrive after a sign-in, and would undo it."""
        if g.get("account_session") or not htmx:
            shorten_flashes(lambda: self._length(app, session) > MAX_COOKIE_LENGTH)
            super().save_session(app, session, response)

    def _length(self, app: Flask, session: SessionMixin) -> int:
        serializer = self.get_signing_serializer(app)
        return len(serializer.dumps(dict(session))) if serializer else 0


def session_secrets(keyring: KeyRing) -> dict[str, object]:
    """Flask's settings for what signs its cookies."""
    secret, *fallbacks = keyring.session_secrets()
    return {"SECRET_KEY": secret, "SECRET_KEY_FALLBACKS": fallbacks}


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load_account(session_id: str) -> Account | None:
    """The account of a session cookie, unless the session has ended."""
    account_id, _, token = session_id.partition(".")
    found = find_session(int(account_id), token) if account_id.isdecimal() else None
    g.account_session = found[1] if found else None
    return found[0] if found else None


def current_session() -> AccountSession:
    """The row of this browser's session; only where somebody is signed in."""
    row: AccountSession = g.account_session
    return row


def open_session(account: Account, *, shows_notices: bool = True) -> None:
    """Signs in with a new session, so that one that was planted before is worth nothing.

    It has its CSRF token from the start: two requests that overlap would each make one, and only one of them stay.
    """
    session.clear()
    session[current_app.config["WTF_CSRF_FIELD_NAME"]] = secrets.token_hex()
    row, token = begin_session(account, is_usual=is_usual_source(account), shows_notices=shows_notices)
    login_user(account)
    g.account_session = row
    session["_user_id"] = f"{account.id}.{token}"
    if list_notices(row):
        session[_HAS_NOTICES] = True  # so that other sessions do not ask the database
    session.permanent = True


def session_notices() -> list[tuple[str, str]]:
    """What happened to the account before this session, as title and source, until it is dismissed."""
    if _HAS_NOTICES not in session:
        return []
    return [(notice_title(each), notice_source(each)) for each in list_notices(current_session())]


def forget_notices() -> None:
    session.pop(_HAS_NOTICES, None)


def mark_confirmed() -> None:
    """Notes that whoever uses this session has just proved to be its account's owner."""
    session["confirmed_at"] = round(time.time())


def is_confirmed() -> bool:
    """Whether that was a short while ago."""
    age = time.time() - session.get("confirmed_at", 0)
    return bool(age < current_app.config["SETTINGS"].fresh_minutes * 60)


def half_session() -> dict[str, Any] | None:
    """What a sign-in has kept for its second step: the account's id and password key, the time, and where to go."""
    half: dict[str, Any] | None = session.get(HALF_SESSION)
    return half if half and time.time() - half["since"] < HALF_SESSION_SECONDS else None


def half_session_account_id() -> int | None:
    half = half_session()
    return half["account"] if half else None


def close_session() -> None:
    """Forgets the session in this browser."""
    logout_user()
    session.clear()


def session_account_id() -> int | None:
    """The id of the account in the session cookie, without a query. Nothing else of a session may be logged."""
    account_id = str(session.get("_user_id", "")).partition(".")[0]
    return int(account_id) if account_id.isdecimal() else None
