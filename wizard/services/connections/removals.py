"""Removals: what a connector has stored, or may have, and has no row here, it is asked to forget until it does."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from wizard.domain.check import RunState
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connector, Removal
from wizard.models.columns import now
from wizard.models.database import reload_for_update, writing
from wizard.outside.connector import CheckReport
from wizard.services import audit
from wizard.services.checks import is_alive, start_removal

SETTLING_TIME = timedelta(minutes=5)
"""How long a connector may still be storing a connection after the wizard has stopped waiting for its answer."""
FIRST_DELAY = timedelta(minutes=1)
MAX_DELAY = timedelta(hours=1)


def owe_removal(account: Account, connector_id: int, guid: str, request: dict[str, Any], *, settles: bool) -> Removal:
    """Remembers that a connector has to forget a connection.

    `request` has the name of the connection, and the url and ca_pem of the connector. `settles`: the answer to the save
    did not come, so that it may be stored only later.
    """
    removal = _find(connector_id, guid) or Removal(connector_id=connector_id, guid=guid)
    removal.name, removal.url, removal.ca_pem = request["name"], request["url"], request["ca_pem"]
    removal.account = account
    removal.settles_at = now() + (SETTLING_TIME if settles else timedelta())
    removal.next_try_at, removal.tries, removal.reason = now(), 0, None
    db.session.add(removal)
    db.session.flush()
    return removal


def withdraw_removal(connector_id: int, guid: str) -> None:
    """Takes it back, because the connection is saved after all. A try that runs is waited for by the run that saves."""
    removal = _find(connector_id, guid)
    if removal is None:
        return
    run = reload_for_update(CheckRun, removal.run_id) if removal.run_id else None
    if run is not None and run.state == RunState.WAITING:
        run.state = RunState.CANCELLED
    db.session.delete(removal)


def start_removal_now(removal: Removal) -> Callable[[Any], None]:
    """What starts the first try, once the removal is committed."""
    return partial(_start, removal.id)


@writing()
def start_removals(*, due_only: bool = True) -> None:
    """Starts the tries that are due, or all that do not run, as at the start of a process."""
    due = select(Removal.id).where(Removal.next_try_at <= now()) if due_only else select(Removal.id)
    ids = db.session.scalars(due).all()
    db.session.commit()
    for removal_id in ids:
        _start(removal_id)


def after_removal(run: CheckRun, _: CheckReport) -> None:
    """Ends a removal that has succeeded for good, and puts off the next try of another."""
    removal = db.session.scalar(select(Removal).where(Removal.run_id == run.id).with_for_update())
    if removal is None:
        return
    removal.run_id = None
    if not run.passed:
        removal.tries += 1
        removal.reason = run.failure.reason if run.failure else None
        removal.next_try_at = now() + min(FIRST_DELAY * 2 ** min(removal.tries - 1, 10), MAX_DELAY)
    elif removal.settles_at > now():
        removal.next_try_at = removal.settles_at
    else:
        db.session.delete(removal)


def removals_of(connector_ids: Collection[int]) -> dict[int, list[Removal]]:
    """What these connectors still have to forget, the oldest first."""
    found: dict[int, list[Removal]] = {}
    owed = select(Removal).where(Removal.connector_id.in_(connector_ids)).order_by(Removal.created_at, Removal.id)
    for removal in db.session.scalars(owed) if connector_ids else ():
        found.setdefault(removal.connector_id, []).append(removal)
    return found


def give_up_removals(account: Account, connector: Connector) -> int:
    """Leaves at a connector what it has not forgotten; returns how many connections these are."""
    removals = removals_of([connector.id]).get(connector.id, [])
    for removal in removals:
        audit.note(account, "connection.left", removal.name, connector.name)
        db.session.delete(removal)
    db.session.commit()
    return len(removals)


def _find(connector_id: int, guid: str) -> Removal | None:
    owed = select(Removal).where(Removal.connector_id == connector_id, Removal.guid == guid)
    return db.session.scalar(owed.with_for_update())


def _start(removal_id: int, *_: object) -> None:
    removal = reload_for_update(Removal, removal_id)
    if removal is None or _is_tried_now(removal):
        db.session.commit()
        return
    start_removal(removal)


def _is_tried_now(removal: Removal) -> bool:
    return db.session.scalar(select(CheckRun.id).where(CheckRun.id == removal.run_id, is_alive())) is not None
