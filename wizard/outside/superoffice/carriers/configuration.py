"""Field mapping, list mapping, default values, summary and import of an ERP connection."""

from __future__ import annotations

from dataclasses import dataclass, field

from wizard.outside.superoffice.carriers.lists import MDOListItem
from wizard.outside.superoffice.members import Carrier, named


@dataclass(frozen=True, kw_only=True)
class ErpSyncFieldMapping(Carrier):
    """A field of an actor type. Without a `crm_field_key` it is not synchronised; `show_in_gui` is the ERP tab.

    A save takes the key, the directions and what is shown; the other members are for reading.
    """

    required = frozenset(
        [
            *("erp_field_id", "crm_field_key", "erp_field_key", "sync_to_crm", "sync_to_erp"),
            *("show_in_gui", "show_in_search"),
        ]
    )
    """All that a save would take for empty if we did not know it."""

    erp_field_id: int = 0
    crm_field_key: str = ""
    crm_display_name: str = ""
    crm_display_tooltip: str = ""
    erp_field_key: str = ""
    field_type: str = ""
    erp_display_name: str = ""
    erp_display_tooltip: str = ""
    sync_to_crm: bool = False
    sync_to_erp: bool = False
    show_in_gui: bool = False
    show_in_search: bool = False
    already_mapped: bool = False
    missing_in_erp: bool = named("MissingInERP", default=False)
    missing_in_crm: bool = named("MissingInCRM", default=False)
    access: str = ""
    list_reference: str = ""


@dataclass(frozen=True, kw_only=True)
class ErpSyncActorTypeMapping(Carrier):
    """An actor type of a connection with its fields, in the order of their rank."""

    required = frozenset({"erp_connection_id", "is_active", "field_mappings", "actor_type_erp"})

    erp_connection_id: int = 0
    is_active: bool = False
    field_mappings: tuple[ErpSyncFieldMapping, ...] = ()
    actor_type_erp: str = ""
    actor_type_crm: str = ""


@dataclass(frozen=True, kw_only=True)
class ErpCrmListItemMapping(Carrier):
    """An item of an ERP list, and SuperOffice's item for it; None and one with id 0 are none."""

    required = frozenset({"erp_list_item_id"})

    erp_list_item_id: str = ""
    erp_list_item_name: str = ""
    crm_list_item: MDOListItem | None = None

    @property
    def crm_id(self) -> int:
        """Of SuperOffice's item, 0 for none."""
        return self.crm_list_item.id if self.crm_list_item else 0


@dataclass(frozen=True, kw_only=True)
class ErpConnectionListMapping(Carrier):
    """The items of one mapped list field."""

    required = frozenset({"erp_crm_list_item_mappings", "erp_field_id"})

    crm_list: MDOListItem | None = None
    erp_list_name: str = ""
    erp_crm_list_item_mappings: tuple[ErpCrmListItemMapping, ...] = ()
    erp_actor_type_name: str = ""
    erp_field_id: int = 0


@dataclass(frozen=True, kw_only=True)
class ErpConnectionListMappingContainer(Carrier):
    """The list mappings of a connection."""

    required = frozenset({"erp_list_item_mappings", "erp_connection_id"})

    erp_list_item_mappings: tuple[ErpConnectionListMapping, ...] = ()
    erp_connection_id: int = 0
    erp_connection_name: str = ""


@dataclass(frozen=True, kw_only=True)
class ErpSyncDefaultValue(Carrier):
    """The default value of a field; `default_value` is the connector's own, `first_sync_default_value` the one set."""

    required = frozenset(
        {"erp_field_id", "has_first_sync_default_value", "first_sync_default_value", "prompt_user", "mandatory"}
    )

    erp_field_id: int = 0
    default_value: str = field(default="", repr=False)
    has_first_sync_default_value: bool = False
    first_sync_default_value: str = field(default="", repr=False)
    prompt_user: bool = False
    mandatory: bool = False
    erp_field_key: str = ""
    field_type: str = ""
    list_name: str = ""
    access: str = ""


@dataclass(frozen=True, kw_only=True)
class ErpSyncActorSummary(Carrier):
    """An actor type in the summary of a connection."""

    required = frozenset({"actor_type"})

    actor_type: str = ""
    has_mappings: bool = False
    defaults: str = ""
    mappings: str = ""


@dataclass(frozen=True, kw_only=True)
class ErpSyncConnectionSummary(Carrier):
    """What a connection synchronises, and when it did so last."""

    required = frozenset({"active", "deleted"})

    display_name: str = ""
    display_description: str = ""
    active: bool = False
    deleted: bool = False
    last_sync: str = ""
    actors: tuple[ErpSyncActorSummary, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportLine(Carrier):
    """A record of the ERP as an import would take it; `operation` is what would become of it."""

    required = frozenset({"values", "external_key"})

    values: tuple[str, ...] = field(default=(), repr=False)
    selected: bool = False
    operation: str = ""
    type: str = ""
    external_key: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportColumnInfo(Carrier):
    """A column of an import."""

    required = frozenset({"name"})

    name: str = ""
    display_name: str = ""
    locked: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportErpData(Carrier):
    """What a search at the connector has found for an import."""

    required = frozenset({"import_lines"})

    import_lines: tuple[ImportLine, ...] = ()
    column_infos: tuple[ImportColumnInfo, ...] = ()
