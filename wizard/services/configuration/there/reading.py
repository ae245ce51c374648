"""Reads what both sides have for a connection: the connector's fields and lists, and SuperOffice's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wizard.domain.check import StageResult
from wizard.domain.configuration import ActorField, ActorType, Schema, documented_fields
from wizard.domain.fields import ConfigField, has_visible
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Connection, SuperOfficeLink
from wizard.models.database import writing
from wizard.outside.connector import ActorTypesRead, ErpActors
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOfficeError
from wizard.services.checks import ask_connector
from wizard.services.configuration.find import load, load_schema, need_state, state_of
from wizard.services.configuration.store import merge_schema
from wizard.services.configuration.there.adopt import adopt
from wizard.services.configuration.there.side import filled_elsewhere, read_side
from wizard.services.configuration.there.state import state_for_update
from wizard.services.superoffice import linked, open_superoffice

SECONDS = 20.0
"""How long SuperOffice may take, while somebody waits for a page."""


def read_schema(connection: Connection) -> Schema | None:
    """Reads both sides and keeps it; what cannot be read stays as it was, and the state keeps why. Commits.

    None where nothing was ever read. Without a link SuperOffice's fields are the documented ones.
    """
    read, failure = ask_connector(connection, ErpActors.read_types)
    if read is None:
        return _failed(connection, failure)
    schema = _of_connector(read)
    link = linked()
    if link is None or not link.may_save or connection.superoffice_id is None:
        return _kept(connection, _with_side_of(schema, load_schema(connection)), None)
    return _with_superoffice(link, connection, schema)


def read_schema_once(connection: Connection) -> Schema | None:
    """What was last read; read now where that was never tried. Commits then."""
    state = state_of(connection)
    if state is not None and (state.schema_read_at is not None or state.failure is not None):
        return state.schema
    db.session.rollback()
    with writing():
        return read_schema(connection)


def _failed(connection: Connection, failure: StageResult | None) -> Schema | None:
    state = state_for_update(connection.id)
    state.failure = failure
    db.session.commit()
    return state.schema


def _kept(connection: Connection, schema: Schema, failure: StageResult | None) -> Schema:
    merged = merge_schema(connection, schema)
    need_state(connection).failure = failure
    db.session.commit()
    return merged


def _with_superoffice(link: SuperOfficeLink, connection: Connection, schema: Schema) -> Schema:
    number, types = connection.superoffice_id or 0, tuple(each.name for each in schema.types if each.crm_type)
    elsewhere, ours, state = filled_elsewhere(connection), load(connection), state_of(connection)
    theirs_at = state.theirs_at if state else None
    try:
        with open_superoffice(link, seconds=SECONDS, cancelled=job_queue().is_closing) as so:
            db.session.commit()  # no transaction is open while SuperOffice is called
            side = read_side(so, number, types, ours)
    except (SuperOfficeError, Cancelled) as error:
        failure = error.result if isinstance(error, SuperOfficeError) else None
        return _kept(connection, _with_side_of(schema, load_schema(connection)), failure)
    merged = _kept(connection, side.added_to(schema, elsewhere), None)
    adopt(connection, side.configuration, theirs_at)
    return merged


def _with_side_of(schema: Schema, before: Schema | None) -> Schema:
    """With what is known of SuperOffice, which was not asked; else with what is documented."""
    if before is None or not before.from_superoffice:
        return replace(schema, crm_fields=documented_fields())
    return replace(
        schema,
        crm_fields=before.crm_fields,
        crm_lists=before.crm_lists,
        mapped_elsewhere=before.mapped_elsewhere,
        field_ids=before.field_ids,
        from_superoffice=True,
    )


def _of_connector(read: ActorTypesRead) -> Schema:
    types = tuple(
        ActorType(each.name, tuple(_field(field, field.key in each.searchable) for field in each.fields))
        for each in read.types
    )
    lists: Mapping[str, Mapping[str, str]] = {
        name: {item.key: _name(item.label) for item in items} for name, items in read.lists.items()
    }
    return Schema(types, lists)


def _field(field: ConfigField, is_searchable: bool) -> ActorField:
    return ActorField(
        key=field.key,
        name=_name(field.label),
        description=field.description,
        type=field.type,
        access=field.access,
        list_name=field.list_name,
        max_length=field.max_length,
        default=field.default,
        is_searchable=is_searchable,
    )


def _name(label: str) -> str:
    """Nothing in the place of one that nobody sees: pages show the key then."""
    return label if has_visible(label) else ""
