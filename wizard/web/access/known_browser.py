"""Recognises a browser that signed in before, by a signed cookie, so that others who guess do not shut it out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from wizard.domain.source import network_of
from wizard.models import Account
from wizard.models.columns import name_key
from wizard.services.source import source_address
from wizard.web.cookies import read_cookie, set_cookie

COOKIE = "browser"
LIFETIME_SECONDS = 365 * 86400
MAX_ACCOUNTS = 5


@dataclass(frozen=True)
class KnownBrowser:
    """A random id, and for each account that signed in with it the network where it did so last."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    networks: dict[str, str] = field(default_factory=dict)


def username_hash(username: str) -> str:
    """What stands for a user name in keys and cookies: a password may have been typed into its field."""
    return sha256(name_key(username).encode()).hexdigest()


def is_known_browser() -> bool:
    """Whether some account signed in with this browser before."""
    return _read() is not None


def known_browser_id(username: str) -> str | None:
    """The id of this browser if the account with this user name signed in with it before."""
    browser = _read()
    return browser.id if browser is not None and username_hash(username) in browser.networks else None


def is_usual_source(account: Account) -> bool:
    """Whether the account signed in with this browser before, and from this network the last time."""
    browser = _read()
    network = browser.networks.get(username_hash(account.username)) if browser else None
    return network == _network()


def remember_browser(response: Response, account: Account) -> None:
    """Sets the cookie, with a new id: one that was copied before counts by itself."""
    before = _read()
    networks = dict(before.networks) if before else {}
    key = username_hash(account.username)
    networks.pop(key, None)
    latest = list(networks.items())[1 - MAX_ACCOUNTS :]
    browser = KnownBrowser(networks=dict([*latest, (key, _network())]))
    value = _serializer().dumps({"id": browser.id, "networks": browser.networks})
    set_cookie(response, COOKIE, str(value), LIFETIME_SECONDS)


def _network() -> str:
    return network_of(source_address())


def _read() -> KnownBrowser | None:
    try:
        values: Any = _serializer().loads(read_cookie(COOKIE) or "")
    except BadSignature:
        return None
    return KnownBrowser(**values)


def _serializer() -> URLSafeTimedSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="known browser")
