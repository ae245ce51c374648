"""One's own second factor: an authenticator app, passkeys, recovery codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from flask import Blueprint, abort, flash, make_response, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from pyotp import TOTP
from werkzeug.wrappers import Response

from wizard.errors import InvalidInput
from wizard.forms import CodeForm, PasskeyForm
from wizard.messages import moment
from wizard.models import Passkey
from wizard.services.accounts import end_other_sessions
from wizard.services.accounts import second_factor as services
from wizard.services.accounts.second_factor import second_factor_of
from wizard.views.accounts.answers import wrong_code_text
from wizard.views.accounts.confirm import needs_fresh_sign_in
from wizard.views.accounts.relying_party import allows_passkeys, relying_party
from wizard.views.accounts.second_step import json_response
from wizard.views.checks.receipt_view import capitalised
from wizard.web import MUST_SET_UP, current_session, is_confirmed, render

blueprint = Blueprint("second_factor", __name__, url_prefix="/account/second-factor")
ISSUER = "ERP Sync Setup"


@dataclass(frozen=True)
class PasskeyRow:
    id: int
    name: str
    added: str
    used: str
    elsewhere: str
    """The host name that it was made for, if it is another one than this."""


@blueprint.get("/")
def show() -> Response:
    if MUST_SET_UP in session and not services.must_set_up(current_user):
        return redirect(session.pop(MUST_SET_UP), 303)
    return _page(PasskeyForm(formdata=None))


def _page(form: PasskeyForm) -> Response:
    factor = second_factor_of(current_user)
    return render(
        "accounts/second_factor.html",
        status=422 if form.errors else 200,
        form=form,
        must_set_up=MUST_SET_UP in session,
        app_since=moment(factor.app_since) if factor.app_since else None,
        passkeys=_rows(factor.passkeys),
        allows_passkeys=allows_passkeys(),
        codes_left=factor.codes_left if factor else None,
    )


def _rows(passkeys: Sequence[Passkey]) -> list[PasskeyRow]:
    return [
        PasskeyRow(
            id=passkey.id,
            name=passkey.name,
            added=capitalised(moment(passkey.created_at)),
            used=capitalised(moment(passkey.last_used_at)) if passkey.last_used_at else _("Never"),
            elsewhere=passkey.rp_id if passkey.rp_id != relying_party().id else "",
        )
        for passkey in passkeys
    ]


@blueprint.post("/app/begin")
@needs_fresh_sign_in("POST")
def begin_app() -> Response:
    services.begin_app(current_user)
    return redirect(url_for(".app"), 303)


@blueprint.route("/app", methods=["GET", "POST"])
@needs_fresh_sign_in("GET", "POST")
def app() -> Response:
    """Shows the secret of the app that is being set up, until a code of it is entered."""
    secret = services.pending_secret(current_user)
    if secret is None:
        return redirect(url_for(".show"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            codes = services.add_app(current_user, form.code.data or "")
        except InvalidInput:
            form.code.errors = [wrong_code_text()]
        else:
            flash(_("Your authenticator app is set up."), "ok")
            return _completed(codes)
    context = {"key": _grouped(secret), "qr": _qr_code(secret)}
    return render("accounts/app.html", status=422 if form.errors else 200, form=form, **context)


@blueprint.post("/app/remove")
@needs_fresh_sign_in("POST")
def remove_app() -> Response:
    try:
        services.remove_app(current_user)
    except InvalidInput:
        flash(_("You need a second factor. Add another one before you remove this."), "bad")
    else:
        flash(_("Your authenticator app is removed."), "ok")
    return redirect(url_for(".show"), 303)


@blueprint.post("/passkeys/options")
def passkey_options() -> Response:
    """The challenge for a new passkey; 401 leads the script to send the form without one, which asks to confirm."""
    if not is_confirmed():
        abort(401)
    return json_response(services.registration_options(current_user, relying_party()))


@blueprint.post("/passkeys")
@needs_fresh_sign_in("POST")
def add_passkey() -> Response:
    form = PasskeyForm()
    if form.validate_on_submit() and not form.credential.data:
        flash(_("Press Add a passkey once more."), "note")
        return _page(form)
    if form.validate_on_submit():
        try:
            codes = services.add_passkey(current_user, relying_party(), form.name.data, form.credential.data)
        except InvalidInput:
            form.form_errors.append(_("The passkey was not accepted. Try again."))
        else:
            flash(_("%(name)s is added.", name=form.name.data), "ok")
            return _completed(codes)
    return _page(form)


@blueprint.post("/passkeys/<int:passkey_id>/name")
@needs_fresh_sign_in("POST")
def rename_passkey(passkey_id: int) -> Response:
    form = PasskeyForm()
    if form.validate_on_submit():
        services.rename_passkey(current_user, passkey_id, form.name.data)
        flash(_("%(name)s is saved.", name=form.name.data), "ok")
    else:
        flash(form.name.errors[0], "bad")
    return redirect(url_for(".show"), 303)


@blueprint.post("/passkeys/<int:passkey_id>/remove")
@needs_fresh_sign_in("POST")
def remove_passkey(passkey_id: int) -> Response:
    try:
        services.remove_passkey(current_user, passkey_id)
    except InvalidInput:
        flash(_("You need a second factor. Add another one before you remove this."), "bad")
    else:
        flash(_("The passkey is removed. Delete it on your device too."), "ok")
    return redirect(url_for(".show"), 303)


@blueprint.post("/codes")
@needs_fresh_sign_in("POST")
def codes() -> Response:
    """Makes new recovery codes, for who has a second factor."""
    if not second_factor_of(current_user):
        return redirect(url_for(".show"), 303)
    return _codes_page(services.renew_codes(current_user))


@blueprint.post("/codes.txt")
def download() -> Response:
    """Sends the codes of the page back as a file, if they are the account's: they are stored nowhere."""
    sent = request.form.getlist("code")
    if not sent or not all(services.is_own_code(current_user, code) for code in sent):
        abort(404)
    response: Response = make_response("".join(f"{code}\n" for code in sent))
    response.mimetype = "text/plain"
    response.headers["Content-Disposition"] = "attachment; filename=recovery-codes.txt"
    return response


def _completed(codes: Sequence[str]) -> Response:
    """After a first second factor the other sessions, which began without it, end; this one gets the recovery codes."""
    if not codes:
        return redirect(url_for(".show"), 303)
    end_other_sessions(current_user, current_session().id)
    return _codes_page(codes)


def _codes_page(codes: Sequence[str]) -> Response:
    """The only page that shows the codes, of which only hashes are stored."""
    return render("accounts/recovery_codes.html", codes=codes, done=session.pop(MUST_SET_UP, url_for(".show")))


def _grouped(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _qr_code(secret: str) -> Markup:
    address = TOTP(secret).provisioning_uri(name=current_user.username, issuer_name=ISSUER)
    svg: str = segno.make(address, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(svg)  # noqa: S704 - made here, and the user name is in its modules only
