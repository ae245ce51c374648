"""A letter about one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _

from wizard.domain.check import Owner, StageResult
from wizard.domain.notices import REMINDER_INTERVAL, NoticeKind
from wizard.messages.letters.about import About
from wizard.messages.letters.common import letter
from wizard.messages.letters.letter import Letter, Reader
from wizard.messages.notes import note
from wizard.messages.stages import describe
from wizard.messages.times import date, full_moment, moment, span, time_or_date, zoned_moment


def letter_about(reader: Reader, about: About) -> Letter:
    return _WRITE[about.kind](reader, about)


def _broken(reader: Reader, about: About) -> Letter:
    since = about.since or reader.sent_at
    time = time_or_date(since, reader.sent_at, reader.zone)
    heading = _("%(name)s has been down since %(time)s", name=about.name, time=time)
    words = describe(about.result, about.provider) if about.result else None
    title = _("%(heading)s: %(stage)s", heading=heading, stage=words.title) if words else heading
    return letter(
        reader,
        title=title,
        heading=heading,
        lead=_lead(about, full_moment(since, reader.zone)),
        rows=tuple(_rows(about)),
        remarks=tuple(_remarks(reader, about)),
        button=(_("See the test"), reader.origin + about.path),
        note=_note(reader, about, about.result) if about.result else None,
        is_bad=True,
    )


def _lead(about: About, when: str) -> str:
    if about.kind == NoticeKind.REMINDER and about.is_connector:
        return _("the Sync Connector %(name)s is still down, since %(moment)s.", name=about.name, moment=when)
    if about.kind == NoticeKind.REMINDER:
        return _("the ERP connection %(name)s is still down, since %(moment)s.", name=about.name, moment=when)
    if about.is_connector:
        return _(
            "the Sync Connector %(name)s has been down since %(moment)s. Two tests in a row have failed.",
            name=about.name,
            moment=when,
        )
    return _(
        "the ERP connection %(name)s has been down since %(moment)s. Two tests in a row have failed.",
        name=about.name,
        moment=when,
    )


def _rows(about: About) -> Iterator[tuple[str, str]]:
    if about.result is None:
        return
    words = describe(about.result, about.provider)
    yield _("It stopped at"), words.title
    yield _("What happened"), words.says
    if words.what_to_do:
        yield _("What to do"), words.what_to_do
    if words.who:
        yield _("Who can do it"), words.who if about.result.owner != Owner.ADMIN else _("An administrator")


def _remarks(reader: Reader, about: About) -> Iterator[str]:
    if not about.is_connector:
        yield _("Meanwhile SuperOffice shows no values on the ERP tab. Changes wait and are synchronised afterwards.")
    following = moment(reader.sent_at + REMINDER_INTERVAL, reader.sent_at, reader.zone)
    yield _("The next notification follows when it works again, or %(moment)s.", moment=following)


def _note(reader: Reader, about: About, result: StageResult) -> tuple[str, str] | None:
    """A text for whoever can repair it, where that is somebody else."""
    if result.owner in (None, Owner.ADMIN):
        return None
    text = note(
        result,
        connector=about.connector or about.name,
        url=about.url,
        person=reader.name,
        checked_at=about.since or reader.sent_at,
        provider=about.provider,
    )
    return _("A note for them, ready to send"), text.body


def _working(reader: Reader, about: About) -> Letter:
    until = about.until or reader.sent_at
    since = about.since or until
    lead = _(
        "%(name)s works again since %(moment)s. It was down for %(duration)s.",
        name=about.name,
        moment=full_moment(until, reader.zone),
        duration=span(round((until - since).total_seconds())),
    )
    heading = _("%(name)s works again", name=about.name)
    rows = [(_("It was down since"), full_moment(since, reader.zone))]
    if about.result:
        words = describe(about.result, about.provider)
        rows += [(_("It stopped at"), words.title), (_("What happened"), words.says)]
    return letter(
        reader,
        title=heading,
        heading=heading,
        lead=lead,
        rows=tuple(rows),
        button=(_("See the test"), reader.origin + about.path),
    )


def _certificate(reader: Reader, about: About) -> Letter:
    until = about.until or reader.sent_at
    heading = certificate_words(about, reader)
    return letter(
        reader,
        title=heading,
        heading=heading,
        lead=_(
            "the certificate of the Sync Connector %(name)s ends on %(moment)s. After that, SuperOffice does not reach"
            " it.",
            name=about.name,
            moment=full_moment(until, reader.zone),
        ),
        rows=(
            (_("What to do"), _("Have the certificate of %(url)s renewed before that.", url=about.url)),
            (_("Who can do it"), about.provider or _("Your IT department")),
        ),
        button=(_("See the connector"), reader.origin + about.path),
        is_bad=days_left(until, reader.sent_at) <= 3,
    )


def certificate_words(about: About, reader: Reader) -> str:
    until = about.until or reader.sent_at
    return _("The certificate of %(name)s ends on %(date)s", name=about.name, date=date(until.isoformat(), reader.zone))


def days_left(until: datetime, at: datetime) -> float:
    return (until - at) / timedelta(days=1)


def _token(reader: Reader, about: About) -> Letter:
    heading = token_words(about, reader)
    return letter(
        reader,
        title=heading,
        heading=heading,
        lead=_("the wizard needs a new sign-in to go on working with SuperOffice %(name)s.", name=about.name),
        rows=(
            (_("What to do"), _("Open the page SuperOffice and sign in again.")),
            (_("Who can do it"), _("An administrator")),
        ),
        button=(_("Open the page SuperOffice"), reader.origin + about.path),
        is_bad=True,
    )


def token_words(about: About, reader: Reader) -> str:
    if about.until is None:
        return _("SuperOffice asks for a new sign-in")
    ends = zoned_moment(about.until, reader.sent_at, reader.zone)
    return _("The sign-in to SuperOffice ends %(moment)s", moment=ends)


_WRITE: Mapping[NoticeKind, Callable[[Reader, About], Letter]] = {
    NoticeKind.BROKEN: _broken,
    NoticeKind.REMINDER: _broken,
    NoticeKind.WORKING: _working,
    NoticeKind.CERTIFICATE: _certificate,
    NoticeKind.TOKEN: _token,
}
