"""What was last read of SuperOffice's users and groups, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from wizard.domain.check import StageResult
from wizard.messages import moment, summary
from wizard.models import Source, SuperOfficeReading, User, UserGroup
from wizard.services.superoffice import last_reading, linked
from wizard.services.users import Shown, count_shown, count_there


@dataclass(frozen=True)
class UsersSeen:
    """When users and groups were read and how many there are, what has changed, and why they could not be read since.

    `is_linked`: they can be read again, and only those that are not in SuperOffice can be changed here.
    """

    is_linked: bool
    text: str
    news: Sequence[str]
    trouble: str


def users_seen() -> UsersSeen | None:
    """None where SuperOffice is not linked and never was read."""
    reading, is_linked = last_reading(Source.USERS), linked() is not None
    if reading is None:
        return UsersSeen(True, _("They have not been read from SuperOffice yet."), (), "") if is_linked else None
    text, trouble = _text(reading, is_linked=is_linked), _trouble(reading)
    return UsersSeen(is_linked, text, [*_news(reading), *_unmatched()] if is_linked else [], trouble)


def seen_text() -> str:
    """ "Seen in SuperOffice today at 09:10.", or why they cannot be; empty without a link."""
    if linked() is None:
        return ""
    reading = last_reading(Source.USERS)
    if reading is None:
        return _("They have not been read from SuperOffice yet.")
    text = _("Seen in SuperOffice %(moment)s.", moment=moment(reading.read_at)) if reading.read_at else ""
    return " ".join(part for part in (text, _trouble(reading)) if part)


def changes_text(changes: Mapping[str, Any]) -> str:
    """ "3 new, 1 has left"; empty if there was no change."""
    new, left, changed = changes["new"], changes["left"], changes["changed"] + changes["returned"]
    parts = [
        ngettext("%(num)s new", "%(num)s new", new) if new else "",
        ngettext("%(num)s has left", "%(num)s have left", left) if left else "",
        ngettext("%(num)s changed", "%(num)s changed", changed) if changed else "",
    ]
    return ", ".join(part for part in parts if part)


def trouble_text(failure: StageResult | None) -> str:
    """Why users could not be read."""
    if failure is None:
        return ""
    if failure.reason is not None:
        return summary(failure)
    return _(
        "SuperOffice has %(count)s users; up to %(limit)s can be read. Nothing was changed.",
        count=format_decimal(int(failure.facts["count"])),
        limit=format_decimal(int(failure.facts["limit"])),
    )


def _text(reading: SuperOfficeReading, *, is_linked: bool) -> str:
    if reading.read_at is None:
        return _("They have not been read from SuperOffice yet.")
    when = moment(reading.read_at)
    if not is_linked:
        return _("As last seen in SuperOffice %(moment)s. It is not linked any more.", moment=when)
    users, groups = count_there(User), count_there(UserGroup)
    return _(
        "%(users)s and %(groups)s, seen in SuperOffice %(moment)s.",
        users=ngettext("%(num)s user", "%(num)s users", users),
        groups=ngettext("%(num)s group", "%(num)s groups", groups),
        moment=when,
    )


def _news(reading: SuperOfficeReading) -> Sequence[str]:
    changes = reading.seen
    if not changes:
        return []
    news = []
    if reading.before_at is not None and not changes["is_first"]:
        since, text = moment(reading.before_at), changes_text(changes)
        news.append(
            _("Since %(moment)s: %(changes)s.", moment=since, changes=text)
            if text
            else _("Nothing has changed since %(moment)s.", moment=since)
        )
    if changes["shortened"]:
        news.append(
            ngettext(
                "%(num)s name is longer than 254 characters and is shortened here.",
                "%(num)s names are longer than 254 characters and are shortened here.",
                changes["shortened"],
            )
        )
    return news


def _unmatched() -> Sequence[str]:
    users, groups = count_shown(User)[Shown.HERE], count_shown(UserGroup)[Shown.HERE]
    text = ngettext(
        "%(num)s user or group was not found there. It stays until you match or delete it.",
        "%(num)s users or groups were not found there. They stay until you match or delete them.",
        users + groups,
    )
    return [text] if users + groups else []


def _trouble(reading: SuperOfficeReading) -> str:
    if reading.failed_at is None:
        return ""
    reason = trouble_text(reading.failure)
    return _("They could not be read %(moment)s. %(reason)s", moment=moment(reading.failed_at), reason=reason)
