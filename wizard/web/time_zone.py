"""The time zone of a page: as chosen, else the browser's, else the server's."""

from __future__ import annotations

from datetime import tzinfo

from flask import has_request_context
from flask_babel import gettext as _

from wizard.messages import region_titles, zone_city, zone_name
from wizard.time_zones import find_time_zone, of_machine, time_zone_names
from wizard.web.cookies import read_cookie
from wizard.web.language import of_account

COOKIE = "time_zone"
"""Set by `static/js/time-zone.js`."""


def preferred_time_zone() -> tzinfo:
    """The zone that the account has chosen, else the browser's, else the server's; for a command the machine's."""
    return _of_reader() or of_machine()


def current_time_zone() -> str:
    """The zone of this page in words, and whose it is where that is not the reader."""
    if _of_reader():
        return _("Time zone: %(zone)s", zone=zone_name())
    return _("Time zone of the server: %(zone)s", zone=zone_name())


def time_zones_by_region(chosen: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Names of time zones and their cities, in alphabetical order by part of the world."""
    regions = region_titles()
    grouped: dict[str, list[tuple[str, str]]] = {title: [] for title in sorted(regions.values())}
    zone = find_time_zone(chosen)  # it may be another name of one of the others
    for name in {*time_zone_names(), *([zone.key] if zone else [])}:
        grouped.setdefault(regions.get(name.partition("/")[0], "UTC"), []).append((name, zone_city(name)))
    return [(title, sorted(cities, key=lambda city: city[1])) for title, cities in grouped.items()]


def browser_time_zone() -> tzinfo:
    """The browser's zone, else the server's."""
    return _of_browser() or of_machine()


def _of_reader() -> tzinfo | None:
    if not has_request_context():
        return None
    return find_time_zone(of_account("time_zone")) or _of_browser()


def _of_browser() -> tzinfo | None:
    return find_time_zone(read_cookie(COOKIE))
