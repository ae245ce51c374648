"""The page Users and groups, and the import of users."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.errors import InUse, InvalidInput, StaleVersion
from wizard.forms.users import GroupForm, ImportForm, UserForm
from wizard.models import User, UserGroup
from wizard.services.users import manage as register
from wizard.services.users.import_csv import Preview, decode, import_users, preview
from wizard.web.flashes import flash_undo, some_of
from wizard.web.htmx import render
from wizard.web.paging import page_number, page_view, search_text, with_query

blueprint = Blueprint("users", __name__, url_prefix="/users")


@blueprint.get("/")
def show() -> Response:
    deleted, query = request.args.get("d") == "1", search_text("q")
    users = register.list_users(query, deleted=deleted, page=page_number("p"))
    groups = register.list_groups(deleted=deleted)
    current, gone = register.count_current_and_deleted()
    return render(
        "users/list.html",
        users=users.rows,
        page=page_view(users, "p", "users"),
        groups=groups,
        sizes=register.sizes_of(groups),
        query=query,
        deleted=deleted,
        everyone=current,
        anybody=bool(current or gone or groups),
        filters=[
            (_("Current %(count)s", count=current), with_query("users", d=None, p=None), not deleted),
            (_("Deleted %(count)s", count=gone), with_query("users", d="1", p=None), deleted),
        ],
    )


@blueprint.route("/new", methods=["GET", "POST"])
def new_user() -> Response:
    return _user(None)


@blueprint.route("/<int:user_id>", methods=["GET", "POST"])
def user(user_id: int) -> Response:
    return _user(register.find_user(user_id, to_edit=True))


@blueprint.route("/groups/new", methods=["GET", "POST"])
def new_group() -> Response:
    return _group(None)


@blueprint.route("/groups/<int:group_id>", methods=["GET", "POST"])
def group(group_id: int) -> Response:
    return _group(register.find_group(group_id, to_edit=True))


@blueprint.post("/<int:user_id>/delete")
def delete_user(user_id: int) -> Response:
    user = register.find_user(user_id)
    try:
        register.delete_user(current_user, user)
    except InUse as used:
        _tell_in_use(user.name, used)
    else:
        flash_undo(_("%(name)s is deleted.", name=user.name), url_for(".restore_user", user_id=user_id))
    return _back()


@blueprint.post("/groups/<int:group_id>/delete")
def delete_group(group_id: int) -> Response:
    group = register.find_group(group_id)
    try:
        register.delete_group(current_user, group)
    except InUse as used:
        _tell_in_use(group.name, used)
    else:
        flash_undo(_("%(name)s is deleted.", name=group.name), url_for(".restore_group", group_id=group_id))
    return _back()


@blueprint.post("/<int:user_id>/restore")
def restore_user(user_id: int) -> Response:
    return _restore(register.find_user(user_id))


@blueprint.post("/groups/<int:group_id>/restore")
def restore_group(group_id: int) -> Response:
    return _restore(register.find_group(group_id))


@blueprint.route("/import", methods=["GET", "POST"])
def import_csv() -> Response:
    """A file is previewed first; the second press imports just what was shown."""
    form = ImportForm()
    if request.method == "GET":
        return _import_page(form)
    try:
        text = form.text.data or decode(form.file.data.read() if form.file.data else b"")
        if form.text.data:
            done = import_users(current_user, text, form.fingerprint.data or "")
            flash(_("Imported: %(new)s new, %(changed)s changed.", new=len(done.new), changed=len(done.changed)), "ok")
            return _back()
        return _import_page(form, preview(text), text)
    except StaleVersion:
        return _import_page(form, preview(text), text, stale=True, status=409)
    except InvalidInput as invalid:
        if invalid.errors["file"] == "lines":
            return _import_page(form, preview(form.text.data), form.text.data, status=422)
        return _import_page(form, error=_file_words(invalid.errors["file"]), status=422)


def _import_page(
    form: ImportForm,
    plan: Preview | None = None,
    text: str = "",
    error: str | None = None,
    *,
    stale: bool = False,
    status: int = 200,
) -> Response:
    errors = [(number, _line_words(code)) for number, code in plan.errors] if plan else []
    context = {"form": form, "plan": plan, "text": text, "error": error, "errors": errors, "stale": stale}
    return render("users/import.html", status=422 if errors else status, **context)


def _user(user: User | None) -> Response:
    groups = register.list_groups()
    form = UserForm(data=_saved(user) if user and request.method == "GET" else {})
    theirs = None
    if form.validate_on_submit():
        version, group_ids = form.version.data, form.groups.data or []
        try:
            register.save_user(current_user, user, version, form.name.data, form.username.data, group_ids)
        except StaleVersion:
            theirs, form.version.data = _in_words(user), user.version if user else None
        except InvalidInput:
            form.username.errors = [_("Another user has this user name.")]
        else:
            flash(_("%(name)s is saved.", name=form.name.data), "ok")
            return _back()
    title = user.name if user else _("Add a user")
    context: dict[str, Any] = {"form": form, "groups": groups, "title": title, "chosen": form.groups.data or []}
    status = 409 if theirs else 422 if form.errors else 200
    return render("users/user.html", status=status, theirs=theirs, **context)


def _saved(user: User) -> dict[str, Any]:
    groups = [each.id for each in user.groups]
    return {"name": user.name, "username": user.username, "groups": groups, "version": user.version}


def _in_words(user: User | None) -> str:
    return ", ".join([user.name, user.username, *(group.name for group in user.groups)]) if user else ""


def _group(group: UserGroup | None) -> Response:
    form = GroupForm(data={"name": group.name, "version": group.version} if group and request.method == "GET" else {})
    theirs = None
    if form.validate_on_submit():
        try:
            register.save_group(current_user, group, form.version.data, form.name.data)
        except StaleVersion:
            theirs, form.version.data = (group.name, group.version) if group else ("", None)
        except InvalidInput:
            form.name.errors = [_("Another group has this name.")]
        else:
            flash(_("%(name)s is saved.", name=form.name.data), "ok")
            return _back()
    title = _("Rename the group") if group else _("Add a group")
    status = 409 if theirs else 422 if form.errors else 200
    return render("users/group.html", status=status, form=form, title=title, theirs=theirs)


def _restore(row: User | UserGroup) -> Response:
    name = row.name
    try:
        register.restore(current_user, row)
    except InvalidInput:
        flash(_("%(name)s is not restored: another one has this name now.", name=name), "warn")
    else:
        flash(_("%(name)s is restored.", name=name), "ok")
    return _back()


def _tell_in_use(name: str, used: InUse) -> None:
    count = len(used.names)
    text = ngettext(
        "%(name)s is not deleted: the scope of %(names)s needs it.",
        "%(name)s is not deleted: the scopes of these connections need it: %(names)s.",
        count,
        name=name,
        names=some_of(used.names),
    )
    flash(text, "warn")


def _back() -> Response:
    return redirect(url_for("users.show"), 303)


def _file_words(code: str) -> str:
    return {
        "missing": _("Choose a CSV file."),
        "too_large": _("This file is too large: 1 MB and 20,000 lines at most."),
        "binary": _("This is no text file. Save the list as CSV first."),
        "groups": _("This file would make more than 500 groups. Is it the right column?"),
        "columns": _("The first line has to name the columns, among them name and user name."),
        "quotes": _("The quotation marks in this file do not match up. Save the list as CSV anew."),
    }[code]


def _line_words(code: str) -> str:
    return {
        "no_name": _("The name is missing."),
        "no_username": _("The user name is missing."),
        "too_long": _("A value is longer than 254 characters."),
        "twice": _("This user name is in the file twice."),
    }[code]
