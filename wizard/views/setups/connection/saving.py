"""What step 3 says and offers where the connection is saved in SuperOffice too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from wizard.domain.check import RunKind
from wizard.messages import moment
from wizard.models import Connection
from wizard.services.superoffice import linked
from wizard.views.connections.there import tenant_text
from wizard.views.setups.connection.run_on_page import RunOnPage
from wizard.views.setups.connection.state import ConnectionFormState


@dataclass(frozen=True)
class SavingView:
    """`has_failed`: the last attempt was not saved in SuperOffice; `again` says when it is tried again by itself.

    `adoptable` are the numbers of those that SuperOffice has already.
    """

    tenant: str
    has_failed: bool = False
    again: str | None = None
    adoptable: Sequence[str] = ()


def saving_view(state: ConnectionFormState, on_page: RunOnPage) -> SavingView | None:
    """None where no connection is saved in SuperOffice."""
    link = linked()
    if link is None or not link.may_save:
        return None
    run = on_page.run
    if run is None or run.kind != RunKind.SAVE_BOTH or run.unfinished:
        return SavingView(tenant_text(link))
    failure = run.failure
    ids = failure.facts["ids"].split(", ") if failure and failure.reason == "superoffice.exists" else ()
    return SavingView(tenant_text(link), True, _again(state.setup.connection), ids)


def _again(connection: Connection | None) -> str | None:
    if connection is None or not connection.waits_for_superoffice:
        return None
    at = (connection.pending or {})["retry_at"]
    if not at:
        return None
    return _("It is tried again automatically: next %(moment)s.", moment=moment(datetime.fromisoformat(at)))
