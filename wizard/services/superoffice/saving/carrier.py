"""What is sent to SuperOffice: whole carriers, those that were read with what is to be changed; and what differs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from wizard.domain.connection import ConnectionInput
from wizard.domain.fields import ConfigField, every_language
from wizard.domain.superoffice import differences, is_named
from wizard.outside.superoffice.carriers import ErpConnection, ErpSyncConnectorEntity
from wizard.services.checks import sign_payload
from wizard.services.in_superoffice import ScopeThere
from wizard.services.superoffice.carrier_values import connection_values

Carrier = ErpConnection | ErpSyncConnectorEntity


def connection_carrier(
    there: ErpConnection | None,
    values: ConnectionInput,
    texts_before: Mapping[str, str],
    scope: ScopeThere,
    parent: int,
) -> ErpConnection:
    """`there` is what SuperOffice has, None for a new one, `parent` SuperOffice's id of the connector.

    `texts_before` are name and description as they were here: in the language where they read so, they are replaced.
    """
    base = there or ErpConnection()
    return replace(
        base,
        erp_connector_id=parent,
        display_name=changed_text(base.display_name, texts_before.get("name", ""), values.name),
        display_description=changed_text(
            base.display_description, texts_before.get("description", ""), values.description
        ),
        config_fields=values.config,
        deleted=False,
        all_access=scope.everyone,
        user_group_access_ids=scope.group_ids,
        associate_access_ids=scope.associate_ids,
    )


def changed_text(there: str, before: str, after: str) -> str:
    """A text of SuperOffice that shall read `after` where it has read `before`; its other languages stay."""
    if is_named(there, after):
        return there
    if there != before and before in every_language(there) and '"' not in after:
        return there.replace(f'"{before}"', f'"{after}"')
    return after


def differing(
    one: ErpConnection, other: ErpConnection, fields: Iterable[ConfigField], readable: Collection[str] = ()
) -> str:
    """The members that differ, for a sentence. Of secrets only those that are `readable` are compared."""
    found = differences(connection_values(one), connection_values(other), fields, readable)
    return ", ".join(each.code for each in found)


def fingerprint(carrier: Carrier) -> str:
    """Stands for what SuperOffice has: a keyed hash, as it may hold passwords."""
    return sign_payload(json.dumps(carrier.to_json(), sort_keys=True).encode())
