"""The page Users and groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.models import User, UserGroup
from wizard.services import users
from wizard.services.superoffice import linked
from wizard.services.users import Shown
from wizard.views.users.scope_text import users_text
from wizard.views.users.seen import users_seen
from wizard.web import (
    Action,
    Filter,
    ListView,
    RowAction,
    Search,
    actions_of,
    page_number,
    page_view,
    render,
    search_text,
    with_query,
)

blueprint = Blueprint("users", __name__, url_prefix="/users")


@dataclass(frozen=True)
class UserRow:
    """`state` says of a user or group whether SuperOffice has it, where that matters."""

    name: str
    username: str
    groups: str
    state: str
    actions: Sequence[Action]


@dataclass(frozen=True)
class GroupRow:
    name: str
    size: str
    state: str
    actions: Sequence[Action]


@blueprint.get("/")
def show() -> Response:
    shown, is_linked = _shown(), linked() is not None
    counts, groups = users.count_shown(User), users.list_groups(shown)
    is_empty = not any(counts.values()) and not groups
    return render(
        "users/list.html",
        lead=_lead(counts[Shown.CURRENT]),
        seen=users_seen(),
        jumps=_jumps(counts[shown], len(groups)),
        users=_user_list(counts, shown, is_empty=is_empty, is_linked=is_linked),
        groups=_group_list(groups, shown, is_linked=is_linked),
        may_add=current_user.is_administrator and not is_linked,
    )


def _shown() -> Shown:
    if request.args.get("d") == "1":
        return Shown.DELETED
    text = request.args.get("f", "")
    return Shown(text) if text in (Shown.LEFT, Shown.HERE) else Shown.CURRENT


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


def _user_list(counts: dict[Shown, int], shown: Shown, *, is_empty: bool, is_linked: bool) -> ListView[UserRow]:
    """Without any user or group there is nothing to search or filter."""
    query = search_text("q")
    page = users.list_users(query, shown, page_number("p"))
    return ListView(
        rows=[_user_row(row, is_linked=is_linked) for row in page.rows],
        empty=_no_users(query, shown, is_linked=is_linked),
        page=page_view(page, "p", "users"),
        filters=[] if is_empty else _filters(counts, shown, is_linked=is_linked),
        search=None if is_empty else Search(query, _("Search users"), hidden=_parameters(shown)),
    )


def _parameters(shown: Shown) -> dict[str, str]:
    if shown is Shown.CURRENT:
        return {}
    return {"d": "1"} if shown is Shown.DELETED else {"f": shown.value}


def _filters(counts: dict[Shown, int], shown: Shown, *, is_linked: bool) -> list[Filter]:
    """Each with the number of its users; those of SuperOffice's only where there are some."""
    texts = {
        Shown.CURRENT: _("Current %(count)s", count=counts[Shown.CURRENT]),
        Shown.LEFT: _("Have left %(count)s", count=counts[Shown.LEFT]),
        Shown.HERE: _("Only here %(count)s", count=counts[Shown.HERE]),
        Shown.DELETED: _("Deleted %(count)s", count=counts[Shown.DELETED]),
    }
    offered = {Shown.CURRENT, Shown.DELETED, shown}
    offered |= {Shown.LEFT} if counts[Shown.LEFT] else set()
    offered |= {Shown.HERE} if is_linked and (counts[Shown.HERE] or users.count_shown(UserGroup)[Shown.HERE]) else set()
    unset = {"d": None, "f": None, "p": None}
    return [
        Filter(text, with_query("users", **(unset | _parameters(each))), each is shown)
        for each, text in texts.items()
        if each in offered
    ]


def _no_users(query: str, shown: Shown, *, is_linked: bool) -> str:
    if query:
        return _("Nothing found.")
    match shown:
        case Shown.DELETED:
            return _("No user is deleted.")
        case Shown.LEFT:
            return _("No user has left.")
        case Shown.HERE:
            return _("Every user was found in SuperOffice.")
    if is_linked:
        return _("No users yet. Read them from SuperOffice.")
    return _(
        "No users yet. Add them one by one, or import them from a CSV file with the columns name, user name and groups."
    )


def _group_list(groups: Sequence[UserGroup], shown: Shown, *, is_linked: bool) -> ListView[GroupRow]:
    sizes = users.group_sizes(groups)
    return ListView(
        rows=[
            GroupRow(
                row.name,
                users_text(sizes.get(row.id, 0)),
                _state(row, is_linked=is_linked),
                actions_of(_actions(row, is_linked=is_linked), group_id=row.id),
            )
            for row in groups
        ],
        empty=_no_groups(shown),
    )


def _no_groups(shown: Shown) -> str:
    match shown:
        case Shown.DELETED:
            return _("No group is deleted.")
        case Shown.LEFT:
            return _("No group is gone.")
        case Shown.HERE:
            return _("Every group was found in SuperOffice.")
    return _("No groups yet.")


def _actions(row: User | UserGroup, *, is_linked: bool) -> list[RowAction]:
    """What can be done with a user or group. Those of a linked SuperOffice are changed there."""
    kind = "user" if isinstance(row, User) else "group"
    if not current_user.is_administrator or (is_linked and row.superoffice_id is not None):
        return []
    if row.deleted_at is not None:
        return [RowAction(_("Restore"), f"users.restore_{kind}")]
    delete = RowAction(_("Delete"), f"users.delete_{kind}")
    if is_linked:
        return [RowAction(_("Match"), f"users.match_{kind}", posts=False), delete]
    edit = _("Edit") if kind == "user" else _("Rename")
    return [RowAction(edit, f"users.{kind}", posts=False), delete]


def _state(row: User | UserGroup, *, is_linked: bool) -> str:
    if row.left_at is not None:
        return _("Has left SuperOffice") if isinstance(row, User) else _("No longer in SuperOffice")
    return _("Not found in SuperOffice") if is_linked and row.superoffice_id is None else ""


def _user_row(user: User, *, is_linked: bool) -> UserRow:
    groups = ", ".join(group.name for group in user.groups if group.deleted_at is None)
    actions = actions_of(_actions(user, is_linked=is_linked), user_id=user.id)
    return UserRow(user.name, user.username, groups, _state(user, is_linked=is_linked), actions)
