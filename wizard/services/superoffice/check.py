"""The check of the link: in a run, and at once for a command."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import Unpack

from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.models import CheckRun, SuperOfficeLink
from wizard.outside.connector import CheckOptions, CheckReport
from wizard.outside.http import Cancelled as RequestCancelled
from wizard.outside.http import Policy
from wizard.outside.running_check import Report, RunOptions
from wizard.outside.superoffice import SuperOfficeError, check_link
from wizard.services.checks import AfterCommit, Cancelled, persistently
from wizard.services.superoffice.client import credentials_of, policy, site_of, writer_back
from wizard.services.superoffice.link import apply_link_check
from wizard.services.superoffice.link_input import LINK_ID
from wizard.services.superoffice.reading_users import read_users


def check_of_link(run: CheckRun, _: Collection[str], options: CheckOptions) -> CheckReport:
    """Checks the link as it is when the run begins; a token that is refreshed meanwhile is kept."""
    report = _check(
        persistently(_load),
        options["policy"],
        limits=options["limits"],
        observer=options["observer"],
        cancelled=options["cancelled"],
    )
    return CheckReport(report.results, report.verdict)


def check_link_now(**options: Unpack[RunOptions]) -> Report:
    """The same for whoever has a shell on this machine: it may be called, and what is found is not stored."""
    return _check(_load(), replace(policy(), loopback=True), **options)


def _check(link: SuperOfficeLink, allowed: Policy, **options: Unpack[RunOptions]) -> Report:
    return check_link(
        site_of(link),
        credentials_of(link),
        policy=allowed,
        on_change=writer_back(link),
        company=link.company,
        since=link.linked_at.isoformat() if link.linked_at else "",
        **options,
    )


def after_link_check(run: CheckRun, _: CheckReport) -> AfterCommit | None:
    """Applies what the check has found; once SuperOffice is linked, its users and groups are read."""
    return _read_users if apply_link_check(run) else None


def _read_users(cancelled: Cancelled) -> None:
    """A failure is remembered, and said where users are shown."""
    with suppress(SuperOfficeError, InvalidState, RequestCancelled):
        read_users(None, cancelled=cancelled)


def _load() -> SuperOfficeLink:
    """The link, which can be read after the transaction, too."""
    link = db.session.get_one(SuperOfficeLink, LINK_ID, populate_existing=True)
    db.session.commit()
    return link
