"""Times as people say them, in the language and the time zone of the reader; the only place that makes them.

The zone is the one of Flask-Babel's context: a page's as `wizard.web.time_zone` has it, a command's the machine's.
"""

from __future__ import annotations

import datetime as dt
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.numbers import format_decimal, format_percent
from flask import has_app_context
from flask_babel import get_locale, get_timezone
from flask_babel import gettext as _


def moment(at: datetime, now: datetime | None = None, tz: tzinfo | None = None) -> str:
    """`today at 09:44`, `yesterday at 16:02`, `tomorrow at 09:55` or `on 20 November 2026 at 07:14`."""
    local = in_zone(at, tz)
    return _near(local, now, tz) or _("on %(date)s at %(time)s", date=_date(local), time=_time(local))


def day_and_time(at: datetime, now: datetime | None = None, tz: tzinfo | None = None) -> str:
    """A time as a name, which can follow `since`: `today at 09:44` or `20 November, 07:14`; with its year if that is
    another one.
    """
    local = in_zone(at, tz)
    is_this_year = local.year == in_zone(now or datetime.now(UTC), tz).year
    day = day_of_month(local) if is_this_year else _date(local)
    return _near(local, now, tz) or _("%(date)s, %(time)s", date=day, time=_time(local))


def _near(local: datetime, now: datetime | None, tz: tzinfo | None) -> str | None:
    """A time of the days around today."""
    today, time = in_zone(now or datetime.now(UTC), tz).date(), _time(local)
    if local.date() == today:
        return _("today at %(time)s", time=time)
    if local.date() == today - timedelta(days=1):
        return _("yesterday at %(time)s", time=time)
    if local.date() == today + timedelta(days=1):
        return _("tomorrow at %(time)s", time=time)
    return None


def zoned_moment(at: datetime, now: datetime | None = None, tz: tzinfo | None = None) -> str:
    """A time of which it matters that it is the reader's: `today at 09:44 (UTC+01:00)`."""
    return _("%(moment)s (%(zone)s)", moment=moment(at, now, tz), zone=_offset(in_zone(at, tz)))


def time_or_date(at: datetime, now: datetime | None = None, tz: tzinfo | None = None) -> str:
    """What follows "since": `09:44` of today, else `20 November 2026, 07:14`."""
    local = in_zone(at, tz)
    is_today = local.date() == in_zone(now or datetime.now(UTC), tz).date()
    return _time(local) if is_today else plain_moment(local)


def full_moment(at: datetime, tz: tzinfo | None = None) -> str:
    """A time that is read somewhere else and later: `23 November 2026 at 09:43 (UTC+01:00)`."""
    local = in_zone(at, tz)
    return _("%(date)s at %(time)s (%(zone)s)", date=_date(local), time=_time(local), zone=_offset(local))


def time_of_day(at: datetime, tz: tzinfo | None = None) -> str:
    """`09:44`."""
    return _time(in_zone(at, tz))


def plain_moment(at: datetime) -> str:
    """A time without a zone, as the ERP means it: `1 January 2026, 00:00`."""
    return _("%(date)s, %(time)s", date=_date(at), time=_time(at))


def date(iso: str, tz: tzinfo | None = None) -> str:
    """The day of an ISO 8601 time: `20 November 2026`; the text itself where it is none."""
    try:
        return _date(in_zone(datetime.fromisoformat(iso), tz))
    except (ValueError, OverflowError):
        return iso


def duration(milliseconds: int) -> str:
    """`46 ms` below a second, else `1.9 s`."""
    if milliseconds < 1000:
        return _("%(count)s ms", count=milliseconds)
    return _("%(count)s s", count=format_decimal(milliseconds / 1000, "0.0", locale=_locale()))


def span(seconds: int) -> str:
    """How long something lasted, in its two largest units: `35 min`, `9 h 10 min`, `2 d 3 h`."""
    if seconds < 60:
        return _("less than 1 min")
    minutes = seconds // 60
    if minutes < 60:
        return _("%(count)s min", count=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return _("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes) if minutes else _hours(hours)
    days, hours = divmod(hours, 24)
    return _("%(days)s d %(hours)s h", days=days, hours=hours) if hours else _("%(count)s d", count=days)


def _hours(count: int) -> str:
    return _("%(count)s h", count=count)


def day_of_month(day: dt.date) -> str:
    """A day of the last months, without its year: `29 October`."""
    return format_skeleton("MMMMd", day, locale=_locale())


def percentage(share: float) -> str:
    """Rounded down to one decimal: only all is 100 %."""
    floored = Decimal(f"{share:.9f}").quantize(Decimal("0.001"), ROUND_FLOOR)
    return format_percent(floored, locale=_locale(), decimal_quantization=False)


def iso_moment(at: datetime) -> str:
    """A time for programs and spreadsheets: `2026-11-23T09:43:00+01:00`."""
    return in_zone(at).isoformat("T", "seconds")


def in_zone(at: datetime, tz: tzinfo | None = None) -> datetime:
    """The same time in the reader's zone, or in another one."""
    return at.astimezone(tz or reader_zone())


def reader_zone() -> tzinfo | None:
    """The zone of the page or command; None, which is the machine's, where there is neither."""
    return get_timezone() if has_app_context() else None


def zone_name(tz: tzinfo | None = None) -> str:
    """The reader's zone, or another one, in words: `Oslo (UTC+01:00)`."""
    local = in_zone(datetime.now(UTC), tz)
    name = getattr(local.tzinfo, "key", "UTC")
    if name in ("UTC", "Etc/UTC"):
        return _offset(local)
    return _("%(city)s (%(zone)s)", city=zone_city(name), zone=_offset(local))


@lru_cache(maxsize=4096)
def _city(name: str, locale: str) -> str:
    return get_timezone_location(ZoneInfo(name), locale=locale, return_city=True)


def region_titles() -> dict[str, str]:
    """The parts of the world that the names of zones begin with, in words."""
    return {
        "Africa": _("Africa"),
        "America": _("America"),
        "Antarctica": _("Antarctica"),
        "Arctic": _("Europe"),
        "Asia": _("Asia"),
        "Atlantic": _("Atlantic Ocean"),
        "Australia": _("Australia"),
        "Europe": _("Europe"),
        "Indian": _("Indian Ocean"),
        "Pacific": _("Pacific Ocean"),
    }


def zone_city(name: str) -> str:
    """The city that a zone is named after, as the reader writes it."""
    return _city(name, _locale())


def _offset(local: datetime) -> str:
    return f"UTC{local.isoformat()[-6:]}" if local.utcoffset() else "UTC"


def _time(local: datetime) -> str:
    return format_time(local, "HH:mm", locale=_locale())


def _date(local: datetime) -> str:
    return format_date(local, "long", locale=_locale())


def _locale() -> str:
    """English dates are written day first, as in the countries where the other languages are spoken."""
    locale = str(get_locale() or "en")
    return "en_GB" if locale == "en" else locale
