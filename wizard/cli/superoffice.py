"""`erp-wizard superoffice check`: the link as it is saved."""

from __future__ import annotations

import threading

import click
from flask_babel import gettext as _

from wizard.cli.live import LiveCheck, follow
from wizard.domain.check import LINK_STAGES, CheckObserver, RunKind
from wizard.outside.running_check import CheckLimits, Report
from wizard.services.superoffice import check_link_now, linked, name_of


def check(timeout: float, *, as_json: bool) -> int:
    """Checks the link and prints what was found. Returns the exit code. Raises UsageError where there is no link."""
    link = linked()
    if link is None:
        raise click.UsageError(_("SuperOffice is not linked. Link it in the wizard, on the page SuperOffice."))

    def perform(observer: CheckObserver, stopped: threading.Event) -> Report:
        return check_link_now(limits=CheckLimits(timeout), observer=observer, cancelled=stopped.is_set)

    return follow([LiveCheck(name_of(link), perform)], RunKind.LINK, LINK_STAGES, timeout, as_json=as_json)
