"""Connectors and connections as SuperOffice's archives show them, where the agent is closed to the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from wizard.outside.superoffice.client import Params, SuperOffice
from wizard.outside.superoffice.members import Carrier, Misread, named, read_array

MAX_ROWS = 1000
"""A page of an archive."""


@dataclass(frozen=True, kw_only=True)
class ArchiveRow(Carrier):
    """A row of an archive. What is missing is not to be seen by this user, or not in this version."""

    required = frozenset({"primary_key"})

    primary_key: str = ""


@dataclass(frozen=True, kw_only=True)
class ConnectorRow(ArchiveRow):
    """A Sync Connector in the archive."""

    name: str = named("name", default="")
    url: str = named("url", default="")
    updated_by: str = named("updatedBy", default="")
    updated_date: str = named("updatedDate", default="")

    @property
    def erp_connector_id(self) -> int:
        return int(self.primary_key)


@dataclass(frozen=True, kw_only=True)
class ConnectionRow(ArchiveRow):
    """An ERP connection in the archive; `erp_id` is its GUID."""

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


_Row = TypeVar("_Row", bound=ArchiveRow)
_CONNECTOR_COLUMNS = "id,url,name,updatedBy,updatedDate"
_CONNECTION_COLUMNS = (
    "id,name,description,active,erpId,allAccess,deleted,connector/id,connector/url,connector/name,updatedBy,updatedDate"
)


def archive_connectors(so: SuperOffice) -> list[ConnectorRow]:
    """All Sync Connectors. Raises SuperOfficeError."""
    return _rows(so, ConnectorRow, "ErpConnector", _CONNECTOR_COLUMNS)


def archive_connections(so: SuperOffice) -> list[ConnectionRow]:
    """All ERP connections. Raises SuperOfficeError."""
    return _rows(so, ConnectionRow, "ErpConnection", _CONNECTION_COLUMNS)


def _rows(so: SuperOffice, row: type[_Row], archive: str, columns: str) -> list[_Row]:
    """All pages of an archive."""
    rows: list[_Row] = []
    while True:
        page = _page(so, row, archive, {"$select": columns, "$top": MAX_ROWS, "$skip": len(rows)})
        rows += page
        if len(page) < MAX_ROWS:
            return rows


def _page(so: SuperOffice, row: type[_Row], archive: str, params: Params) -> list[_Row]:
    path = f"Archive/{archive}"
    answer = so.get(path, params)
    with so.reading(path):
        rows = read_array(row, Carrier.from_json(answer).others.get("value"))
        for each in rows:
            if not each.primary_key.isdecimal():
                raise Misread(f"{archive}/PrimaryKey", "int", each.primary_key)
        return rows
