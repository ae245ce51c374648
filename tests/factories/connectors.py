"""Rows of connectors and connections."""

from __future__ import annotations

from typing import Any

from flask import Flask

from wizard.extensions import db
from wizard.models import Connection, ConnectionState, Connector
from wizard.models.database import writing


def make_connector(
    app: Flask, name: str = "Visma.net Sync", url: str = "https://erp.example/x.svc", **more: Any
) -> int:
    with app.app_context(), writing():
        connector = Connector(name=name, url=url, **more)
        db.session.add(connector)
        db.session.commit()
        return connector.id


def make_connection(app: Flask, connector_id: int, name: str = "Acme Norway", **more: Any) -> int:
    with app.app_context(), writing():
        connection = Connection(
            guid=f"00000000-0000-0000-0000-{abs(hash(name)) % 10**12:012}",
            connector_id=connector_id,
            name=name,
            state=ConnectionState.SAVED,
            **more,
        )
        db.session.add(connection)
        db.session.commit()
        return connection.id


def declared_field(key: str, label: str, **more: Any) -> dict[str, Any]:
    """A text field as a connector declares it."""
    base = {"key": key, "type": "Text", "access": "Normal", "label": label, "description": "", "default": ""}
    return base | {"list_name": "", "max_length": 0, "rank": 1, "items": None} | more
