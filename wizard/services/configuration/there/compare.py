"""Compares what is configured here with what SuperOffice has, and keeps what was read there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from wizard.domain.check import StageResult
from wizard.domain.configuration import (
    CRM_TYPES,
    PARTS_OF_FIELDS,
    WRITTEN_PARTS,
    Configuration,
    FieldSettings,
    RowDifference,
    Side,
    differences,
)
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import ConfigurationState, Connection
from wizard.models.columns import now
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOffice, SuperOfficeError, configuration, registry
from wizard.services.configuration.due import for_each
from wizard.services.configuration.find import load, state_of
from wizard.services.configuration.there.carriers import field_ids, with_default
from wizard.services.configuration.there.merge import merged
from wizard.services.configuration.there.refusal import is_refusal
from wizard.services.configuration.there.side import read_mappings, settings_there
from wizard.services.configuration.there.state import is_read_since, state_for_update
from wizard.services.lists import is_deleted
from wizard.services.superoffice import linked, open_superoffice

PAGE_SECONDS = 15.0
DAILY_SECONDS = 600.0
MAX_AGE = timedelta(days=1)
"""How old a comparison may be before the scheduler repeats it."""


def differences_there(connection: Connection) -> list[RowDifference]:
    """The rows that differ from what SuperOffice had when it was last read; none before it was read."""
    state = state_of(connection)
    if state is None or state.theirs is None:
        return []
    return differences(load(connection), state.theirs, state.written)


def has_read_there(connection: Connection) -> bool:
    """Whether it was ever read what SuperOffice has configured for a connection."""
    state = state_of(connection)
    return state is not None and state.theirs_at is not None


def changed_there(connection: Connection) -> list[RowDifference]:
    """Those of them that somebody has changed in SuperOffice: what is only changed here is written there anyway."""
    return [each for each in differences_there(connection) if each.side is not Side.OURS]


def compare_there(connection: Connection, *, seconds: float = PAGE_SECONDS, every_default: bool = False) -> None:
    """Reads what SuperOffice has and keeps it. Commits.

    A default takes one call: without `every_default` only those that are set on one side, as far as it is known.
    Raises InvalidState where nothing is linked that has it, SuperOfficeError and Cancelled.
    """
    link, number, row_id = linked(), connection.superoffice_id, connection.id
    if link is None or not link.may_save or number is None:
        raise InvalidState(connection.name)
    state, ours = state_of(connection), load(connection)
    known, theirs_at = _known(state), state.theirs_at if state else None
    with open_superoffice(link, seconds=seconds, cancelled=job_queue().is_closing) as so:
        db.session.commit()  # no transaction is open while SuperOffice is called
        found = registry.get_connection(so, number)
        is_there = found is not None and not found.deleted
        theirs = _read(so, number, ours, known, every_default=every_default) if is_there else None
    if theirs is not None and found is not None:
        _keep(row_id, theirs, theirs_at, is_active=found.active)


def compare_due() -> None:
    """Compares what was not compared for a day. What SuperOffice does not answer is asked for again later."""
    for_each(_due(), _compare_if_answered)


def _compare_if_answered(connection: Connection) -> None:
    with suppress(SuperOfficeError, Cancelled, InvalidState):
        compare_there(connection, seconds=DAILY_SECONDS, every_default=True)


def compare_all() -> Mapping[int, StageResult]:
    """Compares every connection that SuperOffice has; what it refuses to say of one, by the connection's id.

    Raises as `compare_there` what holds for all of them.
    """
    refused: dict[int, StageResult] = {}
    rows = select(Connection).join(ConfigurationState, ConfigurationState.connection_id == Connection.id)
    there = rows.where(is_deleted(Connection, False), Connection.superoffice_id.is_not(None))
    for connection in db.session.scalars(there.order_by(Connection.id)).all():
        try:
            compare_there(connection, seconds=DAILY_SECONDS, every_default=True)
        except SuperOfficeError as error:
            if not is_refusal(error):  # that is of this one, as where its connector does not answer
                raise
            refused[connection.id] = error.result
    return refused


def _due() -> Sequence[int]:
    link = linked()
    row = ConfigurationState
    due = (
        select(row.connection_id)
        .join(Connection, Connection.id == row.connection_id)
        .where(is_deleted(Connection, False), Connection.superoffice_id.is_not(None))
        .where(row.theirs_at <= now() - MAX_AGE)
        .order_by(row.theirs_at)
    )
    found = db.session.scalars(due).all() if link is not None and link.may_save else ()
    db.session.commit()
    return found


def _known(state: ConfigurationState | None) -> Configuration:
    return (state.theirs or state.written or Configuration()) if state else Configuration()


def _read(
    so: SuperOffice, number: int, ours: Configuration, known: Configuration, *, every_default: bool
) -> Configuration:
    names = [each.actor_type for each in ours.types if each.actor_type in CRM_TYPES]
    mappings = read_mappings(so, number, names)
    theirs = settings_there(so, number, mappings, ours)
    for mapping in mappings:
        there, before = theirs.type(mapping.actor_type_erp), known.type(mapping.actor_type_erp)
        is_read = _reads_default(ours.type(mapping.actor_type_erp).by_key, before.by_key, every_default)
        ids = field_ids(mapping)
        fields = (
            with_default(each, configuration.default_value(so, ids[each.key]))
            if is_read(each)
            else each.with_part(before.field(each.key), PARTS_OF_FIELDS[-1])
            for each in there.fields
        )
        theirs = theirs.with_type(replace(there, fields=tuple(fields)))
    return theirs


def _reads_default(
    ours: dict[str, FieldSettings], before: dict[str, FieldSettings], every_default: bool
) -> Callable[[FieldSettings], bool]:
    """What is mapped gets its values from SuperOffice, and no default."""

    def is_read(there: FieldSettings) -> bool:
        is_set = any(settings[there.key].has_default for settings in (ours, before) if there.key in settings)
        return is_set or (every_default and not there.is_mapped)

    return is_read


def _keep(connection_id: int, theirs: Configuration, theirs_at: datetime | None, *, is_active: bool) -> None:
    """What is the same on both sides is what both agree on; nothing is kept of what may be old by now. Commits."""
    state = state_for_update(connection_id)
    if is_read_since(state, theirs_at):
        db.session.commit()
        return
    connection = db.session.get_one(Connection, connection_id)
    ours, agreed = load(connection), state.written or theirs
    found = differences(ours, theirs, agreed)
    for each in theirs.types:
        differing = {(row.key, row.part) for row in found if row.actor_type == each.actor_type}
        agreed = agreed.with_type(merged(agreed.type(each.actor_type), each, WRITTEN_PARTS, differing))
    state.written, state.theirs, state.theirs_at, state.is_active = agreed, theirs, now(), is_active
    db.session.commit()
