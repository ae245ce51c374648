"""Takes over what SuperOffice has. Nothing is written there, and nothing of it counts as tested."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from wizard.domain.connection import ConnectionInput
from wizard.domain.fields import in_language
from wizard.domain.superoffice import (
    ConnectionValues,
    Difference,
    Part,
    is_named,
    with_values,
)
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Account, Connection
from wizard.models.columns import now
from wizard.outside.superoffice.carriers import ErpConnection
from wizard.services import audit
from wizard.services.connections import void_receipt
from wizard.services.superoffice.drift.values import (
    agreed_values,
    our_values,
    scope_from,
    superoffice_scope,
    values_from,
)


def can_be_taken(difference: Difference) -> bool:
    """Not the connector of a connection, nor its URL, which is checked in its form, nor a value without a field."""
    return difference.is_known and difference.field not in (Part.CONNECTOR, Part.URL)


def take(
    account: Account, connection: Connection, carrier: ErpConnection, codes: Collection[str], language: str
) -> None:
    """Makes these values of the connection what SuperOffice has; a text in the reader's language, if in several.

    Raises InvalidInput for a name that is taken here, and for a scope with users or groups that were not read yet.
    """
    values = with_values(our_values(connection), values_from(carrier), codes)
    taken = _input(connection, values, language)
    if taken.config != connection.config:
        void_receipt(connection)
    try:
        with db.session.begin_nested():
            connection.assign(taken)
            connection.updated_at, connection.updated_by = now(), account.name
            connection.version += 1
    except IntegrityError as error:
        raise InvalidInput({"name": "taken"}) from error
    audit.note(account, "connection.taken_from_superoffice", connection.name, ", ".join(sorted(codes)))


def agree_on(connection: Connection, carrier: ErpConnection, but: Collection[str]) -> None:
    """Remembers what SuperOffice has as what both sides have, but for the values with these codes."""
    agreed = agreed_values(connection)
    if but and agreed is None:
        return
    values = values_from(carrier)
    both = _carrier_with(carrier, with_values(values, agreed or values, but))
    connection.superoffice_seen, connection.superoffice_seen_at = both.to_json(), now()


def _input(connection: Connection, values: ConnectionValues, language: str) -> ConnectionInput:
    """Raises InvalidInput."""
    before = connection.to_input()
    same_scope = values.scope == superoffice_scope(before.scope)
    taken = replace(
        before,
        name=_in_one_language(before.name, values.name, language),
        description=_in_one_language(before.description, values.description, language),
        scope=before.scope if same_scope else scope_from(values.scope),
        config=dict(values.config),
    )
    if problems := taken.problems():
        raise InvalidInput(problems)
    return taken


def _in_one_language(ours: str, theirs: str, language: str) -> str:
    return ours if is_named(theirs, ours) else in_language(theirs, language)


def _carrier_with(carrier: ErpConnection, values: ConnectionValues) -> ErpConnection:
    """The carrier with these values."""
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
