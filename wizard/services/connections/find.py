"""Finds connections for the lists, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from wizard.domain.fields import FieldChanges, compare_fields
from wizard.errors import NotFound
from wizard.extensions import db
from wizard.models import Connection, Connector
from wizard.models.columns import folded
from wizard.models.search_index import rows_containing
from wizard.services.lists import Page, contains, count_rows, is_deleted, page_of, select_rows

MAX_NAMES = 100
MAX_CHOICES = 50
"""How many connections are offered at once to choose from; others are found by searching."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Connections to choose from: id, name and the connector's name of those in sight, and how many were found."""

    rows: Sequence[tuple[int, str, str]]
    found: int


def list_connections(query: str, *, deleted: bool, page: int, total: int | None = None) -> Page[Connection]:
    """By name; `query` is a part of the name, the description or the connector's name. `total` as for connectors."""
    text = folded(query)
    of_connector = Connection.connector_id.in_(_connectors_named(text))
    found = select_rows(Connection, text, deleted=deleted, or_if=of_connector)
    return page_of(
        found.order_by(Connection.name_key, Connection.id),
        page,
        total=None if query else total,
        options=(
            joinedload(Connection.connector),
            selectinload(Connection.scope_entries),
            selectinload(Connection.done_steps),
            undefer(Connection.superoffice_seen_token),
        ),
    )


def _connectors_named(text: str) -> Select[int]:
    named = select(Connector.id).where(contains(Connector.name_key, text))
    ids = rows_containing(Connector, text)
    return named if ids is None else named.where(Connector.id.in_(ids))


def count_connections() -> tuple[int, int]:
    """Current ones and deleted ones."""
    return count_rows(Connection)


def current_connections() -> Sequence[Connection]:
    """All that have been saved and are not deleted, by name."""
    found = select(Connection).where(is_deleted(Connection, False), Connection.receipt_token.is_not(None))
    return db.session.scalars(found.options(joinedload(Connection.connector)).order_by(Connection.name_key)).all()


def find_choices(query: str, chosen: Collection[int]) -> Choices:
    """Saved connections that the text finds as in the list, the chosen first."""
    text = folded(query)
    matching = select_rows(
        Connection, text, deleted=False, or_if=Connection.connector_id.in_(_connectors_named(text))
    ).where(Connection.receipt_token.is_not(None))
    named = matching.join(Connection.connector).with_only_columns(Connection.id, Connection.name, Connector.name)
    order = (Connection.id.in_(chosen).desc(), Connection.name_key, Connection.id)
    rows = db.session.execute(named.order_by(*order).limit(MAX_CHOICES)).all()
    count = matching.with_only_columns(func.count(Connection.id))
    return Choices([(row[0], row[1], row[2]) for row in rows], db.session.scalar(count) or 0)


def connections_on(connector: Connector) -> list[tuple[int, str]]:
    """Ids and names of a connector's first undeleted connections, by name."""
    found = select(Connection.id, Connection.name).where(
        Connection.connector_id == connector.id, is_deleted(Connection, False)
    )
    rows = db.session.execute(found.order_by(Connection.name_key, Connection.id).limit(MAX_NAMES))
    return [(row.id, row.name) for row in rows]


def find_connection(connection_id: int, *, current: bool = False) -> Connection:
    """Raises NotFound, with `current` for a deleted one too."""
    connection = db.session.get(Connection, connection_id)
    if connection is None or (current and connection.deleted_at is not None):
        raise NotFound(connection_id)
    return connection


def changed_fields(connection: Connection) -> FieldChanges:
    """How what the connector asks for now differs from what the connection was saved with."""
    now_asked = connection.connector.config_fields()
    saved = connection.config_fields()
    return compare_fields(saved, saved if now_asked is None else now_asked)
