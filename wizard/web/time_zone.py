"""The time zone of a page: as chosen, else the browser's, else the server's."""

from __future__ import annotations

from datetime import tzinfo

from flask import has_request_context
from flask_babel import gettext as _

from wizard.messages import zone_name
from wizard.time_zones import find_time_zone, of_machine
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


def browser_time_zone() -> tzinfo:
    """The browser's zone, else the server's."""
    return _of_browser() or of_machine()


def _of_reader() -> tzinfo | None:
    if not has_request_context():
        return None
    return find_time_zone(of_account("time_zone")) or _of_browser()


def _of_browser() -> tzinfo | None:
    return find_time_zone(read_cookie(COOKIE))
