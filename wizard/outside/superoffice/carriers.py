"""SuperOffice's carriers, with the members that we read, named as SuperOffice names them."""

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
class ListItem(Carrier):
    """An entry of a simple list."""

    required = frozenset({"id", "name"})

    id: int = 0
    name: str = ""
    tool_tip: str = ""


@dataclass(frozen=True, kw_only=True)
class MDOListItem(Carrier):
    """An entry of one of SuperOffice's lists; a heading has `child_items`."""

    required = frozenset({"id", "name"})

    id: int = 0
    name: str = ""
    tool_tip: str = ""
    deleted: bool = False
    rank: int = 0
    type: str = ""
    child_items: tuple[MDOListItem, ...] = ()
    icon_hint: str = ""
    color_block: int = 0
    extra_info: str = ""
    style_hint: str = ""
    full_name: str = ""


INTERNAL_ASSOCIATE = "InternalAssociate"
"""The type of associates who work with SuperOffice; others are resources, guests and the system itself."""


@dataclass(frozen=True, kw_only=True)
class Associate(Carrier):
    """A user. `group_idx` is the id of the primary group, `user_name` the name to sign in with."""

    required = frozenset({"associate_id", "group_idx", "deleted"})

    associate_id: int = 0
    name: str = ""
    person_id: int = 0
    rank: int = 0
    tooltip: str = ""
    type: str = ""
    group_idx: int = 0
    full_name: str = ""
    formal_name: str = ""
    deleted: bool = False
    ej_user_id: int = 0
    user_name: str = ""


@dataclass(frozen=True, kw_only=True)
class GrantedModuleLicense(Carrier):
    """A licence of the installation or of the user who has signed in."""

    owner_name: str = ""
    name: str = ""
    description: str = ""
    version: str = ""
    license_type: str = ""
    is_hidden: bool = False
    expiry_date: str = ""


@dataclass(frozen=True, kw_only=True)
class SoPrincipalCarrier(Carrier):
    """Who has signed in."""

    required = frozenset({"associate_id", "function_rights"})

    user_type: str = ""
    associate: str = ""
    associate_id: int = 0
    group_id: int = 0
    role_name: str = ""
    role_type: str = ""
    licenses: tuple[GrantedModuleLicense, ...] = ()
    full_name: str = ""
    e_mail_address: str = named("EMailAddress", default="")
    function_rights: tuple[str, ...] = ()
    secondary_groups: tuple[int, ...] = ()
    database_context_identifier: str = ""
    user_name: str = ""

    @property
    def is_administrator(self) -> bool:
        """Whether it is a general administrator."""
        return any(right.lower() == "admin-all" for right in self.function_rights)


@dataclass(frozen=True, kw_only=True)
class TenantStatus(Carrier):
    """What the state page says of a tenant. `api` is the base of its API, which may move."""

    required = frozenset({"state", "is_running"})

    context_identifier: str = ""
    endpoint: str = ""
    state: str = ""
    is_running: bool = False
    valid_until: str = ""
    api: str = ""


@dataclass(frozen=True, kw_only=True)
class EngineStatus(Carrier):
    """The sync engine; `interval` is hh:mm:ss. SuperOffice calls it ErpSyncEngineStatus."""

    required = frozenset({"is_running"})

    is_running: bool = False
    status_message: str = ""
    interval: str = ""


@dataclass(frozen=True, kw_only=True)
class ProductVersion(Carrier):
    """What the base of the API says of itself without sign-in."""

    required = frozenset({"net_server_version"})

    v1: str = named("v1", default="")
    net_server_version: str = ""
    net_server_label: str = ""
