"""Times as people say them, in the language and zone of the reader."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from babel.dates import format_date, format_time
from flask_babel import get_locale
from flask_babel import gettext as _


def moment(at: datetime, now: datetime | None = None) -> str:
    """"today at 09:44", "yesterday at 16:02" or "on 20 November 2026 at 07:14", in the server's time zone."""
    local = at.astimezone()
    today = (now or datetime.now(UTC)).astimezone().date()
    time = format_time(local, "HH:mm", locale=_locale())
    if local.date() == today:
        return _("today at %(time)s", time=time)
    if local.date() == today - timedelta(days=1):
        return _("yesterday at %(time)s", time=time)
    if local.date() == today + timedelta(days=1):
        return _("tomorrow at %(time)s", time=time)
    return _("on %(date)s at %(time)s", date=format_date(local, "long", locale=_locale()), time=time)


def date(iso: str) -> str:
    """The day of an ISO 8601 time: "20 November 2026"; the text itself where it is none."""
    try:
        return str(format_date(datetime.fromisoformat(iso).astimezone(), "long", locale=_locale()))
    except ValueError:
        return iso


def duration(milliseconds: int) -> str:
    """"46 ms" below a second, else "1.9 s"."""
    if milliseconds < 1000:
        return _("%(count)s ms", count=milliseconds)
    return _("%(count)s s", count=f"{milliseconds / 1000:.1f}".replace(".", _decimal_mark()))


def _locale() -> str:
    """English dates are written day first, as in the six languages' countries."""
    locale = str(get_locale() or "en")
    return "en_GB" if locale == "en" else locale


def _decimal_mark() -> str:
    return "." if _locale().startswith("en") else ","
