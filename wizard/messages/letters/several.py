"""A letter about several things, the most important ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.notices import NoticeKind
from wizard.messages.letters.about import About
from wizard.messages.letters.common import letter
from wizard.messages.letters.letter import Entry, Letter, Reader
from wizard.messages.letters.one import certificate_words, token_words
from wizard.messages.stages import describe
from wizard.messages.times import span, time_or_date


def letter_about_several(reader: Reader, abouts: Sequence[About], left_out: Mapping[NoticeKind, int]) -> Letter:
    counts = _counts(abouts, left_out)
    title = " · ".join(_counted(kind, count) for kind, count in counts.items())
    return letter(
        reader,
        title=title,
        heading=title,
        lead=_("this is what has happened."),
        sections=tuple(_section(reader, kind, abouts, left_out.get(kind, 0)) for kind in counts),
        button=(_("See all"), f"{reader.origin}/"),
        is_bad=bool({NoticeKind.BROKEN, NoticeKind.REMINDER, NoticeKind.TOKEN} & set(counts)),
    )


def _counts(abouts: Sequence[About], left_out: Mapping[NoticeKind, int]) -> dict[NoticeKind, int]:
    counts = {kind: sum(about.kind == kind for about in abouts) + left_out.get(kind, 0) for kind in NoticeKind}
    return {kind: count for kind, count in counts.items() if count}


def _counted(kind: NoticeKind, count: int) -> str:
    match kind:
        case NoticeKind.BROKEN:
            return ngettext("%(num)s connection is down", "%(num)s connections are down", count)
        case NoticeKind.REMINDER:
            return ngettext("%(num)s connection is still down", "%(num)s connections are still down", count)
        case NoticeKind.WORKING:
            return ngettext("%(num)s connection works again", "%(num)s connections work again", count)
        case NoticeKind.CERTIFICATE:
            return ngettext("%(num)s certificate ends soon", "%(num)s certificates end soon", count)
    return _("SuperOffice asks for a new sign-in")


def _section(
    reader: Reader, kind: NoticeKind, abouts: Sequence[About], more: int
) -> tuple[str, tuple[Entry, ...], str]:
    entries = tuple(
        Entry(about.name, _text(reader, about), reader.origin + about.path) for about in abouts if about.kind == kind
    )
    rest = ngettext("And %(num)s more.", "And %(num)s more.", more) if more else ""
    return _counted(kind, len(entries) + more), entries, rest


def _text(reader: Reader, about: About) -> str:
    match about.kind:
        case NoticeKind.CERTIFICATE:
            return certificate_words(about, reader)
        case NoticeKind.TOKEN:
            return token_words(about, reader)
    says = describe(about.result).says if about.result else ""
    if about.kind == NoticeKind.WORKING and about.since and about.until:
        return _(
            "It was down for %(duration)s. %(reason)s",
            duration=span(round((about.until - about.since).total_seconds())),
            reason=says,
        )
    time = time_or_date(about.since or reader.sent_at, reader.sent_at, reader.zone)
    return _("Since %(time)s. %(reason)s", time=time, reason=says)
