"""The keys of providers: accepted and removed by administrators."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.errors import InvalidInput
from wizard.forms import ProviderKeyForm
from wizard.messages import moment
from wizard.services.provider_keys import accept_key, find_key, list_keys, remove_key
from wizard.views.accounts.confirm import needs_fresh_sign_in
from wizard.web import render

blueprint = Blueprint("provider_keys", __name__, url_prefix="/providers")


@blueprint.route("/", methods=["GET", "POST"])
@needs_fresh_sign_in("POST")
def show() -> Response:
    form = ProviderKeyForm()
    if form.validate_on_submit():
        try:
            accept_key(current_user, form.name.data, form.key.data)
        except InvalidInput as invalid:
            form.key.errors = [_problem(invalid.errors["key"])]
        else:
            flash(_("Links that %(name)s has signed are shown as such from now on.", name=form.name.data), "ok")
            return redirect(url_for(".show"), 303)
    rows = [
        (row, _("Accepted %(moment)s by %(name)s", moment=moment(row.accepted_at), name=row.accepted_by))
        for row in list_keys()
    ]
    return render("provider_link/keys.html", status=422 if form.errors else 200, form=form, rows=rows)


@blueprint.post("/<int:key_id>/remove")
def remove(key_id: int) -> Response:
    row = find_key(key_id) or abort(404)
    name = row.name
    remove_key(current_user, row)
    flash(_("The key of %(name)s is removed. Its links are as unsigned from now on.", name=name), "ok")
    return redirect(url_for(".show"), 303)


def _problem(code: str) -> str:
    if code == "taken":
        return _("This key was accepted before.")
    return _("This is no Ed25519 public key. Paste it as PEM, or as 44 characters of base64; never a private key.")
