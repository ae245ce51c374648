"""The lists of a connection that are mapped, with the items of both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wizard.domain.configuration import (
    ActorField,
    Configuration,
    FieldSettings,
    ListItem,
    Schema,
    TypeSettings,
    mapped_lists,
)
from wizard.domain.fields import in_language
from wizard.messages import crm_field_name


@dataclass(frozen=True)
class MappedList:
    """A list field of the ERP that is mapped to a list of SuperOffice. Items are None where the list was not read."""

    actor_type: str
    erp: ActorField
    crm_name: str
    setting: FieldSettings
    erp_items: Mapping[str, str] | None
    crm_items: Sequence[ListItem] | None

    @property
    def saved(self) -> Mapping[str, int]:
        return self.setting.items

    @property
    def mapped_items(self) -> Mapping[str, int]:
        return self.setting.mapped_items

    @property
    def ends(self) -> tuple[str, str]:
        """What tells it from the other lists of the connection."""
        return self.actor_type, self.erp.key


def mapped_lists_of(configuration: Configuration, schema: Schema, language: str) -> list[MappedList]:
    """All of the actor types that are synchronised, in their order."""
    return [
        _mapped(settings, erp, schema, language)
        for settings in configuration.synced
        for erp in mapped_lists(settings, schema.type(settings.actor_type), schema)
    ]


def _mapped(settings: TypeSettings, erp: ActorField, schema: Schema, language: str) -> MappedList:
    setting, actor_type = settings.field(erp.key), schema.type(settings.actor_type)
    crm = schema.crm_field(actor_type, setting.crm_key)
    labels = schema.lists.get(erp.list_name)
    items = None if schema.is_of_another else schema.crm_lists.get(crm.list_reference)
    return MappedList(
        settings.actor_type,
        erp,
        crm_field_name(crm, actor_type.crm_type, language),
        setting,
        labels if labels is None else {key: in_language(label, language) or key for key, label in labels.items()},
        items if items is None else [replace(item, name=in_language(item.name, language)) for item in items],
    )
