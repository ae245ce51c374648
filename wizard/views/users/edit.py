"""Adding, changing, deleting and restoring a user or a group by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.errors import InUse, InvalidInput, StaleVersion
from wizard.forms import GroupForm, UserForm
from wizard.models import Account, User, UserGroup
from wizard.services import users
from wizard.views.users.by_hand import require_by_hand
from wizard.views.users.lists import blueprint
from wizard.web import flash_undo, render, some_of

Row = TypeVar("Row", User, UserGroup)


@blueprint.route("/new", methods=["GET", "POST"])
def new_user() -> Response:
    require_by_hand()
    return _user_form(None)


@blueprint.route("/<int:user_id>", methods=["GET", "POST"])
def user(user_id: int) -> Response:
    require_by_hand()
    return _user_form(users.find_user(user_id, to_edit=True))


@blueprint.route("/groups/new", methods=["GET", "POST"])
def new_group() -> Response:
    require_by_hand()
    return _group_form(None)


@blueprint.route("/groups/<int:group_id>", methods=["GET", "POST"])
def group(group_id: int) -> Response:
    require_by_hand()
    return _group_form(users.find_group(group_id, to_edit=True))


@blueprint.post("/<int:user_id>/delete")
def delete_user(user_id: int) -> Response:
    return _delete(users.find_user(user_id), users.delete_user, url_for(".restore_user", user_id=user_id))


@blueprint.post("/groups/<int:group_id>/delete")
def delete_group(group_id: int) -> Response:
    return _delete(users.find_group(group_id), users.delete_group, url_for(".restore_group", group_id=group_id))


@blueprint.post("/<int:user_id>/restore")
def restore_user(user_id: int) -> Response:
    return _restore(users.find_user(user_id))


@blueprint.post("/groups/<int:group_id>/restore")
def restore_group(group_id: int) -> Response:
    return _restore(users.find_group(group_id))


def _delete(row: Row, delete: Callable[[Account, Row], None], undo_url: str) -> Response:
    require_by_hand(row)
    name = row.name
    try:
        delete(current_user, row)
    except InUse as in_use:
        _flash_in_use(name, in_use)
    else:
        flash_undo(_("%(name)s is deleted.", name=name), undo_url)
    return redirect(url_for(".show"), 303)


def _restore(row: User | UserGroup) -> Response:
    require_by_hand(row)
    name = row.name
    try:
        users.restore_user_or_group(current_user, row)
    except InvalidInput:
        flash(_("%(name)s is not restored: another one has this name now.", name=name), "warn")
    else:
        flash(_("%(name)s is restored.", name=name), "ok")
    return redirect(url_for(".show"), 303)


def _flash_in_use(name: str, in_use: InUse) -> None:
    text = ngettext(
        "%(name)s is not deleted: the scope of %(names)s needs it.",
        "%(name)s is not deleted: the scopes of these connections need it: %(names)s.",
        len(in_use.names),
        name=name,
        names=some_of(in_use.names),
    )
    flash(text, "warn")


def _user_form(user: User | None) -> Response:
    form = UserForm(data=_values_of(user) if user and request.method == "GET" else {})
    theirs = None
    if form.validate_on_submit():
        version, group_ids = form.version.data, form.groups.data or []
        try:
            users.save_user(current_user, user, version, form.name.data, form.username.data, group_ids)
        except StaleVersion:
            theirs, form.version.data = _describe(user), user.version if user else None
        except InvalidInput:
            form.username.errors = [_("Another user has this user name.")]
        else:
            return _saved(form.name.data)
    title = user.name if user else _("Add a user")
    groups = [(each.id, each.name, each.id in (form.groups.data or ())) for each in users.list_groups()]
    status = 409 if theirs else 422 if form.errors else 200
    return render("users/user.html", status=status, form=form, title=title, groups=groups, theirs=theirs)


def _values_of(user: User) -> dict[str, Any]:
    groups = [each.id for each in user.groups]
    return {"name": user.name, "username": user.username, "groups": groups, "version": user.version}


def _describe(user: User | None) -> str:
    return ", ".join([user.name, user.username, *(group.name for group in user.groups)]) if user else ""


def _group_form(group: UserGroup | None) -> Response:
    values = {"name": group.name, "version": group.version} if group and request.method == "GET" else {}
    form = GroupForm(data=values)
    theirs = None
    if form.validate_on_submit():
        try:
            users.save_group(current_user, group, form.version.data, form.name.data)
        except StaleVersion:
            theirs, form.version.data = (group.name, group.version) if group else ("", None)
        except InvalidInput:
            form.name.errors = [_("Another group has this name.")]
        else:
            return _saved(form.name.data)
    title = _("Rename the group") if group else _("Add a group")
    status = 409 if theirs else 422 if form.errors else 200
    return render("users/group.html", status=status, form=form, title=title, theirs=theirs)


def _saved(name: str) -> Response:
    flash(_("%(name)s is saved.", name=name), "ok")
    return redirect(url_for(".show"), 303)
