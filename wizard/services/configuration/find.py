"""Finds what is configured for a connection, and what both sides have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, load_only
from sqlalchemy.orm.interfaces import ORMOption

from wizard.domain.configuration import Configuration, FieldSettings, Schema, TypeSettings
from wizard.errors import DecryptionError
from wizard.extensions import db
from wizard.models import ActorFieldRow, ActorTypeRow, ConfigurationState, Connection
from wizard.models.configuration.actors import PLAIN
from wizard.models.database import reload_for_update
from wizard.services.lists import is_deleted

MAX_CONNECTIONS = 500
"""That are put into an order."""


def load(connection: Connection) -> Configuration:
    """In two statements, however many fields there are."""
    types = select(ActorTypeRow.name, ActorTypeRow.is_synced).where(ActorTypeRow.connection_id == connection.id)
    fields: dict[str, list[FieldSettings]] = {}
    for actor_type, settings in _fields(connection):
        fields.setdefault(actor_type, []).append(settings)
    rows = db.session.execute(types.order_by(ActorTypeRow.id))
    return Configuration(tuple(TypeSettings(name, synced, tuple(fields.get(name, ()))) for name, synced in rows))


def load_for_update(connection: Connection) -> Configuration:
    """The same, locked: nobody else can save until the transaction ends."""
    reload_for_update(Connection, connection.id)
    return load(connection)


def _fields(connection: Connection) -> list[tuple[str, FieldSettings]]:
    row = ActorFieldRow
    columns = select(row.id, row.actor_type, row.key, row.items_token, *(getattr(row, name) for name in PLAIN))
    found = db.session.execute(columns.where(row.connection_id == connection.id).order_by(row.rank, row.id))
    return [
        (actor_type, FieldSettings(key, items=_items(id_, token), **dict(zip(PLAIN, values, strict=True))))
        for id_, actor_type, key, token, *values in found
    ]


def _items(row_id: int, token: bytes | None) -> dict[str, int]:
    """Nothing where no key decrypts them, as for every evidence."""
    if token is None:
        return {}
    try:
        return ActorFieldRow.items.value_of(row_id, token) or {}
    except DecryptionError:
        return {}


def state_of(connection: Connection, *options: ORMOption) -> ConfigurationState | None:
    """The state, if there is one; `options` say what is read of it."""
    return db.session.scalar(_state(connection, options))


def need_state(connection: Connection, *options: ORMOption) -> ConfigurationState:
    """Re-reads the state; a new one where there is none yet. The caller has locked the connection."""
    state = db.session.scalar(_state(connection, options).execution_options(populate_existing=True))
    if state is None:
        state = ConfigurationState(connection_id=connection.id)
        db.session.add(state)
    return state


def _state(connection: Connection, options: Iterable[ORMOption]) -> Select[ConfigurationState]:
    return select(ConfigurationState).where(ConfigurationState.connection_id == connection.id).options(*options)


def load_schema(connection: Connection) -> Schema | None:
    """What both sides have, as it was last read; None before it was read."""
    state = state_of(connection, load_only(ConfigurationState.schema_token))
    return state.schema if state else None


def in_priority() -> Sequence[Connection]:
    """The current connections in their order of priority; those without one are behind the others, by name."""
    last = Connection.sync_priority.is_(None)
    found = select(Connection).where(is_deleted(Connection, False)).options(joinedload(Connection.connector))
    return db.session.scalars(
        found.order_by(last, Connection.sync_priority, Connection.name_key).limit(MAX_CONNECTIONS)
    ).all()
