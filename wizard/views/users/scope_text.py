"""The users and groups of a scope in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.connection import Scope
from wizard.models import Setup
from wizard.services.users import count_users, names_of_left
from wizard.web import some_of


@dataclass(frozen=True)
class ChosenUsersView:
    """The users and groups that are chosen for a scope, for `connections/_chosen_users.html`; `left` as `left_text`."""

    summary: str
    count: str
    change_url: str
    left: str = ""


def chosen_users_view(setup: Setup, scope: Scope) -> ChosenUsersView:
    """The users and groups of the scope in the draft of a connection."""
    change_url = url_for("scope.show", setup_id=setup.id)
    if not (scope.group_ids or scope.user_ids):
        return ChosenUsersView("", "", change_url)
    count = users_text(count_users(scope.group_ids, scope.user_ids))
    return ChosenUsersView(users_and_groups(scope), count, change_url, left_text(scope))


def left_text(scope: Scope) -> str:
    """Names those of the scope that SuperOffice does not have any more; empty for none."""
    names = names_of_left(scope.group_ids, scope.user_ids)
    return _("No longer in SuperOffice: %(names)s.", names=some_of(names)) if names else ""


def scope_text(scope: Scope) -> str:
    """ "Everyone", or "2 groups + 1 user"."""
    return _("Everyone") if scope.everyone else users_and_groups(scope)


def users_and_groups(scope: Scope) -> str:
    """ "2 groups + 1 user"; empty for none."""
    groups, users = len(scope.group_ids), len(scope.user_ids)
    parts = []
    if groups:
        parts.append(ngettext("%(num)s group", "%(num)s groups", groups))
    if users:
        parts.append(ngettext("%(num)s user", "%(num)s users", users))
    return " + ".join(parts)


def everyone_text() -> str:
    """Not a number: which users SuperOffice has, the wizard cannot see."""
    return _("All users of SuperOffice")


def users_text(count: int) -> str:
    return ngettext("%(num)s user", "%(num)s users", count)
