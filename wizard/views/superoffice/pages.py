"""The requests of the link to SuperOffice."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.superoffice import Environment, LinkInput, LinkKind
from wizard.errors import InvalidInput, InvalidState, NotFound
from wizard.forms import LinkForm
from wizard.models import SuperOfficeLink
from wizard.services.checks import cancel_check, latest_link_run
from wizard.services.superoffice import (
    begin_link_sign_in,
    find_link,
    finish_link_sign_in,
    linked,
    name_of,
    read_registered_if_old,
    replace_password,
    save_link_input,
    start_link_check,
    unlink,
)
from wizard.views.superoffice.card import put_card_away
from wizard.views.superoffice.page import form_page, part_of, state_page
from wizard.web import CONTENT_SECURITY_POLICY, go_to, limit_checks, practice_origin, public_url

blueprint = Blueprint("superoffice", __name__, url_prefix="/superoffice")


@blueprint.after_request
def _allow_sign_in(response: Response) -> Response:
    """Browsers apply `form-action` to where the answer of a form leads, too."""
    hosts = " ".join(environment.login_url for environment in Environment)
    policy = CONTENT_SECURITY_POLICY.replace("form-action 'self'", f"form-action 'self' {hosts}")
    response.headers["Content-Security-Policy"] = policy
    return response


@blueprint.get("/")
def show() -> Response:
    read_registered_if_old()
    return state_page(find_link(), latest_link_run())


@blueprint.post("/")
@limit_checks
def link() -> Response:
    """Stores what is typed; Online it leads to the sign-in, on-site the check signs in."""
    form = LinkForm()
    is_valid = form.validate()
    try:
        typed = form.input
        if not is_valid:
            raise InvalidInput(typed.problems())
        saved = save_link_input(_practice_input() if typed.kind is LinkKind.PRACTICE else typed)
    except InvalidInput as invalid:
        form.add_problems(invalid.errors)
        return form_page(find_link(), form, status=422)
    except InvalidState:
        return redirect(url_for(".show"), 303)
    return _sign_in(saved)


@blueprint.post("/practise")
@limit_checks
def practise() -> Response:
    """Links the made-up SuperOffice, from the Sync page; what is typed for another one is not replaced unseen."""
    found = find_link()
    if found is not None and found.kind is not LinkKind.PRACTICE and found.linked_at is None:
        text = _("To practise, choose it here. It replaces what is entered for your SuperOffice.")
        flash(text, "warn")
        return redirect(url_for(".show"), 303)
    try:
        return _sign_in(save_link_input(_practice_input()))
    except InvalidState:
        return redirect(url_for(".show"), 303)


@blueprint.post("/sign-in")
@limit_checks
def sign_in() -> Response:
    """Signs in again, to the SuperOffice that is linked or was typed before."""
    found = find_link()
    if found is None:
        return redirect(url_for(".show"), 303)
    return _sign_in(found)


@blueprint.post("/password")
@limit_checks
def password() -> Response:
    """Takes another user name and password for the server that is linked."""
    found = linked()
    if found is None or found.kind is not LinkKind.ONSITE:
        return redirect(url_for(".show"), 303)
    form = LinkForm()
    try:
        replace_password(current_user, found, form.username.data or "", form.password.data or "")
    except InvalidInput as invalid:
        form.add_problems(invalid.errors)
        return state_page(found, latest_link_run(), form=form, status=422)
    return _sign_in(found)


@blueprint.get("/signed-in")
@limit_checks
def signed_in() -> Response:
    """Where the browser comes back to. What it brings works once, so that the page it leads to can be reloaded."""
    try:
        finish_link_sign_in(current_user, request.args)
    except NotFound:
        flash(_("This sign-in was not begun here, or by another account. Sign in again."), "bad")
    except InvalidState as state:
        if str(state) == "expired":
            flash(_("The sign-in has taken too long. Sign in again."), "bad")
        if str(state) == "changed":
            flash(_("What is entered here has changed since the sign-in began. Sign in again."), "bad")
    return redirect(url_for(".show"), 303)


@blueprint.post("/check")
@limit_checks
def check() -> Response:
    found = find_link()
    if found is not None:
        start_link_check(current_user, found)
    return redirect(url_for(".show"), 303)


@blueprint.get("/check")
def progress() -> Response:
    """The check's progress; its end is shown by the whole page."""
    run = latest_link_run()
    if run is None or not run.unfinished:
        return go_to(url_for(".show"))
    return part_of(find_link(), run)


@blueprint.post("/cancel")
def cancel() -> Response:
    run = latest_link_run()
    if run is not None:
        cancel_check(current_user, run)
    return redirect(url_for(".show"), 303)


@blueprint.post("/unlink")
def end() -> Response:
    found = linked()
    if found is None:
        return redirect(url_for(".show"), 303)
    name, is_practice = name_of(found), found.kind is LinkKind.PRACTICE
    if unlink(current_user):
        flash(_("%(name)s is unlinked. What is saved there stays there.", name=name), "ok")
    else:
        flash(
            _(
                "%(name)s is unlinked here, but SuperOffice could not be told. An administrator there can withdraw the"
                " consent for the app.",
                name=name,
            ),
            "warn",
        )
    return redirect(url_for("home.show") if is_practice else url_for(".show"), 303)


@blueprint.post("/not-now")
def not_now() -> Response:
    """Puts the card on the Sync page away, in this browser."""
    return put_card_away(redirect(url_for("home.show"), 303))


def _sign_in(found: SuperOfficeLink) -> Response:
    if found.kind is LinkKind.ONSITE:
        start_link_check(current_user, found)
        return redirect(url_for(".show"), 303)
    url = begin_link_sign_in(current_user, found, public_url(".signed_in"))
    if found.kind is LinkKind.PRACTICE:  # the browser may know this machine by another name
        parts = urlsplit(url)
        url = f"{parts.path}?{parts.query}"
    return redirect(url, 303)


def _practice_input() -> LinkInput:
    path = current_app.config["PRACTICE_SUPEROFFICE_PATH"]
    if path is None:
        abort(404)
    app = current_app.config["PRACTICE_SUPEROFFICE_APP"]
    return LinkInput(LinkKind.PRACTICE, address=practice_origin() + path, **app)
