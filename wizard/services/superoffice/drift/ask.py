"""Asks SuperOffice what it has of connectors and connections, and who has changed them there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from wizard.domain.superoffice import Values
from wizard.models import Connection, Connector
from wizard.outside.superoffice import SuperOffice, SuperOfficeError, archives, registry
from wizard.outside.superoffice.carriers import ErpConnection, ErpSyncConnectorEntity
from wizard.services.superoffice.drift.values import values_from

Row = Connector | Connection
CarrierOfRow = ErpConnection | ErpSyncConnectorEntity
Changes = Mapping[int, tuple[str, datetime | None]]
"""Who has changed what there last, and when, by SuperOffice's ids."""
UNKNOWN = ("", None)


@dataclass(frozen=True)
class Found:
    """What SuperOffice has of a row, None where it is gone; and who has changed it there last, as far as it says."""

    carrier: CarrierOfRow | None
    changed_by: str = ""
    changed_at: datetime | None = None

    @property
    def values(self) -> Values | None:
        return None if self.carrier is None else values_from(self.carrier)


def find(so: SuperOffice, model: type[Row], superoffice_id: int) -> CarrierOfRow | None:
    """None for what is deleted there, too. Raises SuperOfficeError and Cancelled."""
    read: Callable[[SuperOffice, int], CarrierOfRow | None]
    read = registry.get_connector if model is Connector else registry.get_connection
    carrier = read(so, superoffice_id)
    return None if carrier is None or carrier.deleted else carrier


def find_changes(so: SuperOffice, model: type[Row]) -> Changes:
    """Empty where SuperOffice does not say. Raises Cancelled."""
    try:
        return _connector_changes(so) if model is Connector else _connection_changes(so)
    except (SuperOfficeError, ValueError):
        return {}


def _connector_changes(so: SuperOffice) -> Changes:
    rows = archives.archive_connectors(so)
    return {row.erp_connector_id: (row.updated_by, _moment(row.updated_date)) for row in rows}


def _connection_changes(so: SuperOffice) -> Changes:
    rows = archives.archive_connections(so)
    return {row.erp_connection_id: (row.updated_by, _moment(row.updated_date)) for row in rows}


def _moment(text: str) -> datetime | None:
    """SuperOffice's times of changes are in UTC, with an offset or without; the year 1 stands for none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at.astimezone(UTC) if at.year > 1 else None
