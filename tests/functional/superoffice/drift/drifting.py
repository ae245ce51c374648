"""A connector and a connection that stand on both sides, and are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import delete, select

from tests.factories import (
    PracticeSuperOffice,
    declared_field,
    in_app,
    link_practice,
    make_connection,
    make_connector,
)
from tests.functional.superoffice.calls import GOOD, Api, api_of, save_connection, save_connector
from wizard.domain.superoffice import DriftState
from wizard.extensions import db
from wizard.models import Connection, Connector, SuperOfficeDrift, SuperOfficeLink, SuperOfficeState
from wizard.models.connector import origin_of
from wizard.models.database import writing
from wizard.services.superoffice.drift import compare, drift_of

Result = TypeVar("Result")
PASSWORD_FIELD = declared_field("ApiPassword", "API password", type="Password")
FIELDS = [declared_field("Company", "Company"), PASSWORD_FIELD, declared_field("Outcome", "Outcome")]
RECEIPT = {"number": "K-40B2-9E5D", "who": "Ingrid", "at": "2026-11-28T09:10:00+00:00", "stages": []}


@dataclass
class BothSides:
    """The same connector and connection here and there."""

    app: Flask
    host: PracticeSuperOffice
    api: Api
    connector_id: int
    connection_id: int
    there_id: int

    def read(self, read: Callable[[Connection], Result]) -> Result:
        return in_app(self.app, lambda: read(db.session.get_one(Connection, self.connection_id)))

    def change_here(self, **columns: Any) -> None:
        self._change(Connection, self.connection_id, columns)

    def change_connector_here(self, **columns: Any) -> None:
        self._change(Connector, self.connector_id, columns)

    def change_there(self, **members: Any) -> None:
        carrier = self.there() | members
        self.api.agent("ErpSync/SaveConnection", {"Connection": carrier})

    def set_active_there(self, active: bool) -> None:
        """As somebody does who has chosen what is synchronised."""
        (document,) = self.host.twin.store.all("connection")
        for mapping in document["Mappings"].values():
            mapping["IsActive"] = True
            for each in mapping["Fields"]:
                each["SyncToCrm"] = True
        self.store_there(Active=active, Mappings=document["Mappings"])

    def store_there(self, **members: Any) -> None:
        """What no call of the API sets, like who has changed it."""
        (document,) = self.host.twin.store.all("connection")
        self.host.twin.store.put("connection", self.there_id, document | members)

    def there(self) -> Any:
        return self.api.agent("ErpSync/GetConnection", {"ErpConnectionId": self.there_id})

    def compare(self) -> tuple[DriftState, int]:
        """The state of the connection, and how many values differ."""

        def run() -> tuple[DriftState, int]:
            compare(db.session.get_one(Connection, self.connection_id))
            return self._record(lambda each: (each.state, each.differing))

        with writing():
            return in_app(self.app, run)

    def record(self, read: Callable[[SuperOfficeDrift], Result]) -> Result:
        return in_app(self.app, lambda: self._record(read))

    def age(self, time: timedelta) -> None:
        """Lets the last comparison be so long ago."""
        with self.app.app_context(), writing():
            for record in db.session.scalars(select(SuperOfficeDrift)):
                record.read_at -= time
            db.session.commit()

    def unlink(self) -> None:
        with self.app.app_context(), writing():
            db.session.execute(delete(SuperOfficeLink))
            db.session.commit()

    def _record(self, read: Callable[[SuperOfficeDrift], Result]) -> Result:
        record = drift_of(db.session.get_one(Connection, self.connection_id))
        assert record is not None
        return read(record)

    def _change(self, model: type[Connection] | type[Connector], row_id: int, columns: dict[str, Any]) -> None:
        with self.app.app_context(), writing():
            row = db.session.get_one(model, row_id)
            for name, value in columns.items():
                setattr(row, name, value)
            db.session.commit()


def make_both_sides(app: Flask, host: PracticeSuperOffice, *, is_linked: bool = False) -> BothSides:
    """Linked fully; saved there by plain calls, and here as if the wizard had saved it there."""
    api = api_of(host)
    connector_there = save_connector(api, host.connector_url)
    there = save_connection(api, connector_there)
    if not is_linked:
        link_practice(app, host)
    carrier = api.agent("ErpSync/GetErpSyncConnectorEntity", erpSyncConnectorEntityId=connector_there)
    connector_id = make_connector(app, "Super Sync", host.connector_url, superoffice_id=connector_there, fields=FIELDS)
    connection_id = make_connection(
        app,
        connector_id,
        "Norge",
        superoffice_id=there["ErpConnectionId"],
        superoffice_state=SuperOfficeState.SAVED,
        config=dict(GOOD),
        fields=FIELDS,
        receipt=RECEIPT,
        origin=origin_of(connector_id, host.connector_url),
    )
    both = BothSides(app, host, api, connector_id, connection_id, there["ErpConnectionId"])
    both.change_connector_here(superoffice_seen=carrier)
    both.change_here(superoffice_seen=both.there())
    return both
