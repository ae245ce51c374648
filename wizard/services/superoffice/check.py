"""What a run that checks the link does."""

from __future__ import annotations

from collections.abc import Collection

from wizard.extensions import db
from wizard.models import CheckRun, SuperOfficeLink
from wizard.outside.connector import CheckOptions, CheckReport
from wizard.outside.superoffice import check_link
from wizard.services.checks import persistently
from wizard.services.superoffice.client import credentials_of, site_of, writer_back
from wizard.services.superoffice.link_input import LINK_ID


def check_of_link(run: CheckRun, _: Collection[str], options: CheckOptions) -> CheckReport:
    """Checks the link as it is when the run begins; a token that is refreshed meanwhile is kept."""
    link = persistently(_load)
    report = check_link(
        site_of(link),
        credentials_of(link),
        policy=options["policy"],
        on_change=writer_back(link),
        company=link.company,
        since=link.linked_at.isoformat() if link.linked_at else "",
        limits=options["limits"],
        observer=options["observer"],
        cancelled=options["cancelled"],
    )
    return CheckReport(report.results, report.verdict)


def _load() -> SuperOfficeLink:
    """The link, which can be read after the transaction, too."""
    link = db.session.get_one(SuperOfficeLink, LINK_ID, populate_existing=True)
    db.session.commit()
    return link
