"""The second step of signing in: a code of an authenticator app, a passkey or a recovery code."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.extensions import db
from wizard.forms import CodeForm
from wizard.models import Account
from wizard.services.accounts import complete_sign_in
from wizard.services.accounts.second_factor import authentication_options, second_factor_of, verify_second_factor
from wizard.views.accounts.answers import flash_codes_left, wrong_answer_text
from wizard.views.accounts.relying_party import allows_passkeys, relying_party
from wizard.views.accounts.sign_in import half_session_key, start_session
from wizard.web import half_session, limit_second_steps, render

blueprint = Blueprint("second_step", __name__)


@blueprint.route("/login/second-step", methods=["GET", "POST"])
@limit_second_steps
def show() -> Response:
    account = _account_of_half_session()
    if account is None:
        return redirect(url_for("sign_in.login", ended=None if current_user.is_authenticated else 1), 303)
    form = CodeForm()
    if form.validate_on_submit():
        credential = form.credential.data or ""
        answer = verify_second_factor(account, form.code.data or "", credential, relying_party())
        if answer.is_right:
            back = (half_session() or {}).get("next")
            complete_sign_in(account)
            response = start_session(account, back)
            flash_codes_left(answer)
            return response
        form.code.errors = [wrong_answer_text(answer, by_passkey=bool(credential))]
    return _page(account, form)


def _page(account: Account, form: CodeForm) -> Response:
    factor = second_factor_of(account)
    return render(
        "accounts/second_step.html",
        status=422 if form.errors else 200,
        form=form,
        has_app=factor.app_since is not None,
        has_passkeys=allows_passkeys() and bool(factor.passkeys_at(relying_party().id)),
        recovery="recovery" in request.args,
    )


@blueprint.post("/login/passkey")
@limit_second_steps
def options() -> Response:
    """The challenge for a passkey, of a sign-in or of an act to confirm."""
    account = current_user if current_user.is_authenticated else _account_of_half_session()
    if account is None:
        abort(401)
    return json_response(authentication_options(account, relying_party()))


def json_response(text: str) -> Response:
    response: Response = make_response(text)
    response.mimetype = "application/json"
    return response


def _account_of_half_session() -> Account | None:
    """The account whose password was right in this session, unless that has changed since."""
    half = half_session()
    account = db.session.get(Account, half["account"]) if half else None
    return account if account is not None and half is not None and _is_valid(account, half["key"]) else None


def _is_valid(account: Account, key: str) -> bool:
    return account.is_active and half_session_key(account) == key
