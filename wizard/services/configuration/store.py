"""Writes what was read of both sides, and rows for what is new there."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from wizard.domain.configuration import ActorType, Configuration, FieldSettings, Schema, TypeSettings, merged_schema
from wizard.extensions import db
from wizard.models import ActorFieldRow, ActorTypeRow, Connection
from wizard.models.columns import now
from wizard.models.database import reload_for_update
from wizard.services.configuration.find import load, need_state


def merge_schema(connection: Connection, schema: Schema) -> Schema:
    """Stores what was read. New fields get a row, behind the others; what is gone keeps its row, and is marked."""
    reload_for_update(Connection, connection.id)
    state = need_state(connection)
    merged = merged_schema(state.schema or Schema(), schema, load(connection))
    state.schema, state.schema_read_at, state.failure = merged, now(), None
    add_rows(connection, merged.types)
    return merged


def add_rows(connection: Connection, types: Iterable[ActorType]) -> None:
    """Adds a row for each actor type and field that has none."""
    storable = {each.name: each for each in types if each.is_storable}
    add_settings_rows(
        connection,
        Configuration(
            tuple(
                TypeSettings(
                    name, fields=tuple(FieldSettings(key) for key, field in each.by_key.items() if field.is_storable)
                )
                for name, each in storable.items()
            )
        ),
    )


def add_settings_rows(connection: Connection, configuration: Configuration) -> None:
    """Adds an unset row for each actor type and field of the configuration that has none, behind the others."""
    names = set(db.session.scalars(select(ActorTypeRow.name).where(ActorTypeRow.connection_id == connection.id)))
    columns = select(ActorFieldRow.actor_type, ActorFieldRow.key).where(ActorFieldRow.connection_id == connection.id)
    keys = {(name, key) for name, key in db.session.execute(columns)}
    wanted = [(each.actor_type, key) for each in configuration.types for key in each.by_key]
    db.session.add_all(
        ActorTypeRow(connection_id=connection.id, name=each.actor_type)
        for each in configuration.types
        if each.actor_type not in names
    )
    db.session.add_all(
        ActorFieldRow(connection_id=connection.id, actor_type=name, key=key, rank=len(keys) + place)
        for place, (name, key) in enumerate(wanted)
        if (name, key) not in keys
    )
    db.session.flush()
