"""Finds connectors for the lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from wizard.errors import NotFound
from wizard.extensions import db
from wizard.models import Connection, Connector
from wizard.models.columns import folded
from wizard.services.lists import Page, count_rows, page_of, select_rows


def list_connectors(query: str, *, deleted: bool, page: int, total: int | None = None) -> Page[Connector]:
    """By name; `query` is a part of the name or the URL. `total`: how many there are without it, if that is known."""
    found = select_rows(Connector, folded(query), deleted=deleted)
    return page_of(found.order_by(Connector.name_key, Connector.id), page, total=None if query else total)


def count_connectors() -> tuple[int, int]:
    """Current ones and deleted ones."""
    return count_rows(Connector)


def current_connectors() -> Sequence[Connector]:
    """All that can be chosen, by name."""
    return db.session.scalars(
        select(Connector).where(Connector.deleted_at.is_(None)).order_by(Connector.name_key)
    ).all()


def find_connector(connector_id: int, *, current: bool = False) -> Connector:
    """Raises NotFound, with `current` for a deleted one too."""
    connector = db.session.get(Connector, connector_id)
    if connector is None or (current and connector.deleted_at is not None):
        raise NotFound(connector_id)
    return connector


def connections_of(connectors: Sequence[Connector]) -> dict[int, int]:
    """How many undeleted connections each connector has."""
    ids = [connector.id for connector in connectors]
    if not ids:
        return {}
    counted = (
        select(Connection.connector_id, func.count())
        .where(Connection.connector_id.in_(ids), Connection.deleted_at.is_(None))
        .group_by(Connection.connector_id)
    )
    return dict(iter(db.session.execute(counted)))
