"""What SuperOffice's carriers say as settings, and settings put into them: whole carriers, changed members only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from wizard.domain.configuration import TYPE_ROW, FieldSettings, TypeSettings
from wizard.domain.mapping import Direction
from wizard.outside.superoffice.carriers import (
    ErpConnectionListMapping,
    ErpConnectionListMappingContainer,
    ErpCrmListItemMapping,
    ErpSyncActorTypeMapping,
    ErpSyncDefaultValue,
    ErpSyncFieldMapping,
    MDOListItem,
)

MANDATORY = "Mandatory"
"""The access of a field that the connector itself makes mandatory: nobody chooses that."""
Json = dict[str, Any]


# --- field mapping


def settings_of(mapping: ErpSyncActorTypeMapping, known: TypeSettings | None = None) -> TypeSettings:
    """The mapping of a type as settings; items and defaults, which it does not say, are the `known` ones."""
    before = known.by_key if known else {}
    fields = (_with_mapping(before.get(each.erp_field_key), each) for each in mapping.field_mappings)
    return TypeSettings(mapping.actor_type_erp, mapping.is_active, tuple(fields))


def mapping_with(
    mapping: ErpSyncActorTypeMapping, settings: TypeSettings, keys: Collection[str]
) -> ErpSyncActorTypeMapping:
    """The carrier with the settings of these rows."""
    chosen = settings.by_key
    rows = tuple(
        _changed(row, chosen[row.erp_field_key]) if row.erp_field_key in keys else row for row in mapping.field_mappings
    )
    is_active = settings.is_synced if TYPE_ROW in keys else mapping.is_active
    return replace(mapping, is_active=is_active, field_mappings=rows)


def field_ids(mapping: ErpSyncActorTypeMapping) -> dict[str, int]:
    """SuperOffice's numbers of the fields, by key."""
    return {each.erp_field_key: each.erp_field_id for each in mapping.field_mappings}


def mapping_state(mapping: ErpSyncActorTypeMapping) -> Json:
    """What a save changes, without what SuperOffice adds for display."""
    rows = {
        each.erp_field_key: [
            each.crm_field_key,
            each.sync_to_crm,
            each.sync_to_erp,
            each.show_in_gui,
            each.show_in_search,
        ]
        for each in mapping.field_mappings
    }
    return {"type": mapping.actor_type_erp, "active": mapping.is_active, "rows": rows}


def order_state(mapping: ErpSyncActorTypeMapping) -> Json:
    """The order of the fields."""
    return {"type": mapping.actor_type_erp, "order": [each.erp_field_key for each in mapping.field_mappings]}


def _with_mapping(known: FieldSettings | None, row: ErpSyncFieldMapping) -> FieldSettings:
    mapped = {
        "crm_key": row.crm_field_key,
        "direction": Direction.of(row.sync_to_crm, row.sync_to_erp),
        "show_in_search": row.show_in_search,
        "show_in_tab": row.show_in_gui,
    }
    return (known or FieldSettings(row.erp_field_key)).having(mapped)


def _changed(row: ErpSyncFieldMapping, settings: FieldSettings) -> ErpSyncFieldMapping:
    return replace(
        row,
        crm_field_key=settings.crm_key,
        sync_to_crm=settings.direction.to_superoffice,
        sync_to_erp=settings.direction.to_erp,
        show_in_search=settings.show_in_search,
        show_in_gui=settings.show_in_tab,
    )


# --- lists


def items_of(lists: ErpConnectionListMappingContainer) -> dict[int, dict[str, int]]:
    """The items that are mapped, by the number of the field."""
    return {each.erp_field_id: _items(each) for each in lists.erp_list_item_mappings}


def with_items(
    settings: TypeSettings, ours: TypeSettings, ids: Mapping[str, int], lists: ErpConnectionListMappingContainer
) -> TypeSettings:
    """The settings with the items of the container; what it has no row for is taken to be as it is here."""
    found = {each.erp_field_id: each for each in lists.erp_list_item_mappings}
    fields = []
    for each in settings.fields:
        own, there = ours.field(each.key).items, found.get(ids.get(each.key, 0))
        rows = {row.erp_list_item_id: row.crm_id for row in there.erp_crm_list_item_mappings} if there else {}
        unknown = {key: crm_id for key, crm_id in own.items() if key not in rows}
        fields.append(replace(each, items=unknown | {key: crm_id for key, crm_id in rows.items() if crm_id}))
    return replace(settings, fields=tuple(fields))


def lists_with(
    lists: ErpConnectionListMappingContainer, items: Mapping[int, Mapping[str, int]]
) -> ErpConnectionListMappingContainer:
    """The carrier with the items of these fields."""
    changed = tuple(
        replace(
            each,
            erp_crm_list_item_mappings=tuple(
                _row_with(row, items[each.erp_field_id].get(row.erp_list_item_id, 0))
                for row in each.erp_crm_list_item_mappings
            ),
        )
        if each.erp_field_id in items
        else each
        for each in lists.erp_list_item_mappings
    )
    return replace(lists, erp_list_item_mappings=changed)


def lists_state(lists: ErpConnectionListMappingContainer) -> Json:
    """What a save changes."""
    return {"items": {str(field_id): items for field_id, items in items_of(lists).items()}}


def _items(each: ErpConnectionListMapping) -> dict[str, int]:
    return {row.erp_list_item_id: row.crm_id for row in each.erp_crm_list_item_mappings if row.crm_id}


def _row_with(row: ErpCrmListItemMapping, crm_id: int) -> ErpCrmListItemMapping:
    if row.crm_id == crm_id:
        return row
    return replace(row, crm_list_item=MDOListItem(id=crm_id) if crm_id else None)


# --- defaults


def with_default(settings: FieldSettings, there: ErpSyncDefaultValue) -> FieldSettings:
    """The settings with SuperOffice's default. What the connector makes mandatory is no choice, and stays as it is."""
    return replace(
        settings,
        default=there.first_sync_default_value if there.has_first_sync_default_value else None,
        ask_user=there.prompt_user,
        mandatory=settings.mandatory if there.access == MANDATORY else there.mandatory,
    )


def default_with(there: ErpSyncDefaultValue, settings: FieldSettings) -> ErpSyncDefaultValue:
    """The carrier with the settings."""
    return replace(
        there,
        has_first_sync_default_value=settings.default is not None,
        first_sync_default_value=settings.default or "",
        prompt_user=settings.ask_user,
        mandatory=settings.mandatory or there.access == MANDATORY,
    )


def default_state(default: ErpSyncDefaultValue) -> Json:
    """What a save changes, without the value, which the journal's hash stands for."""
    return {
        "field": default.erp_field_id,
        "default": [
            default.has_first_sync_default_value,
            default.first_sync_default_value,
            default.prompt_user,
            default.mandatory,
        ],
    }
