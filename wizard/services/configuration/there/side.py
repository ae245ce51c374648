"""What SuperOffice has for a connection: fields, lists, and what is configured there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import load_only

from wizard.domain.configuration import (
    CRM_TYPES,
    ActorType,
    Configuration,
    ListItem,
    Schema,
    SuperOfficeField,
    documented_key,
)
from wizard.domain.mapping import Entity
from wizard.extensions import db
from wizard.models import ConfigurationState, Connection
from wizard.outside.superoffice import SuperOffice, SuperOfficeError, configuration, registry
from wizard.outside.superoffice.carriers import (
    ErpConnectionListMappingContainer,
    ErpSyncActorTypeMapping,
    ErpSyncFieldMapping,
    MDOListItem,
)
from wizard.services.configuration.there.carriers import field_ids, settings_of, with_items
from wizard.services.configuration.there.refusal import is_refusal
from wizard.services.lists import is_deleted

Answer = TypeVar("Answer")
REFERENCES: Mapping[str, str] = {
    "CATEGORY": "table=category",
    "BUSINESS": "table=business",
    "COUNTRY": "table=country",
}
"""The lists of documented fields. SuperOffice says which list a field has only once it is mapped."""


@dataclass(frozen=True)
class SideThere:
    """What SuperOffice has. `others` are the names of its other connections, where one of them fills a field."""

    mappings: tuple[ErpSyncActorTypeMapping, ...]
    crm_fields: Mapping[str, tuple[SuperOfficeField, ...]]
    crm_lists: Mapping[str, tuple[ListItem, ...]]
    configuration: Configuration
    others: str

    def added_to(self, schema: Schema, elsewhere: Mapping[str, str]) -> Schema:
        """The schema of the connector, with this side of it."""
        named = {
            f"{each.actor_type_crm}/{row.crm_field_key}": self.others
            for each in self.mappings
            for row in each.field_mappings
            if row.already_mapped and row.crm_field_key
        }
        return replace(
            schema,
            crm_fields=self.crm_fields,
            crm_lists=self.crm_lists,
            mapped_elsewhere={**named, **elsewhere},
            field_ids={each.actor_type_erp: field_ids(each) for each in self.mappings},
            from_superoffice=True,
        )


def read_side(so: SuperOffice, connection_id: int, actor_types: Sequence[str], ours: Configuration) -> SideThere:
    """`ours` is what is configured here. Raises SuperOfficeError and Cancelled."""
    mappings = read_mappings(so, connection_id, actor_types)
    fields = {name: _fields(so, name, mappings) for name in _crm_types(actor_types)}
    several = [each for of_type in fields.values() for each in of_type]
    references = dict.fromkeys(each.list_reference for each in several if each.list_reference)
    lists = {each: _items(_unless_refused(partial(configuration.list_items, so, each)) or ()) for each in references}
    settings, others = settings_there(so, connection_id, mappings, ours), _others(so, connection_id, mappings)
    return SideThere(mappings, fields, lists, settings, others)


def read_mappings(
    so: SuperOffice, connection_id: int, actor_types: Iterable[str]
) -> tuple[ErpSyncActorTypeMapping, ...]:
    """Of the types that SuperOffice has; how it answers for others is not documented."""
    found = [
        _unless_refused(partial(configuration.actor_type_mapping, so, connection_id, name)) for name in actor_types
    ]
    return tuple(each for each in found if each is not None and each.field_mappings)


def _unless_refused(read: Callable[[], Answer]) -> Answer | None:
    """None for a type that the connector lacks, or a list that there is not: SuperOffice may refuse to answer."""
    try:
        return read()
    except SuperOfficeError as error:
        if is_refusal(error):
            return None
        raise


def filled_elsewhere(connection: Connection) -> dict[str, str]:
    """By type and key the other connection that fills a SuperOffice field, as far as it is known here."""
    others = (
        select(ConfigurationState, Connection.name)
        .join(Connection, Connection.id == ConfigurationState.connection_id)
        .where(Connection.id != connection.id, is_deleted(Connection, False))
        .options(load_only(ConfigurationState.theirs_token))
        .order_by(Connection.id.desc())
    )
    return {
        f"{CRM_TYPES[settings.actor_type].value}/{each.crm_key}": name
        for state, name in db.session.execute(others)
        for settings in (state.theirs or Configuration()).types
        if settings.actor_type in CRM_TYPES
        for each in settings.fields
        if each.crm_key and each.direction.to_superoffice
    }


def _crm_types(actor_types: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(CRM_TYPES[name].value for name in actor_types if name in CRM_TYPES))


def _fields(
    so: SuperOffice, crm_type: str, mappings: Iterable[ErpSyncActorTypeMapping]
) -> tuple[SuperOfficeField, ...]:
    """What SuperOffice offers, and what is mapped already: whether it offers a list is not documented."""
    rows = [row for each in mappings if _crm_type(each) == crm_type for row in each.field_mappings if row.crm_field_key]
    mapped = {row.crm_field_key: row for row in rows}
    offered = {item.extra_info: item.name for item in configuration.crm_fields(so, crm_type)}
    names = {**{key: row.crm_display_name for key, row in mapped.items()}, **offered}
    return tuple(_field(key, name, crm_type, mapped.get(key)) for key, name in names.items())


def _field(key: str, name: str, crm_type: str, row: ErpSyncFieldMapping | None) -> SuperOfficeField:
    documented = documented_key(key, name, Entity(crm_type))
    reference = (row.list_reference if row else "") or REFERENCES.get(documented, "")
    return SuperOfficeField(key, name, documented, reference, is_missing=row is not None and row.missing_in_crm)


def _crm_type(mapping: ErpSyncActorTypeMapping) -> str | None:
    return ActorType(mapping.actor_type_erp).crm_type


def _items(items: Iterable[MDOListItem]) -> tuple[ListItem, ...]:
    return tuple(ListItem(each.id, each.name) for each in items)


def settings_there(
    so: SuperOffice, connection_id: int, mappings: Sequence[ErpSyncActorTypeMapping], ours: Configuration
) -> Configuration:
    """Without defaults, which SuperOffice tells of one field at a time. Items without a row there are as in `ours`."""
    has_lists = any(row.list_reference for each in mappings for row in each.field_mappings)
    lists = configuration.list_mappings(so, connection_id) if has_lists else ErpConnectionListMappingContainer()
    return Configuration(
        tuple(
            with_items(settings_of(each), ours.type(each.actor_type_erp), field_ids(each), lists) for each in mappings
        )
    )


def _others(so: SuperOffice, connection_id: int, mappings: Iterable[ErpSyncActorTypeMapping]) -> str:
    """Asked only where it has to be said: a mapping does not say by which connection a field is filled."""
    if not any(row.already_mapped for each in mappings for row in each.field_mappings):
        return ""
    found = registry.connections(so)
    return ", ".join(each.display_name for each in found if each.erp_connection_id != connection_id)
