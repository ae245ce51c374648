"""Signing in and out, one's own account, the language."""

from __future__ import annotations

import time
from hashlib import sha256

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from wizard.errors import InvalidInput
from wizard.extensions import db, limiter, login_manager
from wizard.forms.accounts import ChangePasswordForm, FirstAccountForm, LoginForm, NewPassword
from wizard.languages import LANGUAGES
from wizard.messages import moment
from wizard.models import Account
from wizard.models.columns import name_key
from wizard.services.accounts import manage as accounts
from wizard.services.accounts.login_links import any_account, find_login_link
from wizard.web.htmx import own_path, page_asked_from, render
from wizard.web.language import COOKIE
from wizard.web.security import signed_in_as

blueprint = Blueprint("account", __name__)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(session_id: str) -> Account | None:
    account_id, _, key = session_id.partition(".")
    account = db.session.get(Account, int(account_id)) if account_id.isdecimal() else None
    return account if account is not None and account.session_key == key else None


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@limiter.limit("20 per minute")
def welcome(token: str) -> Response:
    """Where a one-time link leads: the first administrator, or a new password."""
    link = find_login_link(token)
    account = db.session.get(Account, link.account_id) if link is not None and link.account_id else None
    if link is None or (account is not None and not account.is_active):
        return render("accounts/link_ended.html", status=404, first=not any_account())
    if account is not None:
        form = NewPassword()
        if form.validate_on_submit():
            accounts.reset_password(account, form.password.data)
            return _enter(account)
        context = {"form": form, "account": account, "until": moment(link.expires_at)}
        return render("accounts/new_password.html", status=422 if form.errors else 200, **context)
    first = FirstAccountForm()
    if first.validate_on_submit():
        made = accounts.create_first_account(link, first.name.data, first.username.data, first.password.data)
        return _enter(made)
    context = {"form": first, "until": moment(link.expires_at)}
    return render("accounts/welcome.html", status=422 if first.errors else 200, **context)


def _name_typed() -> str:
    """Hashed: it is logged, and a password may have been typed there."""
    return "login " + sha256(name_key(request.form.get("username", "")).encode()).hexdigest()


def _name_and_address() -> str:
    """Whoever guesses shuts out themselves, not the person whose name they use."""
    return f"{_name_typed()} from {get_remote_address()}"


def _has_failed(answer: Response) -> bool:
    return answer.status_code == 422


@blueprint.route("/login", methods=["GET", "POST"])
@limiter.limit("20 per minute", methods=["POST"])
@limiter.limit("10 per 5 minutes; 30 per hour", key_func=_name_and_address, methods=["POST"], deduct_when=_has_failed)
@limiter.limit("100 per hour", key_func=_name_typed, methods=["POST"], deduct_when=_has_failed)
def login() -> Response:
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(_next(), 303)
    form = LoginForm()
    if not form.validate_on_submit():
        return render("accounts/login.html", status=422 if form.errors else 200, form=form)
    account = accounts.sign_in(form.username.data, form.password.data)
    if account is None:
        form.form_errors.append(_("The user name or password is wrong."))
        return render("accounts/login.html", status=422, form=form)
    return _enter(account)


def _enter(account: Account) -> Response:
    """A session of its own for each login."""
    session.clear()
    login_user(account)
    session.permanent = True
    session["since"] = round(time.time())
    return redirect(_next(), 303)


def _next() -> str:
    return own_path(request.values.get("next")) or url_for("home.show")


@blueprint.post("/logout")
def logout() -> Response:
    accounts.end_sessions(current_user, current_user)
    logout_user()
    session.clear()
    return redirect(url_for("account.login"), 303)


@blueprint.route("/account", methods=["GET", "POST"])
@limiter.limit("10 per 5 minutes", key_func=lambda: f"account {signed_in_as()}", methods=["POST"])
def show() -> Response:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            accounts.change_password(current_user, form.current.data, form.password.data)
        except InvalidInput:
            form.current.errors = [_("This is not your current password.")]
        else:
            _enter(current_user)
            flash(_("Your password is changed. Other sessions of yours have ended."), "ok")
            return redirect(url_for("account.show"), 303)
    return render("accounts/own.html", status=422 if form.errors else 200, form=form, section="account")


@blueprint.route("/language", methods=["GET", "POST"])
def language() -> Response:
    """Chooses a language; it is kept with the account, or in a cookie before signing in."""
    back = own_path(request.values.get("next")) or page_asked_from() or url_for("home.show")
    chosen = request.form.get("language", "")
    if request.method != "POST" or chosen not in LANGUAGES:
        return render("accounts/language.html", languages=LANGUAGES, back=back)
    if current_user.is_authenticated:
        accounts.set_language(current_user, chosen)
    response = redirect(back, 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(COOKIE, chosen, max_age=31536000, samesite="Lax", httponly=True, secure=secure)
    return response
