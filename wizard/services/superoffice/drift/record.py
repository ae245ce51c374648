"""Compares what SuperOffice has with what is here, and keeps the result (docs/superoffice.md: What is compared).

No transaction is open while SuperOffice is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from wizard.domain.fields import ConfigField
from wizard.domain.superoffice import (
    ConnectionValues,
    ConnectorValues,
    Drift,
    DriftState,
    Values,
    find_drift,
    readable_secrets,
)
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Connection, ConnectionState, Connector, SuperOfficeDrift, SuperOfficeLink
from wizard.models.columns import now
from wizard.models.database import reload_for_update, writing
from wizard.models.encrypted import Undecryptable
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOfficeError
from wizard.services.in_superoffice import may_save_there
from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.drift.ask import UNKNOWN, Found, Row, find, find_changes
from wizard.services.superoffice.drift.values import agreed_values, our_values
from wizard.services.superoffice.find import linked

PAGE_SECONDS = 15
"""How long SuperOffice may take to answer for one row, while somebody waits for its page."""
ALL_SECONDS = 600
MAX_AGE = timedelta(days=1)
"""How old a comparison may be before the scheduler repeats it."""
FRESH_TIME = timedelta(minutes=1)
"""How old a comparison may be for a page to show it without asking SuperOffice again."""

AnyRow = TypeVar("AnyRow", Connector, Connection)


def compare(row: Row) -> None:
    """Compares one row. Ends the transaction.

    Raises InvalidState where there is nothing to compare, and SuperOfficeError.
    """
    model, row_id = type(row), row.id
    store_found(model, row_id, find_there(row))


def find_there(row: Row) -> Found:
    """What SuperOffice has of a row now. Ends the transaction. Raises as `compare`."""
    link, superoffice_id = _link(), row.superoffice_id
    if superoffice_id is None:
        raise InvalidState(row.name)
    model, seen = type(row), row.superoffice_seen
    with open_superoffice(link, seconds=PAGE_SECONDS) as so:
        db.session.commit()
        carrier = find(so, model, superoffice_id)
        if carrier is not None and carrier.to_json() == seen:
            return Found(carrier)
        return Found(carrier, *find_changes(so, model).get(superoffice_id, UNKNOWN))


def compare_all(cancelled: Callable[[], bool] = lambda: False, *, due_only: bool = False) -> None:
    """Compares every row that SuperOffice has. `due_only`: only those that were not compared for a day.

    Raises InvalidState while nothing is linked that may save, SuperOfficeError and Cancelled.
    """
    link = _link()
    rows = [(type(row), row.id, row.superoffice_id or 0) for row in compared_rows() if not due_only or _is_due(row)]
    if not rows:
        return
    with open_superoffice(link, seconds=ALL_SECONDS, cancelled=cancelled) as so:
        db.session.commit()
        changes = {model: find_changes(so, model) for model in (Connector, Connection)}
        for model, row_id, superoffice_id in rows:
            changed = changes[model].get(superoffice_id, UNKNOWN)
            store_found(model, row_id, Found(find(so, model, superoffice_id), *changed))


def compare_due() -> None:
    """Compares what was not compared for a day. What SuperOffice does not answer is asked for again later."""
    if may_save_there():
        with suppress(SuperOfficeError, Cancelled):
            compare_all(job_queue().is_closing, due_only=True)


def compared_rows() -> list[Row]:
    """Every connector and connection that SuperOffice is known to have, by name; connectors first."""
    return [*_compared(Connector), *_compared(Connection)]


def drift_of(row: Row) -> SuperOfficeDrift | None:
    """The result of the last comparison of a row; None before the first, and after a save in SuperOffice."""
    return drifts_of([row]).get(row.id)


def drifts_of(rows: Sequence[Row]) -> dict[int, SuperOfficeDrift]:
    """The results of connectors or of connections, by id."""
    saved_at = {row.id: row.superoffice_seen_at for row in rows if row.superoffice_id is not None}
    if not saved_at:
        return {}
    column = _reference(type(rows[0]))
    records = db.session.scalars(select(SuperOfficeDrift).where(column.in_(saved_at))).all()
    by_id = {getattr(record, column.key): record for record in records}
    return {row_id: record for row_id, record in by_id.items() if not _is_older(record, saved_at[row_id])}


def _is_older(record: SuperOfficeDrift, saved_at: datetime | None) -> bool:
    return saved_at is not None and saved_at > record.read_at


def is_fresh(record: SuperOfficeDrift | None) -> bool:
    """Whether it need not be compared again for a page."""
    return record is not None and now() - record.read_at < FRESH_TIME


def details_of(row: Row) -> Drift | None:
    """What differs between the row and what was read last; None where that is not known."""
    record = drift_of(row)
    content = record.content if record else None
    if not content or not can_be_compared(row):
        return None
    return drift_from(row, stored_theirs(row, content), content["readable"])


def drift_from(row: Row, theirs: Values | None, readable: Collection[str]) -> Drift:
    """What differs between the row and these values."""
    return find_drift(our_values(row), theirs, agreed_values(row), _config_fields(row), readable)


def stored_theirs(row: Row, content: dict[str, Any]) -> Values | None:
    """What was read last."""
    values = ConnectorValues if isinstance(row, Connector) else ConnectionValues
    return values.from_json(content["theirs"]) if content["theirs"] else None


@writing()
def store_found(model: type[Row], row_id: int, found: Found) -> None:
    """Keeps the result of a comparison. Commits."""
    row = reload_for_update(model, row_id)
    if row is not None and row.deleted_at is None and can_be_compared(row):
        store(row, found)
    db.session.commit()


def store(row: Row, found: Found) -> SuperOfficeDrift:
    """Keeps the result of a comparison with the row as it is now."""
    record, theirs, at = _record(row), found.values, now()
    readable = _readable(row, record, theirs)
    result = drift_from(row, theirs, readable)
    record.state, record.differing = result.state, len(result.differences)
    record.content = {"theirs": theirs and theirs.to_json(), "readable": readable}
    record.changed_by, record.changed_at, record.read_at = found.changed_by, found.changed_at, at
    if result.state == DriftState.SAME and found.carrier is not None:
        row.superoffice_seen, row.superoffice_seen_at = found.carrier.to_json(), at
    db.session.add(record)
    return record


def can_be_compared(row: Row) -> bool:
    """Whether its values can be decrypted, and it is not being saved just now."""
    if isinstance(row, Connector):
        return True
    is_saved = row.state == ConnectionState.SAVED
    return is_saved and not any(isinstance(each, Undecryptable) for each in (row.config, row.fields))


def _link() -> SuperOfficeLink:
    link = linked()
    if link is None or not link.may_save:
        raise InvalidState
    return link


def _record(row: Row) -> SuperOfficeDrift:
    column = _reference(type(row))
    found = db.session.scalar(select(SuperOfficeDrift).where(column == row.id))
    return found or SuperOfficeDrift(**{column.key: row.id})


def _readable(row: Row, record: SuperOfficeDrift, theirs: Values | None) -> list[str]:
    """The secrets that SuperOffice has shown at some time."""
    known, ours = set((record.content or {}).get("readable", ())), our_values(row)
    if isinstance(ours, ConnectionValues) and isinstance(theirs, ConnectionValues):
        known |= readable_secrets(ours, theirs, _config_fields(row))
    return sorted(known)


def _config_fields(row: Row) -> tuple[ConfigField, ...]:
    return row.config_fields() if isinstance(row, Connection) else ()


def _reference(model: type[Row]) -> Any:
    return SuperOfficeDrift.connector_id if model is Connector else SuperOfficeDrift.connection_id


def _compared(model: type[AnyRow]) -> Sequence[AnyRow]:
    there = select(model).where(model.deleted_at.is_(None), model.superoffice_id.is_not(None))
    return db.session.scalars(there.order_by(model.name_key, model.id)).all()


def _is_due(row: Row) -> bool:
    record = drift_of(row)
    return record is None or now() - record.read_at >= MAX_AGE
