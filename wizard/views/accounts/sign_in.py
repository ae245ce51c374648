"""Signing in with a password or a one-time link, and signing out."""

from __future__ import annotations

import time
from hashlib import sha256

from flask import Blueprint, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.extensions import db
from wizard.forms import FirstAccountForm, LoginForm, NewPassword
from wizard.messages import zoned_moment
from wizard.models import Account, LoginLink
from wizard.services.accounts import (
    any_account,
    authenticate,
    create_first_account,
    end_session,
    find_login_link,
    reset_password,
)
from wizard.services.accounts.second_factor import has_second_factor, must_set_up
from wizard.web import (
    HALF_SESSION,
    MUST_SET_UP,
    close_session,
    current_session,
    limit_login_links,
    limit_sign_ins,
    local_path,
    mark_confirmed,
    open_session,
    remember_browser,
    render,
)

blueprint = Blueprint("sign_in", __name__)


@blueprint.route("/login", methods=["GET", "POST"])
@limit_sign_ins
def login() -> Response:
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(_next_url(), 303)
    form = LoginForm()
    if request.method == "GET" and not any_account():
        return render("accounts/first.html")
    if form.validate_on_submit():
        account = authenticate(form.username.data, form.password.data)
        if account is not None:
            return continue_sign_in(account)
        form.form_errors.append(_("The user name or password is wrong."))
    return render("accounts/login.html", status=422 if form.errors else 200, form=form)


@blueprint.post("/logout")
def logout() -> Response:
    end_session(current_user, current_session().id)
    close_session()
    return redirect(url_for(".login"), 303)


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@limit_login_links
def welcome(token: str) -> Response:
    """A one-time link: it creates the first administrator, or sets the password of its account."""
    link = find_login_link(token)
    if link is None:
        return _link_ended()
    if link.account_id is None:
        return _create_first_account(link)
    account = db.session.get(Account, link.account_id)
    return _set_password(link, account) if account is not None and account.is_active else _link_ended()


def _link_ended() -> Response:
    return render("accounts/link_ended.html", status=404, first=not any_account())


def _create_first_account(link: LoginLink) -> Response:
    form = FirstAccountForm()
    if form.validate_on_submit():
        return start_session(create_first_account(link, form.name.data, form.username.data, form.password.data))
    context = {"form": form, "until": zoned_moment(link.expires_at)}
    return render("accounts/welcome.html", status=422 if form.errors else 200, **context)


def _set_password(link: LoginLink, account: Account) -> Response:
    form = NewPassword()
    form.own_words = account.username, account.name
    if form.validate_on_submit():
        reset_password(account, link, form.password.data)
        return continue_sign_in(account, shows_notices=False)
    context = {"form": form, "account": account, "until": zoned_moment(link.expires_at)}
    return render("accounts/new_password.html", status=422 if form.errors else 200, **context)


def continue_sign_in(account: Account, *, shows_notices: bool = True) -> Response:
    """Starts a session for who has given the right password, or asks for the second factor first."""
    if not has_second_factor(account):
        return start_session(account, shows_notices=shows_notices)
    half = {"account": account.id, "key": half_session_key(account), "since": round(time.time()), "next": _next_url()}
    session.clear()
    session[HALF_SESSION] = half
    return redirect(url_for("second_step.show"), 303)


def half_session_key(account: Account) -> str:
    """Ends the half session when the password changes."""
    return sha256(account.password_hash.encode()).hexdigest()[:16]


def start_session(account: Account, back: str | None = None, *, shows_notices: bool = True) -> Response:
    """Signs in with a new session, and leads to where the browser was going, or to the set-up that is needed first."""
    back = back or _next_url()
    open_session(account, shows_notices=shows_notices)
    mark_confirmed()
    if must_set_up(account):
        session[MUST_SET_UP] = back
        back = url_for("second_factor.show")
    response = redirect(back, 303)
    remember_browser(response, account)
    return response


def _next_url() -> str:
    return local_path(request.values.get("next")) or url_for("home.show")
