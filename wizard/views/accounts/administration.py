"""The accounts of others, for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.accounts import Role
from wizard.errors import InvalidInput, StaleVersion
from wizard.forms import AccountForm, NewAccountForm, PolicyForm
from wizard.messages import moment, role_name
from wizard.models import Account, RequiredFor
from wizard.services.accounts import (
    add_account,
    change_account,
    end_sessions,
    find_account,
    list_accounts,
    make_login_link,
)
from wizard.services.accounts.second_factor import (
    SecondFactor,
    has_second_factor,
    list_second_factors,
    required_for,
    reset_second_factor,
    set_policy,
)
from wizard.views.accounts.confirm import needs_fresh_sign_in
from wizard.views.checks.receipt_view import capitalised
from wizard.web import Action, RowAction, actions_of, public_url, render

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


@dataclass(frozen=True)
class AccountRow:
    name: str
    username: str
    role: str
    disabled: bool
    second_factor: str
    last_login: str
    actions: Sequence[Action]


@blueprint.get("/")
def show() -> Response:
    factors = list_second_factors()
    rows = [_row(account, factors.get(account.id, SecondFactor())) for account in list_accounts()]
    return render("accounts/list.html", accounts=rows, required_for=required_for())


def _row(account: Account, factor: SecondFactor) -> AccountRow:
    actions = [RowAction(_("Edit"), "accounts.edit", posts=False)]
    return AccountRow(
        name=account.name,
        username=account.username,
        role=role_name(account.role),
        disabled=not account.is_active,
        second_factor=_second_factor_text(factor),
        last_login=capitalised(moment(account.last_login_at)) if account.last_login_at else _("Never"),
        actions=actions_of(actions, account_id=account.id),
    )


def _second_factor_text(factor: SecondFactor) -> str:
    number = len(factor.passkeys)
    passkeys = ngettext("%(num)s passkey", "%(num)s passkeys", number) if number else ""
    return ", ".join(filter(None, [_("Authenticator app") if factor.app_since else "", passkeys])) or _("None")


@blueprint.post("/second-factor")
@needs_fresh_sign_in("POST")
def require_second_factor() -> Response:
    """Chooses who has to have a second factor."""
    form = PolicyForm()
    if form.validate_on_submit():
        set_policy(current_user, RequiredFor(form.second_factor.data))
        flash(_("Saved. It holds from the next sign-in of each account."), "ok")
    return redirect(url_for(".show"), 303)


@blueprint.route("/new", methods=["GET", "POST"])
@needs_fresh_sign_in("POST")
def new() -> Response:
    form = NewAccountForm(role=Role.READER)
    if form.validate_on_submit():
        try:
            account = add_account(current_user, form.name.data, form.username.data, Role(form.role.data))
        except InvalidInput:
            form.username.errors = [_("Another account has this user name.")]
        else:
            return _link_page(account)
    return _form_page(form, _("Add an account"))


@blueprint.route("/<int:account_id>", methods=["GET", "POST"])
@needs_fresh_sign_in("POST")
def edit(account_id: int) -> Response:
    account = find_account(account_id)
    form = AccountForm(**_values_of(account)) if request.method == "GET" else AccountForm()
    theirs = None
    if form.validate_on_submit():
        role, disabled = Role(form.role.data), form.disabled.data
        try:
            change_account(current_user, account, form.version.data, form.name.data, role, disabled=disabled)
        except InvalidInput:
            form.role.errors = [_("Nobody else could manage accounts then. Make somebody else an administrator first.")]
        except StaleVersion:
            theirs, form.version.data = _describe(account), account.version
        else:
            flash(_("%(name)s is saved.", name=account.name), "ok")
            return redirect(url_for(".show"), 303)
    return _form_page(form, account.name, account, theirs)


@blueprint.post("/<int:account_id>/link")
@needs_fresh_sign_in("POST")
def link(account_id: int) -> Response:
    """Makes a one-time link that sets a new password."""
    return _link_page(find_account(account_id))


@blueprint.post("/<int:account_id>/second-factor/reset")
@needs_fresh_sign_in("POST")
def reset_factor(account_id: int) -> Response:
    """For who has lost the second factor and the recovery codes."""
    account = find_account(account_id)
    reset_second_factor(current_user, account)
    flash(_("%(name)s has no second factor now and is signed out everywhere.", name=account.name), "ok")
    return redirect(url_for(".show"), 303)


@blueprint.post("/<int:account_id>/sign-out")
@needs_fresh_sign_in("POST")
def sign_out(account_id: int) -> Response:
    account = find_account(account_id)
    end_sessions(current_user, account)
    flash(_("%(name)s is signed out everywhere.", name=account.name), "ok")
    return redirect(url_for(".show"), 303)


def _form_page(form: AccountForm, title: str, account: Account | None = None, theirs: str | None = None) -> Response:
    status = 409 if theirs else 422 if form.errors else 200
    has_factor = account is not None and has_second_factor(account)
    context = {"form": form, "title": title, "account": account, "theirs": theirs, "has_second_factor": has_factor}
    return render("accounts/form.html", status=status, **context)


def _link_page(account: Account) -> Response:
    """The only page that shows the link, of which only a hash is stored."""
    token = make_login_link(account, by=current_user)
    url = public_url("sign_in.welcome", token=token)
    return render("accounts/link.html", account=account, link=url)


def _values_of(account: Account) -> dict[str, object]:
    disabled = account.disabled_at is not None
    return {"name": account.name, "role": account.role, "disabled": disabled, "version": account.version}


def _describe(account: Account) -> str:
    return ", ".join([account.name, role_name(account.role), *([] if account.is_active else [_("Disabled")])])
