"""Takes over what SuperOffice has. Nothing is written there, and nothing of it counts as tested."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from wizard.domain.connection import ConnectionInput
from wizard.domain.connector import ConnectorInput
from wizard.domain.fields import in_language
from wizard.domain.superoffice import (
    ConnectionValues,
    ConnectorValues,
    Difference,
    Part,
    Values,
    is_named,
    with_values,
)
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Account, Connection, Connector
from wizard.models.columns import now
from wizard.outside.superoffice.carriers import ErpConnection, ErpSyncConnectorEntity
from wizard.services import audit
from wizard.services.superoffice.drift.ask import CarrierOfRow, Row
from wizard.services.superoffice.drift.values import (
    agreed_values,
    our_values,
    scope_from,
    superoffice_scope,
    values_from,
)


def can_be_taken(difference: Difference) -> bool:
    """Not the connector of a connection, nor its URL, which is checked in its form, nor a value without a field."""
    if difference.field == Part.CONFIG:
        return difference.is_known
    return difference.field not in (Part.CONNECTOR, Part.URL)


def take(account: Account, row: Row, carrier: CarrierOfRow, codes: Collection[str], language: str) -> None:
    """Makes these values of the row what SuperOffice has; a text in the language of the reader, if in several.

    Raises InvalidInput for a name that is taken here, and for a scope with users or groups that were not read yet.
    """
    theirs = values_from(carrier)
    try:
        with db.session.begin_nested():
            _assign(row, with_values(our_values(row), theirs, codes), language)
            row.updated_at, row.updated_by = now(), account.name
            row.version += 1
    except IntegrityError as error:
        raise InvalidInput({"name": "taken"}) from error
    kind = "connector" if isinstance(row, Connector) else "connection"
    audit.note(account, f"{kind}.taken_from_superoffice", row.name, ", ".join(sorted(codes)))


def agree_on(row: Row, carrier: CarrierOfRow, but: Collection[str]) -> None:
    """Remembers what SuperOffice has as what both sides have, but for the values with these codes."""
    agreed = agreed_values(row)
    if but and agreed is None:
        return
    values = values_from(carrier)
    row.superoffice_seen = _carrier_with(carrier, with_values(values, agreed or values, but)).to_json()
    row.superoffice_seen_at = now()


def _assign(row: Row, values: Values, language: str) -> None:
    name = _in_one_language(row.name, values.name, language)
    if isinstance(row, Connector):
        row.name = name
        _require_valid(row.to_input())
    elif isinstance(values, ConnectionValues):
        taken = replace(
            row.to_input(),
            name=name,
            description=_in_one_language(row.description, values.description, language),
            scope=row.scope if values.scope == superoffice_scope(row.scope) else scope_from(values.scope),
            config=dict(values.config),
        )
        _require_valid(taken)
        if taken.config != row.config:
            _void_tests(row)
        row.assign(taken)


def _in_one_language(ours: str, theirs: str, language: str) -> str:
    return ours if is_named(theirs, ours) else in_language(theirs, language)


def _require_valid(values: ConnectorInput | ConnectionInput) -> None:
    if problems := values.problems():
        raise InvalidInput(problems)


def _void_tests(connection: Connection) -> None:
    """The values are others than those that were tested."""
    connection.health = None
    if connection.receipt is not None:
        connection.receipt = {**connection.receipt, "void": True}


def _carrier_with(carrier: CarrierOfRow, values: Values) -> CarrierOfRow:
    """The carrier with these values."""
    if isinstance(carrier, ErpSyncConnectorEntity) and isinstance(values, ConnectorValues):
        return replace(carrier, display_name=values.name, url=values.url)
    if isinstance(carrier, ErpConnection) and isinstance(values, ConnectionValues):
        return replace(
            carrier,
            display_name=values.name,
            display_description=values.description,
            erp_connector_id=values.connector,
            active=values.active,
            all_access=values.scope.everyone,
            user_group_access_ids=tuple(sorted(values.scope.group_ids)),
            associate_access_ids=tuple(sorted(values.scope.associate_ids)),
            config_fields=values.config,
        )
    raise TypeError(carrier)
