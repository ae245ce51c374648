"""Rate limits, as decorators of views. Requests are counted by IPv4 address or by the network of an IPv6 address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, request
from limits import parse
from werkzeug.wrappers import Response

from wizard.domain.source import network_of
from wizard.extensions import limiter
from wizard.services.accounts.second_factor import looks_like_recovery_code
from wizard.services.source import source_address
from wizard.web.access.known_browser import known_browser_id, username_hash
from wizard.web.access.sessions import half_session_account_id, session_account_id

View = Callable[..., Response]

_REFUSED_FORMS = parse("60 per minute")
_JUDGED_PASSWORDS = parse("60 per minute")


def client_network() -> str:
    """What anonymous requests are counted by."""
    return network_of(source_address())


limit_login_links = limiter.limit("20 per minute", key_func=client_network)
limit_checks = limiter.limit("60 per minute", key_func=lambda: f"checks of {session_account_id()}")
"""For each account, from wherever it signed in: a check calls an address that the account has chosen."""
limit_password_changes = limiter.limit(
    "10 per 5 minutes", key_func=lambda: f"account {session_account_id()}", methods=["POST"]
)


def limit_sign_ins(view: View) -> View:
    """Limits failed attempts by user name, and more strictly by user name and address.

    Whoever guesses passwords thus locks out their own address long before the account's owner. From many addresses
    they reach the limit of the user name; a browser in which the owner signed in before is counted by itself then.
    """
    failures: dict[str, Any] = {"methods": ["POST"], "deduct_when": _has_failed}
    by_name = limiter.limit("100 per hour", key_func=_username_or_browser, **failures)
    by_name_and_address = limiter.limit("10 per 5 minutes; 30 per hour", key_func=_username_and_address, **failures)
    by_address = limiter.limit("20 per minute", key_func=client_network, methods=["POST"])
    limited: View = by_address(by_name_and_address(by_name(view)))
    return limited


def has_refused_too_many() -> bool:
    """Whether this client has sent more forms without a valid token than somebody does by mistake."""
    return limiter.enabled and not limiter.limiter.test(_REFUSED_FORMS, "refused forms", client_network())


def count_refused_form() -> None:
    if limiter.enabled:
        limiter.limiter.hit(_REFUSED_FORMS, "refused forms", client_network())


def may_judge_password() -> bool:
    """Whether a password may be judged while it is typed: for each session, else for each address."""
    if not limiter.enabled:
        return True
    return limiter.limiter.hit(_JUDGED_PASSWORDS, "judged passwords", str(session_account_id() or client_network()))


def _username() -> str:
    """Hashed, because keys are logged and a password may have been typed into this field."""
    return "login " + username_hash(request.form.get("username", ""))


def _username_or_browser() -> str:
    known = known_browser_id(request.form.get("username", ""))
    return f"known browser {known}" if known else _username()


def _username_and_address() -> str:
    return f"{_username_or_browser()} from {client_network()}"


def _has_failed(response: Response) -> bool:
    return response.status_code == 422


def limit_second_steps(view: View) -> View:
    """Limits wrong codes of an app by account, from wherever they come: whoever enters them has the password.

    Passkeys and recovery codes are not limited with them, so that the account's owner is not shut out.
    """
    by_account = limiter.limit(
        "10 per 5 minutes; 20 per hour; 60 per day",
        key_func=lambda: f"second step of {half_session_account_id()}",
        methods=["POST"],
        exempt_when=_cannot_be_guessed,
        deduct_when=_has_failed,
    )
    limited: View = limiter.limit("20 per minute", key_func=client_network, methods=["POST"])(by_account(view))
    return limited


def limit_confirmations(view: View) -> View:
    """Limits failed attempts to confirm sensitive acts, all of an account together."""
    limited: View = limiter.shared_limit(
        "10 per 5 minutes; 30 per hour",
        scope="confirmations",
        key_func=lambda: f"account {session_account_id()}",
        methods=["POST"],
        exempt_when=lambda: "confirm_password" not in request.form,
        deduct_when=lambda _: bool(g.get("confirmation_failed")),
    )(view)
    return limited


def _cannot_be_guessed() -> bool:
    return bool(request.form.get("credential")) or looks_like_recovery_code(request.form.get("code", ""))
