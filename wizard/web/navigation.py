"""The links at the top of every page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _


@dataclass(frozen=True)
class NavigationLink:
    """`section` is what a template sets to have the link marked as the current one."""

    section: str
    text: str
    href: str


def navigation() -> list[NavigationLink]:
    return [
        NavigationLink("sync", _("Sync"), url_for("home.show")),
        NavigationLink("users", _("Users and groups"), url_for("users.show")),
        NavigationLink("activity", _("Activity"), url_for("activity.show")),
    ]
