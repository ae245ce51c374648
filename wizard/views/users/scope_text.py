"""The users and groups of a scope in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.models import Setup
from wizard.services.connections.scope import members_of_draft
from wizard.services.users.count import count_users


@dataclass(frozen=True)
class ChosenUsersView:
    """The users and groups that are chosen for a scope, for `connections/_chosen_users.html`."""

    summary: str
    count: str
    change_url: str


def chosen_users_view(setup: Setup) -> ChosenUsersView:
    """The users and groups that the draft of a connection has."""
    groups, users = members_of_draft(setup)
    change_url = url_for("scope.show", setup_id=setup.id)
    return ChosenUsersView(members_summary(len(groups), len(users)), users_text(count_users(groups, users)), change_url)


def members_summary(groups: int, users: int) -> str:
    """ "2 groups + 1 user"; empty for none."""
    parts = []
    if groups:
        parts.append(ngettext("%(num)s group", "%(num)s groups", groups))
    if users:
        parts.append(ngettext("%(num)s user", "%(num)s users", users))
    return " + ".join(parts)


def everyone_text(count: int) -> str:
    return users_text(count) if count else _("All users of SuperOffice")


def users_text(count: int) -> str:
    return ngettext("%(num)s person", "%(num)s people", count)
