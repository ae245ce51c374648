"""Deletes and restores in SuperOffice what was deleted or restored here, at once or later, until it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import select

from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Account, Connection, Connector, Owed, WriteOperation
from wizard.models.database import reload_for_update, writing
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOffice, SuperOfficeError, registry
from wizard.outside.superoffice.carriers import ErpSyncConnectorEntity
from wizard.services import audit
from wizard.services.in_superoffice import owe_there
from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.find import linked
from wizard.services.superoffice.saving.carrier import Carrier
from wizard.services.superoffice.saving.journal import Target, remember, written

MAX_SECONDS = 10.0
"""How long a page waits for SuperOffice before it leaves the rest to the periodic task."""

Row = Connector | Connection


class Settled(StrEnum):
    """`in_use`: SuperOffice does not delete a connector that connections use there, and is not asked again."""

    NOTHING = "nothing"
    DONE = "done"
    LATER = "later"
    IN_USE = "in_use"


def restore_there(account: Account, row: Row) -> Settled:
    """Has SuperOffice restore what was deleted there, at once or later. Commits."""
    owe_there(row, Owed.RESTORE)
    action = "connector.restored_there" if isinstance(row, Connector) else "connection.restored_there"
    audit.note(account, action, row.name)
    db.session.commit()
    return settle(account, row)


def settle(account: Account, row: Row) -> Settled:
    """Does in SuperOffice what is owed there of a row. Commits."""
    owed = row.superoffice_owed
    if owed is None:
        return Settled.NOTHING
    link = linked()
    db.session.commit()
    if link is None or not link.may_save:
        return Settled.LATER
    seconds = min(MAX_SECONDS, current_app.config["CHECK_SECONDS"])
    try:
        with writing(), open_superoffice(link, seconds=seconds, cancelled=job_queue().is_closing) as so:
            settled, found = _settle(so, account, row, owed)
            _end(row, owed, found)
    except (SuperOfficeError, Cancelled):
        return Settled.LATER
    return settled


def settle_all() -> None:
    """Does what is owed of all rows, connections first: a connector is not deleted before them."""
    owed: list[Row] = [
        *db.session.scalars(select(Connection).where(Connection.superoffice_owed.is_not(None))),
        *db.session.scalars(select(Connector).where(Connector.superoffice_owed.is_not(None))),
    ]
    # nobody has asked just now, and the journal names an account: that of the first administrator
    account = db.session.scalar(select(Account).order_by(Account.id).limit(1))
    db.session.commit()
    for row in owed:
        if account is None or job_queue().is_closing() or settle(account, row) == Settled.LATER:
            return


def _settle(so: SuperOffice, account: Account, row: Row, owed: Owed) -> tuple[Settled, Carrier | None]:
    found = _read(so, row)
    if found is None or found.deleted == (owed == Owed.DELETE):
        return Settled.DONE, found
    if owed == Owed.DELETE and not _can_be_deleted(so, row):
        return Settled.IN_USE, found
    operation, carrier, call = _call(so, row, found, owed)
    reference: dict[str, Any] = {f"{row.__tablename__}_id": row.id}
    target = Target(account.id, row.name, target_id=row.superoffice_id, **reference)
    written(operation, target, carrier, call)
    return Settled.DONE, _read(so, row)


def _read(so: SuperOffice, row: Row) -> Carrier | None:
    there = row.superoffice_id or 0
    return registry.get_connector(so, there) if isinstance(row, Connector) else registry.get_connection(so, there)


def _can_be_deleted(so: SuperOffice, row: Row) -> bool:
    if isinstance(row, Connection):
        return True
    return registry.can_delete_connector(so, row.superoffice_id or 0) != registry.HAS_CONNECTIONS


def _call(
    so: SuperOffice, row: Row, found: Carrier, owed: Owed
) -> tuple[WriteOperation, dict[str, Any], Callable[[], object]]:
    """The operation, what it sends, and the call of it."""
    there = row.superoffice_id or 0
    restored = replace(found, deleted=False)
    if owed == Owed.DELETE:
        if isinstance(row, Connector):
            return WriteOperation.DELETE_CONNECTOR, {}, partial(registry.delete_connector, so, there)
        return WriteOperation.DELETE_CONNECTION, {}, partial(registry.delete_connection, so, there)
    if isinstance(restored, ErpSyncConnectorEntity):
        call: Callable[[], object] = partial(registry.save_connector, so, restored)
        return WriteOperation.SAVE_CONNECTOR, restored.to_json(), call
    return WriteOperation.SAVE_CONNECTION, restored.to_json(), partial(registry.save_connection, so, restored)


def _end(row: Row, owed: Owed, found: Carrier | None) -> None:
    """Nothing is owed any more, unless something else was done to the row here meanwhile."""
    current = reload_for_update(type(row), row.id)
    if current is not None and current.superoffice_owed == owed:
        current.superoffice_owed = None
        if found is not None:
            remember(current, current.superoffice_id or 0, found.to_json())
    db.session.commit()
