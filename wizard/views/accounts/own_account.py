"""One's own account: the password, the time zone and the language."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.languages import LANGUAGES
from wizard.errors import InvalidInput
from wizard.forms import ChangePasswordForm
from wizard.messages import zone_name
from wizard.services.accounts import change_password, find_account, set_language, set_time_zone
from wizard.services.accounts.second_factor import has_second_factor
from wizard.time_zones import find_time_zone
from wizard.views.accounts.sign_in import start_session
from wizard.web import (
    COOKIE,
    browser_time_zone,
    current_page,
    limit_password_changes,
    local_path,
    preferred_time_zone,
    render,
    set_cookie,
    time_zones_by_region,
)

blueprint = Blueprint("account", __name__)
COOKIE_SECONDS = 365 * 86400


@blueprint.route("/account", methods=["GET", "POST"], strict_slashes=False)
@limit_password_changes
def show() -> Response:
    form = ChangePasswordForm()
    form.own_words = current_user.username, current_user.name
    if form.validate_on_submit():
        try:
            change_password(current_user, form.current.data, form.password.data)
        except InvalidInput:
            form.current.errors = [_("This is not your current password.")]
        else:
            start_session(find_account(current_user.id), shows_notices=False)
            flash(_("Your password is changed. Other sessions of yours have ended."), "ok")
            return redirect(url_for(".show"), 303)
    return render(
        "accounts/own.html",
        status=422 if form.errors else 200,
        form=form,
        has_second_factor=has_second_factor(current_user),
        browser_zone=zone_name(browser_time_zone()),
        zones=time_zones_by_region(current_user.time_zone),
    )


@blueprint.post("/account/time-zone")
def time_zone() -> Response:
    """Chooses the time zone in which times are shown; an empty one is the browser's."""
    chosen = request.form.get("time_zone", "")
    if chosen and find_time_zone(chosen) is None:
        abort(422)
    set_time_zone(current_user, chosen or None)
    flash(_("Times are now shown in the time zone %(zone)s.", zone=zone_name(preferred_time_zone())), "ok")
    return redirect(url_for(".show"), 303)


@blueprint.route("/language", methods=["GET", "POST"])
def language() -> Response:
    """Chooses a language, which is stored with the account, and in a cookie for the pages before signing in."""
    back = local_path(request.values.get("next")) or current_page() or url_for("home.show")
    chosen = request.form.get("language", "")
    if request.method != "POST" or chosen not in LANGUAGES:
        return render("accounts/language.html", languages=LANGUAGES.values(), back=back)
    if current_user.is_authenticated:
        set_language(current_user, chosen)
    response = redirect(back, 303)
    set_cookie(response, COOKIE, chosen, COOKIE_SECONDS)
    return response
