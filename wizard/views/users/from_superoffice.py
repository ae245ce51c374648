"""Reads users and groups from SuperOffice on demand, and matches by hand those that were not found there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.errors import InUse, InvalidState
from wizard.forms import row_ids
from wizard.models import Account, User, UserGroup
from wizard.outside.superoffice import SuperOfficeError
from wizard.services import users
from wizard.services.superoffice import linked, read_users
from wizard.views.users.lists import blueprint
from wizard.views.users.scope_text import users_text
from wizard.views.users.seen import changes_text, trouble_text
from wizard.web import current_page, limit_checks, render, search_text, some_of

Row = TypeVar("Row", User, UserGroup)


@blueprint.post("/read")
@limit_checks
def read_again() -> Response:
    """Returns to the page with the button."""
    try:
        changes = read_users(current_user)
    except SuperOfficeError as error:
        reason = trouble_text(error.result)
        flash(_("Users and groups could not be read. %(reason)s", reason=reason), "warn")
    else:
        text = changes_text(changes.to_json())
        flash(_("Read from SuperOffice: %(changes)s.", changes=text) if text else _("Nothing has changed."), "ok")
    return redirect(current_page() or url_for(".show"), 303)


@blueprint.route("/<int:user_id>/match", methods=["GET", "POST"])
def match_user(user_id: int) -> Response:
    own = users.find_user(user_id, to_edit=True)
    found = users.users_there(search_text("q") or own.name) or users.users_there(search_text("q"))
    return _match(own, users.find_user, users.match_user, found)


@blueprint.route("/groups/<int:group_id>/match", methods=["GET", "POST"])
def match_group(group_id: int) -> Response:
    own = users.find_group(group_id, to_edit=True)
    return _match(own, users.find_group, users.match_group, users.groups_there(search_text("q")))


def _match(
    own: Row, find: Callable[[int], Row], match: Callable[[Account, Row, Row], None], found: Sequence[Row]
) -> Response:
    if linked() is None or own.superoffice_id is not None:
        raise InvalidState("match")
    if request.method == "POST":
        return _matched(own, find, match)
    return render(
        "users/match.html", own=own, is_user=isinstance(own, User), found=_rows(found), query=search_text("q")
    )


def _rows(found: Sequence[User | UserGroup]) -> list[tuple[int, str, str]]:
    """Id and name, and what tells two of the same name apart: the user name, or the number of users."""
    sizes = users.group_sizes([row for row in found if isinstance(row, UserGroup)])
    return [
        (row.id, row.name, row.username if isinstance(row, User) else users_text(sizes.get(row.id, 0))) for row in found
    ]


def _matched(own: Row, find: Callable[[int], Row], match: Callable[[Account, Row, Row], None]) -> Response:
    theirs = find(next(iter(row_ids([request.form.get("theirs", "")])), 0))
    name, other = own.name, theirs.name
    try:
        match(current_user, own, theirs)
    except InUse as used:
        names = some_of(used.names)
        flash(_("%(name)s is not matched: %(names)s is being saved.", name=name, names=names), "warn")
    else:
        flash(_("%(name)s is %(other)s in SuperOffice.", name=name, other=other), "ok")
    return redirect(url_for(".show", f="here"), 303)
