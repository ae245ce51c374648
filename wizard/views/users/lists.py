"""The page Users and groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.models import User, UserGroup
from wizard.services import users
from wizard.views.users.scope_text import users_text
from wizard.web import (
    Action,
    ListView,
    RowAction,
    Search,
    actions_of,
    current_or_deleted,
    page_number,
    page_view,
    render,
    search_text,
)

blueprint = Blueprint("users", __name__, url_prefix="/users")


@dataclass(frozen=True)
class UserRow:
    name: str
    username: str
    groups: str
    actions: Sequence[Action]


@dataclass(frozen=True)
class GroupRow:
    name: str
    size: str
    actions: Sequence[Action]


@blueprint.get("/")
def show() -> Response:
    deleted = request.args.get("d") == "1"
    counts, groups = users.count_current_and_deleted(), users.list_groups(deleted=deleted)
    is_empty = not any(counts) and not groups
    return render(
        "users/list.html",
        lead=_lead(counts[0]),
        jumps=_jumps(counts[deleted], len(groups)),
        users=_user_list(counts, deleted=deleted, is_empty=is_empty),
        groups=_group_list(groups, deleted=deleted),
    )


def _jumps(user_count: int, group_count: int) -> list[tuple[str, str]]:
    """Links to both lists: the groups are below many users."""
    groups = ngettext("%(num)s group", "%(num)s groups", group_count)
    return [(users_text(user_count), "#users"), (groups, "#groups")]


def _lead(count: int) -> str:
    if not count:
        return _("Those who may use a connection are chosen from here.")
    return ngettext(
        "%(num)s SuperOffice user can be chosen under Scope.",
        "%(num)s SuperOffice users can be chosen under Scope.",
        count,
    )


def _user_list(counts: tuple[int, int], *, deleted: bool, is_empty: bool) -> ListView[UserRow]:
    """Without any user or group there is nothing to search or filter."""
    query = search_text("q")
    page = users.list_users(query, deleted=deleted, page=page_number("p"))
    actions = _actions(_("Edit"), "users.user", "users.delete_user", "users.restore_user", deleted=deleted)
    return ListView(
        rows=[_user_row(row, actions) for row in page.rows],
        empty=_no_users(query, deleted=deleted),
        page=page_view(page, "p", "users"),
        filters=[] if is_empty else current_or_deleted("users", counts, deleted=deleted),
        search=None if is_empty else Search(query, _("Search users"), hidden={"d": "1"} if deleted else {}),
    )


def _no_users(query: str, *, deleted: bool) -> str:
    if query:
        return _("Nothing found.")
    if deleted:
        return _("No user is deleted.")
    return _(
        "No users yet. Add them one by one, or import them from a CSV file with the columns name, user name and groups."
    )


def _group_list(groups: Sequence[UserGroup], *, deleted: bool) -> ListView[GroupRow]:
    sizes = users.group_sizes(groups)
    actions = _actions(_("Rename"), "users.group", "users.delete_group", "users.restore_group", deleted=deleted)
    return ListView(
        rows=[
            GroupRow(row.name, users_text(sizes.get(row.id, 0)), actions_of(actions, group_id=row.id)) for row in groups
        ],
        empty=_("No group is deleted.") if deleted else _("No groups yet."),
    )


def _actions(edit: str, edit_endpoint: str, delete: str, restore: str, *, deleted: bool) -> list[RowAction]:
    if not current_user.is_administrator:
        return []
    if deleted:
        return [RowAction(_("Restore"), restore)]
    return [RowAction(edit, edit_endpoint, posts=False), RowAction(_("Delete"), delete)]


def _user_row(user: User, actions: Iterable[RowAction]) -> UserRow:
    groups = ", ".join(group.name for group in user.groups if group.deleted_at is None)
    return UserRow(user.name, user.username, groups, actions_of(actions, user_id=user.id))
