"""What a record of the ERP becomes in SuperOffice, by the mapping and the list mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of

from wizard.domain.configuration.schema import ActorField, ActorType, Schema, SuperOfficeField
from wizard.domain.configuration.values import FieldSettings, TypeSettings

_NAMES = ("NAME",)
_PARTS_OF_A_NAME = ("FIRSTNAME", "MIDDLENAME", "LASTNAME")


@dataclass(frozen=True)
class Target:
    """Where a field of the ERP goes.

    `items` are the names of SuperOffice's items by the ERP's keys, as far as they are mapped; None for what is no list.
    `erp_items` are what the ERP calls them.
    """

    field: ActorField
    superoffice: SuperOfficeField
    items: Mapping[str, str] | None = None
    erp_items: Mapping[str, str] = field_of(default_factory=dict)

    @property
    def is_name(self) -> bool:
        """Whether the record is called by it."""
        return self.superoffice.documented in (*_NAMES, *_PARTS_OF_A_NAME)

    @property
    def is_there(self) -> bool:
        return self.field.is_mappable and not self.field.is_missing and not self.superoffice.is_missing


def targets(actor_type: ActorType, settings: TypeSettings, schema: Schema) -> tuple[Target, ...]:
    """The fields that are mapped towards SuperOffice, in rank order, without what is gone on one of the sides."""
    found = (
        _target(actor_type, each, schema) for each in settings.fields if each.crm_key and each.direction.to_superoffice
    )
    return tuple(each for each in found if each.is_there)


def title_of(values: Mapping[str, str], found: Sequence[Target]) -> str:
    """What a record is called: its name in SuperOffice, else its first value; empty for a record without any."""
    by_name = {each.superoffice.documented: values.get(each.field.key, "") for each in found}
    name = next((by_name[key] for key in _NAMES if by_name.get(key)), "")
    parts = " ".join(by_name[key] for key in _PARTS_OF_A_NAME if by_name.get(key))
    return name or parts or next(filter(None, values.values()), "")


def _target(actor_type: ActorType, settings: FieldSettings, schema: Schema) -> Target:
    field, superoffice = actor_type.field(settings.key), schema.crm_field(actor_type, settings.crm_key)
    if not field.list_name:
        return Target(field, superoffice)
    names = {each.id: each.name for each in schema.list_of(actor_type, settings.crm_key)}
    items = {key: names[number] for key, number in settings.items.items() if number in names}
    return Target(field, superoffice, items, schema.lists.get(field.list_name, {}))
