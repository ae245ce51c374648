"""What one run saves in SuperOffice, read from our rows before SuperOffice is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import defer, undefer

from wizard.domain.connection import TEXTS, ConnectionInput
from wizard.domain.fields import ConfigField, secret_keys
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, SuperOfficeWrite
from wizard.models.database import reload_for_update
from wizard.outside.superoffice.carriers import ErpConnection, ErpSyncConnectorEntity
from wizard.services.in_superoffice import ScopeThere, scope_there
from wizard.services.superoffice.saving.journal import Target, open_writes


@dataclass(frozen=True, slots=True)
class ConnectorTask:
    """`id` is our row, None for one that is not registered yet; `there` SuperOffice's id, `seen` what it had last.

    `adopt` is the id of the one to take over, `add` whether another one is added all the same; `shown` is a hash of
    what somebody has changed there and an administrator has been shown.
    """

    account_id: int
    setup_id: int | None
    name: str
    url: str
    id: int | None = None
    there: int | None = None
    seen: ErpSyncConnectorEntity | None = None
    adopt: int | None = None
    add: bool = False
    shown: str = ""

    def target(self, **more: Any) -> Target:
        return Target(self.account_id, self.name, connector_id=self.id, setup_id=self.setup_id, **more)


@dataclass(frozen=True, slots=True)
class ConnectionTask:
    """The same for a connection. `activate`: it was active in SuperOffice and has to be so again.

    `is_current`: ours is not deleted.
    """

    account_id: int
    setup_id: int | None
    id: int
    connector: ConnectorTask
    values: ConnectionInput
    scope: ScopeThere
    fields: tuple[ConfigField, ...]
    texts_before: dict[str, str]
    guid: str
    there: int | None = None
    seen: ErpConnection | None = None
    adopt: int | None = None
    add: bool = False
    shown: str = ""
    activate: bool = False
    is_current: bool = False
    open_writes: Sequence[SuperOfficeWrite] = ()

    @property
    def secrets(self) -> frozenset[str]:
        return frozenset(secret_keys(self.fields))

    def target(self, **more: Any) -> Target:
        return Target(
            self.account_id,
            self.values.name,
            connector_id=self.connector.id,
            connection_id=self.id,
            setup_id=self.setup_id,
            **more,
        )


def load_connection_task(run: CheckRun) -> ConnectionTask:
    """From the pending values of the run's connection. Leaves its transaction open, as progress is stored next."""
    needed = [undefer(Connection.superoffice_seen_token), undefer(Connection.receipt_token)]
    needed += [defer(Connection.entered_token), defer(Connection.health_token)]
    connection = db.session.get_one(Connection, run.connection_id, options=needed, populate_existing=True)
    pending: dict[str, Any] = connection.pending or {}
    values = ConnectionInput.from_json(pending)
    of_connector = [undefer(Connector.superoffice_seen_token), defer(Connector.health_token)]
    connector = db.session.get_one(Connector, values.connector_id, options=of_connector)
    seen = connection.superoffice_seen
    return ConnectionTask(
        account_id=run.account_id,
        setup_id=run.setup_id,
        id=connection.id,
        connector=_connector_task(run, connector),
        values=values,
        scope=scope_there(values.scope),
        fields=connector.config_fields() or (),
        texts_before={name: getattr(connection, name) for name in TEXTS} if connection.receipt else {},
        guid=connection.guid,
        there=connection.superoffice_id,
        seen=None if seen is None else ErpConnection.from_json(seen),
        adopt=pending.get("adopt"),
        add=bool(pending.get("add")),
        shown=pending.get("shown", ""),
        activate=bool(pending.get("activate")),
        is_current=connection.deleted_at is None,
        open_writes=open_writes(connection_id=connection.id),
    )


def _connector_task(run: CheckRun, connector: Connector) -> ConnectorTask:
    seen = connector.superoffice_seen
    return ConnectorTask(
        account_id=run.account_id,
        setup_id=run.setup_id,
        name=connector.name,
        url=connector.url,
        id=connector.id,
        there=connector.superoffice_id,
        seen=None if seen is None else ErpSyncConnectorEntity.from_json(seen),
    )


def load_connector_task(run: CheckRun) -> ConnectorTask:
    """From the request of a run that registers a connector. Commits."""
    request = run.request
    connector = db.session.get(Connector, run.connector_id) if run.connector_id else None
    seen = connector.superoffice_seen if connector else None
    task = ConnectorTask(
        account_id=run.account_id,
        setup_id=run.setup_id,
        name=request["name"],
        url=request["typed_url"],
        id=run.connector_id,
        there=connector.superoffice_id if connector else None,
        seen=None if seen is None else ErpSyncConnectorEntity.from_json(seen),
        adopt=request.get("adopt"),
        add=bool(request.get("add")),
        shown=request.get("shown", ""),
    )
    db.session.commit()
    return task


def update_pending(connection_id: int, **values: Any) -> None:
    """Keeps with the pending values what a later run has to know. Commits."""
    connection = reload_for_update(Connection, connection_id)
    if connection is not None and connection.pending is not None:
        connection.pending = connection.pending | values
    db.session.commit()
