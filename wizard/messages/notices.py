"""The words for where something came from, and for what happened to an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.accounts import NoticeKind, Role
from wizard.domain.source import COMMAND_LINE, read_user_agent
from wizard.messages.times import moment

if TYPE_CHECKING:  # the command line speaks without the database
    from wizard.models import AccountNotice


def browser_words(user_agent: str) -> str:
    """`Firefox on Windows`, as far as it is known."""
    browser, system = read_user_agent(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or _("Unknown browser")


def address_words(address: str) -> str:
    return _("Command line") if address == COMMAND_LINE else address


def notice_title(notice: AccountNotice) -> str:
    """What happened."""
    return {
        NoticeKind.SIGNED_IN: _("Signed in with another browser or from another network"),
        NoticeKind.SIGN_IN_FAILED: ngettext(
            "%(num)s failed try to sign in", "%(num)s failed tries to sign in", notice.count
        ),
        NoticeKind.PASSWORD_CHANGED: _("Password changed"),
        NoticeKind.ROLE_CHANGED: _("Role changed: %(role)s", role=role_name(notice.detail)),
        NoticeKind.SECOND_FACTOR_SET: _("Second factor set up"),
        NoticeKind.SECOND_FACTOR_REMOVED: _("Second factor removed"),
        NoticeKind.SECOND_FACTOR_RESET: _("Second factor reset"),
        NoticeKind.RECOVERY_CODE_USED: _("Recovery code used"),
    }[notice.kind]


def notice_source(notice: AccountNotice) -> str:
    """When it happened last, and by whom or from where."""
    when = moment(notice.at)
    when = when[:1].upper() + when[1:]
    if notice.changed_by:
        return _("%(moment)s, by %(name)s", moment=when, name=notice.changed_by)
    parts = [when, address_words(notice.address), browser_words(notice.user_agent) if notice.user_agent else ""]
    return " · ".join(part for part in parts if part)


def role_name(role: str) -> str:
    return _("Administrator") if role == Role.ADMINISTRATOR else _("Reader")
