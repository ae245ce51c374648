"""Connectors and connections as SuperOffice's archives show them, where the agent is closed to the app."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.outside.superoffice.client import SuperOffice
from wizard.outside.superoffice.members import Carrier, named

MAX_ROWS = 1000
"""A page of an archive."""


@dataclass(frozen=True, kw_only=True)
class ConnectorRow(Carrier):
    """A Sync Connector in the archive."""

    required = frozenset({"primary_key"})

    primary_key: str = ""
    name: str = named("name", default="")
    url: str = named("url", default="")
    updated_by: str = named("updatedBy", default="")
    updated_date: str = named("updatedDate", default="")

    @property
    def erp_connector_id(self) -> int:
        return int(self.primary_key)


@dataclass(frozen=True, kw_only=True)
class ConnectionRow(Carrier):
    """An ERP connection in the archive; `erp_id` is its GUID."""

    required = frozenset({"primary_key"})

    primary_key: str = ""
    name: str = named("name", default="")
    description: str = named("description", default="")
    active: bool = named("active", default=False)
    erp_id: str = named("erpId", default="")
    all_access: bool = named("allAccess", default=False)
    deleted: bool = named("deleted", default=False)
    connector_name: str = named("connector/name", default="")
    connector_url: str = named("connector/url", default="")
    updated_by: str = named("updatedBy", default="")
    updated_date: str = named("updatedDate", default="")

    @property
    def erp_connection_id(self) -> int:
        return int(self.primary_key)


_CONNECTOR_COLUMNS = "id,url,name,updatedBy,updatedDate"
_CONNECTION_COLUMNS = (
    "id,name,description,active,erpId,allAccess,deleted,connector/id,connector/url,connector/name,updatedBy,updatedDate"
)


@dataclass(frozen=True, kw_only=True)
class _ConnectorPage(Carrier):
    required = frozenset({"value"})
    value: tuple[ConnectorRow, ...] = named("value", default=())


@dataclass(frozen=True, kw_only=True)
class _ConnectionPage(Carrier):
    required = frozenset({"value"})
    value: tuple[ConnectionRow, ...] = named("value", default=())


def archive_connectors(so: SuperOffice) -> list[ConnectorRow]:
    """All Sync Connectors. Raises SuperOfficeError."""
    answer = so.get("Archive/ErpConnector", {"$select": _CONNECTOR_COLUMNS, "$top": MAX_ROWS})
    with so.reading("Archive/ErpConnector"):
        return list(_ConnectorPage.from_json(answer, is_answer=True).value)


def archive_connections(so: SuperOffice) -> list[ConnectionRow]:
    """All ERP connections. Raises SuperOfficeError."""
    answer = so.get("Archive/ErpConnection", {"$select": _CONNECTION_COLUMNS, "$top": MAX_ROWS})
    with so.reading("Archive/ErpConnection"):
        return list(_ConnectionPage.from_json(answer, is_answer=True).value)
