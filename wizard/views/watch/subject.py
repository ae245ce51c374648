"""A connection or connector that is watched, and the addresses of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for
from flask_login import current_user

from wizard.domain.check import RunKind
from wizard.models import Connection, ConnectionState, Connector
from wizard.services.connections import find_connection
from wizard.services.connectors import find_connector
from wizard.services.setups import provider_of
from wizard.views.configuration.parts import page_parts


@dataclass(frozen=True)
class Subject:
    """`about_url` is its own page, or the list where somebody may not open that; `parts` is for the template."""

    target: Connection | Connector
    connector: Connector
    kind: RunKind
    endpoint: str
    about_url: str
    test_url: str
    parts: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.target.name

    @property
    def is_deleted(self) -> bool:
        return self.target.deleted_at is not None

    @property
    def called_url(self) -> str:
        """What a test calls."""
        return self.connector.to_input().address

    @property
    def provider(self) -> tuple[str, str]:
        """Name and contact."""
        return provider_of(None, self.connector)

    def url(self, endpoint: str = "", **values: Any) -> str:
        """Its page of Monitoring, or one below that."""
        ids: dict[str, Any] = {f"{self.endpoint}_id": self.target.id}
        return url_for(f"watch.{self.endpoint}{endpoint}", **ids, **values)


def connection_subject(connection_id: int, *, current: bool = False) -> Subject:
    """Answers 404 for one that is being saved for the first time."""
    connection = find_connection(connection_id, current=current)
    if connection.state == ConnectionState.SAVING and connection.receipt is None:
        abort(404)
    return Subject(
        target=connection,
        connector=connection.connector,
        kind=RunKind.CONNECTION,
        endpoint="connection",
        about_url=url_for("connections.show", connection_id=connection_id),
        test_url=url_for("connections.test", connection_id=connection_id),
        parts=page_parts(connection, None, is_monitoring=True),
    )


def connector_subject(connector_id: int, *, current: bool = False) -> Subject:
    connector = find_connector(connector_id, current=current)
    own_page = url_for("connectors.show", connector_id=connector_id)
    return Subject(
        target=connector,
        connector=connector,
        kind=RunKind.CONNECTOR,
        endpoint="connector",
        about_url=own_page if current_user.is_administrator else url_for("home.show"),
        test_url=url_for("connectors.check", connector_id=connector_id),
        parts={},
    )
