"""Writes what was read of both sides, and rows for what is new there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
from wizard.models.configuration.actors import PLAIN
from wizard.models.database import reload_for_update, update_rows
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


def add_settings_rows(connection: Connection, configuration: Configuration) -> Mapping[tuple[str, str], int]:
    """Adds an unset row for each actor type and field of the configuration that has none, behind the others.

    Returns the ids of the rows of fields, by actor type and key.
    """
    names = set(db.session.scalars(select(ActorTypeRow.name).where(ActorTypeRow.connection_id == connection.id)))
    ids = _ids_of(connection)
    types = [each.actor_type for each in configuration.types if each.actor_type not in names]
    wanted = [(each.actor_type, key) for each in configuration.types for key in each.by_key]
    missing = [(place, *each) for place, each in enumerate(wanted) if each not in ids]
    if not types and not missing:
        return ids
    db.session.add_all(ActorTypeRow(connection_id=connection.id, name=name) for name in types)
    db.session.add_all(
        ActorFieldRow(connection_id=connection.id, actor_type=name, key=key, rank=len(ids) + place)
        for place, name, key in missing
    )
    db.session.flush()
    return _ids_of(connection)


def _ids_of(connection: Connection) -> dict[tuple[str, str], int]:
    columns = select(ActorFieldRow.actor_type, ActorFieldRow.key, ActorFieldRow.id)
    found = db.session.execute(columns.where(ActorFieldRow.connection_id == connection.id))
    return {(actor_type, key): row_id for actor_type, key, row_id in found}


def write_settings(connection: Connection, before: Configuration, after: Configuration, who: str) -> None:
    """Writes the rows that differ; what has no row yet gets one. Rows that are loaded stay as they are."""
    ids = add_settings_rows(connection, after)
    for settings in after.types:
        known = before.type(settings.actor_type)
        if settings != known:
            _write_type(connection, known, settings, who)
            _write_fields({key: ids[settings.actor_type, key] for key in settings.by_key}, known, settings, who)


def _write_type(connection: Connection, before: TypeSettings, after: TypeSettings, who: str) -> None:
    if after.is_synced != before.is_synced:
        row = select(ActorTypeRow).where(
            ActorTypeRow.connection_id == connection.id, ActorTypeRow.name == after.actor_type
        )
        found = db.session.scalars(row).one()
        found.is_synced, found.updated_by, found.updated_at = after.is_synced, who, now()


def _write_fields(ids: Mapping[str, int], before: TypeSettings, after: TypeSettings, who: str) -> None:
    """Many rows in a statement, and none of them loaded."""
    if [each.key for each in after.fields] != [each.key for each in before.fields]:
        update_rows(ActorFieldRow, [{"id": ids[each.key], "rank": rank} for rank, each in enumerate(after.fields)])
    changed = [(each, known) for each in after.fields if each != (known := before.field(each.key))]
    names = [name for name in PLAIN if any(getattr(each, name) != getattr(known, name) for each, known in changed)]
    rows = [{"id": ids[each.key], **{name: getattr(each, name) for name in names}} for each, _ in changed]
    update_rows(ActorFieldRow, rows, updated_by=who, updated_at=now())
    items = [each for each, known in changed if each.items != known.items]
    update_rows(ActorFieldRow, [ActorFieldRow.with_items(ids[each.key], each) for each in items])
