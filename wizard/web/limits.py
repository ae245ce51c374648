"""Rate limits, as decorators of views."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import request
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response

from wizard.extensions import limiter
from wizard.models.columns import name_key
from wizard.web.sessions import session_account_id

View = Callable[..., Response]

limit_login_links = limiter.limit("20 per minute")
limit_checks = limiter.limit("60 per minute", key_func=lambda: f"checks of {session_account_id()}")
"""For each account, from wherever it signed in: a check calls an address that the account has chosen."""
limit_password_changes = limiter.limit(
    "10 per 5 minutes", key_func=lambda: f"account {session_account_id()}", methods=["POST"]
)


def limit_sign_ins(view: View) -> View:
    """Limits failed attempts by user name, and more strictly by user name and address.

    Whoever guesses passwords thus locks out their own address long before the account's owner.
    """
    failures: dict[str, Any] = {"methods": ["POST"], "deduct_when": _has_failed}
    by_name = limiter.limit("100 per hour", key_func=_username, **failures)
    by_name_and_address = limiter.limit("10 per 5 minutes; 30 per hour", key_func=_username_and_address, **failures)
    by_address = limiter.limit("20 per minute", methods=["POST"])
    limited: View = by_address(by_name_and_address(by_name(view)))
    return limited


def _username() -> str:
    """Hashed, because keys are logged and a password may have been typed into this field."""
    return "login " + sha256(name_key(request.form.get("username", "")).encode()).hexdigest()


def _username_and_address() -> str:
    return f"{_username()} from {get_remote_address()}"


def _has_failed(response: Response) -> bool:
    return response.status_code == 422
