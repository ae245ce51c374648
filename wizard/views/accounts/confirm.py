"""Asks to sign in again before a sensitive act, and goes on with it: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.forms import ConfirmForm
from wizard.services.accounts import is_password_of
from wizard.services.accounts.second_factor import second_factor_of, verify_second_factor
from wizard.views.accounts.answers import flash_codes_left, wrong_answer_text
from wizard.views.accounts.relying_party import allows_passkeys, relying_party
from wizard.web import is_confirmed, limit_confirmations, mark_confirmed, render

View = Callable[..., Response]
PREFIX = "confirm_"
OPENED = "confirm_opens"
"""Sent where the page was opened, not sent: a browser opens it then."""


def needs_fresh_sign_in(*methods: str) -> Callable[[View], View]:
    """Has the view ask for password and second factor when the last time is too long ago, for these methods only.

    The page that asks has the fields of the form that was sent, and sends them with it to the same address.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Response:
            return view(**arguments) if _may_go_on(methods) else _ask(view, arguments)

        return limit_confirmations(guarded)

    return decorate


def _may_go_on(methods: tuple[str, ...]) -> bool:
    is_confirmation = "confirm_password" in request.form
    return (request.method not in methods and not is_confirmation) or (is_confirmed() and OPENED not in request.form)


def _ask(view: View, arguments: dict[str, Any]) -> Response:
    if is_confirmed():
        return _open()
    form = ConfirmForm()
    if "confirm_password" not in request.form:
        form = ConfirmForm(formdata=None)
    elif form.validate() and _is_confirmed(form):
        mark_confirmed()
        return _open() if OPENED in request.form else view(**arguments)
    g.confirmation_failed = bool(form.errors)
    factor = second_factor_of(current_user)
    return render(
        "accounts/confirm.html",
        status=422 if form.errors else 200,
        form=form,
        kept=_kept_fields(),
        asks_code=bool(factor),
        has_passkeys=allows_passkeys() and bool(factor.passkeys_at(relying_party().id)),
    )


def _open() -> Response:
    return redirect(request.full_path.rstrip("?"), 303)


def _is_confirmed(form: ConfirmForm) -> bool:
    if not is_password_of(current_user, form.confirm_password.data):
        form.confirm_password.errors = [_("This is not your password.")]
        return False
    if not second_factor_of(current_user):
        return True
    credential = form.confirm_credential.data or ""
    answer = verify_second_factor(current_user, form.confirm_code.data or "", credential, relying_party())
    if not answer.is_right:
        form.confirm_code.errors = [wrong_answer_text(answer, by_passkey=bool(credential))]
        return False
    flash_codes_left(answer)
    return True


def _kept_fields() -> list[tuple[str, str]]:
    """The fields of the form that was sent."""
    if request.method != "POST":
        return [(OPENED, "1")]
    own = (f"{PREFIX}password", f"{PREFIX}code", f"{PREFIX}credential", "csrf_token")
    return [(name, text) for name, text in request.form.items(multi=True) if name not in own]
