"""Which time zones there are, and the machine's own; which one a page speaks is up to `wizard.web.time_zone`."""

from __future__ import annotations

from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.localtime import LOCALTZ


def find_time_zone(name: str | None) -> ZoneInfo | None:
    """The zone of a name as browsers give it (`Europe/Oslo`); None for one that is not known."""
    return ZoneInfo(name) if name and name in _known() else None


def of_machine() -> tzinfo:
    """The zone of this machine, daylight saving included."""
    return find_time_zone(str(LOCALTZ)) or LOCALTZ


@cache
def time_zone_names() -> tuple[str, ...]:
    """One name for each zone that differs from the others now or did so in the past: `Europe/Oslo`, `Etc/UTC` ..."""
    names = (name for name in get_global("zone_territories") if not name.startswith("Etc/"))
    return ("Etc/UTC", *sorted(name for name in names if name in _known()))


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
