"""What is compared with SuperOffice: the values of a row here, those of a carrier from there, and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar, overload

from sqlalchemy import select

from wizard.domain.connection import Scope
from wizard.domain.superoffice import ConnectionValues, ConnectorValues, SuperOfficeScope, Values, is_named
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Connection, Connector, User, UserGroup
from wizard.outside.superoffice.carriers import ErpConnection, ErpSyncConnectorEntity
from wizard.services.superoffice.carrier_values import connection_values

Known = TypeVar("Known", User, UserGroup)


@overload
def our_values(row: Connection) -> ConnectionValues: ...
@overload
def our_values(row: Connector | Connection) -> Values: ...
def our_values(row: Connector | Connection) -> Values:
    """The row as SuperOffice is to have it.

    A text that SuperOffice keeps in several languages is here in one of them; the others are those of when both sides
    were the same. So is whether a connection is active, which the row does not say.
    """
    agreed = agreed_values(row)
    name = _raw(row.name, agreed.name if agreed else "")
    if isinstance(row, Connector):
        return ConnectorValues(name, row.url)
    before = agreed if isinstance(agreed, ConnectionValues) else ConnectionValues()
    return ConnectionValues(
        name,
        _raw(row.description, before.description),
        row.connector.superoffice_id or 0,
        before.active,
        superoffice_scope(row.scope),
        row.config,
    )


@overload
def agreed_values(row: Connection) -> ConnectionValues | None: ...
@overload
def agreed_values(row: Connector | Connection) -> Values | None: ...
def agreed_values(row: Connector | Connection) -> Values | None:
    """What SuperOffice had when both sides were known to be the same; None if they never were."""
    carrier = ErpSyncConnectorEntity if isinstance(row, Connector) else ErpConnection
    return values_from(carrier.from_json(row.superoffice_seen)) if row.superoffice_seen else None


@overload
def values_from(carrier: ErpConnection) -> ConnectionValues: ...
@overload
def values_from(carrier: ErpConnection | ErpSyncConnectorEntity) -> Values: ...
def values_from(carrier: ErpConnection | ErpSyncConnectorEntity) -> Values:
    """What SuperOffice has."""
    if isinstance(carrier, ErpSyncConnectorEntity):
        return ConnectorValues(carrier.display_name, carrier.url)
    return connection_values(carrier)


def superoffice_scope(scope: Scope) -> SuperOfficeScope:
    """By SuperOffice's ids. Whom SuperOffice does not know has a negative one, which is found nowhere else."""
    return SuperOfficeScope(scope.everyone, _their_ids(UserGroup, scope.group_ids), _their_ids(User, scope.user_ids))


def scope_from(scope: SuperOfficeScope) -> Scope:
    """By the ids here. Raises InvalidInput for users or groups that were not read from SuperOffice yet."""
    known, unknown = known_part(scope)
    if unknown:
        raise InvalidInput({"scope": "unknown"})
    return known


def known_part(scope: SuperOfficeScope) -> tuple[Scope, int]:
    """The users and groups that are known here, and the number of the others."""
    groups, users = _our_ids(UserGroup, scope.group_ids), _our_ids(User, scope.associate_ids)
    unknown = len(scope.group_ids) + len(scope.associate_ids) - len(groups) - len(users)
    return Scope.of(sorted(groups), sorted(users), everyone=scope.everyone), unknown


def connector_name(superoffice_id: int) -> str:
    """The name here of a connector of SuperOffice; empty for one that is not known here."""
    return db.session.scalar(select(Connector.name).where(Connector.superoffice_id == superoffice_id)) or ""


def _raw(text: str, agreed: str) -> str:
    return agreed if is_named(agreed, text) else text


def _their_ids(model: type[Known], ids: Collection[int]) -> frozenset[int]:
    rows = db.session.execute(select(model.id, model.superoffice_id).where(model.id.in_(ids))) if ids else ()
    return frozenset(-row.id if row.superoffice_id is None else row.superoffice_id for row in rows)


def _our_ids(model: type[Known], ids: Collection[int]) -> frozenset[int]:
    found = select(model.id).where(model.superoffice_id.in_(ids), model.deleted_at.is_(None))
    return frozenset(db.session.scalars(found)) if ids else frozenset()
