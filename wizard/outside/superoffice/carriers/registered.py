"""Connectors and ERP connections, the fields of their configuration, and the sync engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.outside.superoffice.members import Carrier, named


@dataclass(frozen=True, kw_only=True)
class ErpSyncConnectorEntity(Carrier):
    """A Sync Connector."""

    required = frozenset({"erp_connector_id", "display_name", "url", "deleted"})

    erp_connector_id: int = 0
    display_name: str = ""
    url: str = named("URL", default="")
    deleted: bool = False


@dataclass(frozen=True, kw_only=True)
class ErpConnection(Carrier):
    """An ERP connection. `connection_id` is its GUID, `config_fields` are encoded values by the connector's keys."""

    required = frozenset(
        [
            *("erp_connection_id", "erp_connector_id", "display_name", "display_description", "active"),
            *("connection_id", "config_fields", "deleted", "all_access", "user_group_access_ids"),
            "associate_access_ids",
        ]
    )
    """All that a save would take for empty if we did not know it."""

    erp_connection_id: int = 0
    erp_connector_id: int = 0
    display_name: str = ""
    display_description: str = ""
    active: bool = False
    connection_id: str = ""
    most_recent_timestamp: str = ""
    config_fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    deleted: bool = False
    all_access: bool = False
    user_group_access_ids: tuple[int, ...] = ()
    associate_access_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FieldMetadata(Carrier):
    """A field of a connector's configuration, as the connector has declared it to SuperOffice."""

    required = frozenset({"field_key", "field_type"})

    field_key: str = ""
    rank: int = 0
    display_name: str = ""
    display_description: str = ""
    field_type: str = ""
    list_name: str = ""
    default_value: str = field(default="", repr=False)
    max_length: int = 0
    access: str = ""
    show_in_search: bool = False


@dataclass(frozen=True, kw_only=True)
class EngineStatus(Carrier):
    """The sync engine; `interval` is hh:mm:ss. SuperOffice calls it ErpSyncEngineStatus."""

    required = frozenset({"is_running"})

    is_running: bool = False
    status_message: str = ""
    interval: str = ""
