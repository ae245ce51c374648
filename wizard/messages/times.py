"""Times as people say them, in the language and the time zone of the reader.

A browser does not tell its zone, so it is the server's unless another one is given.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _


def moment(at: datetime, now: datetime | None = None, tz: tzinfo | None = None) -> str:
    """`today at 09:44`, `yesterday at 16:02`, `tomorrow at 09:55` or `on 20 November 2026 at 07:14`."""
    local = at.astimezone(tz)
    today = (now or datetime.now(UTC)).astimezone(tz).date()
    time = _time(local)
    if local.date() == today:
        return _("today at %(time)s", time=time)
    if local.date() == today - timedelta(days=1):
        return _("yesterday at %(time)s", time=time)
    if local.date() == today + timedelta(days=1):
        return _("tomorrow at %(time)s", time=time)
    return _("on %(date)s at %(time)s", date=_date(local), time=time)


def full_moment(at: datetime, tz: tzinfo | None = None) -> str:
    """A time that is read somewhere else and later: `23 November 2026 at 09:43 (UTC+01:00)`."""
    local = at.astimezone(tz)
    zone = f"UTC{local.isoformat()[-6:]}" if local.utcoffset() else "UTC"
    return _("%(date)s at %(time)s (%(zone)s)", date=_date(local), time=_time(local), zone=zone)


def plain_moment(at: datetime) -> str:
    """A time without a zone, as the ERP means it: `1 January 2026, 00:00`."""
    return _("%(date)s, %(time)s", date=_date(at), time=_time(at))


def date(iso: str, tz: tzinfo | None = None) -> str:
    """The day of an ISO 8601 time: `20 November 2026`; the text itself where it is none."""
    try:
        return _date(datetime.fromisoformat(iso).astimezone(tz))
    except (ValueError, OverflowError):
        return iso


def duration(milliseconds: int) -> str:
    """`46 ms` below a second, else `1.9 s`."""
    if milliseconds < 1000:
        return _("%(count)s ms", count=milliseconds)
    return _("%(count)s s", count=format_decimal(milliseconds / 1000, "0.0", locale=_locale()))


def _time(local: datetime) -> str:
    return format_time(local, "HH:mm", locale=_locale())


def _date(local: datetime) -> str:
    return format_date(local, "long", locale=_locale())


def _locale() -> str:
    """English dates are written day first, as in the countries where the other languages are spoken."""
    locale = str(get_locale() or "en")
    return "en_GB" if locale == "en" else locale
