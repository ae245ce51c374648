"""Writes what was read of both sides, and rows for what is new there."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from wizard.domain.configuration import (
    ActorType,
    Configuration,
    FieldSettings,
    Schema,
    TypeSettings,
    in_keys_of,
    merged_schema,
)
from wizard.extensions import db
from wizard.models import ActorFieldRow, ActorTypeRow, Connection
from wizard.models.columns import now
from wizard.models.database import reload_for_update
from wizard.services.configuration.find import load, need_state


def merge_schema(connection: Connection, schema: Schema) -> Schema:
    """Stores what was read. New fields get a row, behind the others; what is gone keeps its row, and is marked.

    What was prepared with the documented keys gets SuperOffice's own, once they are known.
    """
    reload_for_update(Connection, connection.id)
    state, saved = need_state(connection), load(connection)
    before = state.schema or Schema()
    found = in_keys_of(schema, saved, before)
    write_settings(connection, saved, found, "")
    at = now()
    merged = merged_schema(before, schema, found, at.isoformat())
    state.schema, state.schema_read_at, state.failure = merged, at, None
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


def write_settings(connection: Connection, before: Configuration, after: Configuration, who: str) -> None:
    """Writes the rows that differ; what has no row yet gets one."""
    add_settings_rows(connection, after)
    for settings in after.types:
        if settings != before.type(settings.actor_type):
            _write_type(connection, before.type(settings.actor_type), settings, who)


def _write_type(connection: Connection, before: TypeSettings, after: TypeSettings, name: str) -> None:
    if after.is_synced != before.is_synced:
        row = select(ActorTypeRow).where(
            ActorTypeRow.connection_id == connection.id, ActorTypeRow.name == after.actor_type
        )
        found = db.session.scalars(row).one()
        found.is_synced, found.updated_by, found.updated_at = after.is_synced, name, now()
    ranks = {each.key: rank for rank, each in enumerate(after.fields)}
    moved = list(ranks) != [each.key for each in before.fields]
    changed = {key for key in ranks if after.field(key) != before.field(key)}
    rows = select(ActorFieldRow).where(
        ActorFieldRow.connection_id == connection.id, ActorFieldRow.actor_type == after.actor_type
    )
    for field in db.session.scalars(rows):
        if moved and field.key in ranks:
            field.rank = ranks[field.key]
        if field.key in changed:
            _write_field(field, after.field(field.key), name)


def _write_field(row: ActorFieldRow, settings: FieldSettings, name: str) -> None:
    row.assign(settings)
    row.updated_by, row.updated_at = name, now()
