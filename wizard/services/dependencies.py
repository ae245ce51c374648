"""What connections need, so that none of it is deleted under one that is saved or restored at the same moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from wizard.domain.connection import ConnectionInput, Scope
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, Connector, ScopeEntry, User, UserGroup
from wizard.models.database import reload_for_update

Needed = Connector | User | UserGroup


def lock_dependencies(connector_id: int, scope: Scope) -> list[str]:
    """Locks these against deletion until the transaction ends; returns the names of those that are deleted."""
    gone: list[str] = []
    needed: tuple[tuple[Any, Collection[int]], ...]
    needed = ((Connector, [connector_id]), (UserGroup, scope.group_ids), (User, scope.user_ids))
    for model, ids in needed:
        rows = select(model.name, model.deleted_at).where(model.id.in_(ids)).order_by(model.id)
        gone += [name for name, deleted in db.session.execute(rows.with_for_update(read=True)) if deleted is not None]
    return gone


def connections_that_need(row: Needed) -> list[str]:
    """Names of the undeleted connections that name it, or that are being saved with it. It is locked from now on."""
    reload_for_update(type(row), row.id)
    saved = select(Connection.name).where(_names(row), Connection.deleted_at.is_(None)).order_by(Connection.name_key)
    pending = [each.name for each in being_saved() if row.id in _named_in(each, row)]
    return list(dict.fromkeys([*db.session.scalars(saved), *pending]))


def being_saved(but: int | None = None) -> Sequence[ConnectionInput]:
    """The pending values of all connections but one of these: see `Connection.pending`."""
    saving = select(Connection).where(Connection.state == ConnectionState.SAVING, Connection.id != (but or 0))
    pending = (each.pending for each in db.session.scalars(saving))
    return [ConnectionInput.from_json(each) for each in pending if isinstance(each, dict)]


def _names(row: Needed) -> Any:
    match row:
        case Connector():
            return Connection.connector_id == row.id
        case User():
            return Connection.scope_entries.any(ScopeEntry.user_id == row.id)
        case UserGroup():
            return Connection.scope_entries.any(ScopeEntry.group_id == row.id)


def _named_in(pending: ConnectionInput, row: Needed) -> Collection[int | None]:
    match row:
        case Connector():
            return [pending.connector_id]
        case User():
            return pending.scope.user_ids
        case UserGroup():
            return pending.scope.group_ids
