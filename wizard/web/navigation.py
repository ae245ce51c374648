"""The links at the top of every page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from wizard.domain.next_steps import OVERVIEW_PAGE, help_url
from wizard.web.access.sessions import MUST_SET_UP
from wizard.web.language import current_language


def help_overview_url() -> str:
    """SuperOffice's help about ERP sync, in the language of the page."""
    return help_url(OVERVIEW_PAGE, current_language())


@dataclass(frozen=True)
class NavigationLink:
    """`section` is what a template sets to have the link marked as the current one."""

    section: str
    text: str
    href: str


def navigation() -> list[NavigationLink]:
    """Some are for administrators only. Nothing is there while a second factor has to be set up first."""
    if MUST_SET_UP in session:
        return []
    links = [
        NavigationLink("sync", _("Sync"), url_for("home.show")),
        NavigationLink("superoffice", "SuperOffice", url_for("superoffice.show")),
        NavigationLink("users", _("Users and groups"), url_for("users.show")),
        NavigationLink("activity", _("Activity"), url_for("activity.show")),
    ]
    if current_user.is_administrator:
        links.append(NavigationLink("notices", _("Notifications"), url_for("notices.show")))
        links.append(NavigationLink("accounts", _("Accounts"), url_for("accounts.show")))
    return links
