"""Deactivates a connection in SuperOffice, at once."""

from __future__ import annotations

from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Account, Connection
from wizard.services import audit
from wizard.services.checks import persistently
from wizard.services.configuration.activating.toggle import set_active
from wizard.services.configuration.there.state import keep_reactivate
from wizard.services.superoffice import linked, open_superoffice
from wizard.services.superoffice.saving import Target

PAGE_SECONDS = 20.0
"""How long a page waits for SuperOffice."""


def deactivate(account: Account, connection: Connection) -> None:
    """A change that is under way does not activate it again. Commits.

    Raises InvalidState where the wizard may not write to SuperOffice, or it stays active; SuperOfficeError and Refused.
    """
    link, name, connection_id = linked(), connection.name, connection.id
    if link is None or not link.may_save or connection.superoffice_id is None:
        raise InvalidState(name)
    target = Target(account.id, name, connection.connector_id, connection_id, target_id=connection.superoffice_id)
    with open_superoffice(link, seconds=PAGE_SECONDS, cancelled=job_queue().is_closing) as so:
        db.session.commit()  # no transaction is open while SuperOffice is called
        persistently(lambda: keep_reactivate(connection_id, reactivate=False))
        if set_active(so, target, is_active=False):
            raise InvalidState(name)
    audit.note(account, "configuration.deactivated", name)
    db.session.commit()
