"""What is known of both sides after they were read again: what is gone stays, and is marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from wizard.domain.configuration.matching import documented_key
from wizard.domain.configuration.schema import CRM_TYPES, ActorField, ActorType, ListItem, Schema, SuperOfficeField
from wizard.domain.configuration.values import NO_SELECTION, Configuration, FieldSettings, TypeSettings

AnyField = TypeVar("AnyField", ActorField, SuperOfficeField)


def merged_schema(before: Schema, now: Schema, configuration: Configuration, at: str) -> Schema:
    """Actor types and fields that the connector has no more stay; fields of SuperOffice, if they are in use.

    `at` is when it was read, in ISO 8601.
    """
    types = tuple(_merged_type(before.type(each.name), each, at) for each in now.types)
    names = {each.name for each in now.types}
    gone = (each for each in before.types if each.name not in names)
    used = {
        (now.type(each.actor_type).crm_type or "", setting.crm_key)
        for each in configuration.types
        for setting in each.fields
        if setting.crm_key
    }
    fields = {name: (*several, *_gone(name, before, now, used, at)) for name, several in now.crm_fields.items()}
    lists = {name: _with_new(before, name, items) for name, items in now.crm_lists.items()}
    return replace(now, types=(*types, *(_all_missing(each, at) for each in gone)), crm_fields=fields, crm_lists=lists)


def _with_new(before: Schema, name: str, items: Sequence[ListItem]) -> tuple[ListItem, ...]:
    """Items that a list did not have before are new, and stay so when it is read again."""
    known = {} if before.is_of_another else {each.id: each for each in before.crm_lists.get(name, ())}
    if not known:
        return tuple(items)
    return tuple(replace(each, is_new=known[each.id].is_new if each.id in known else True) for each in items)


def _merged_type(before: ActorType, now: ActorType, at: str) -> ActorType:
    keys = {each.key for each in now.fields}
    return replace(now, fields=(*now.fields, *(f for f in _all_missing(before, at).fields if f.key not in keys)))


def _all_missing(actor_type: ActorType, at: str) -> ActorType:
    return replace(actor_type, fields=tuple(_missing(each, at) for each in actor_type.fields), is_missing=True)


def _gone(name: str, before: Schema, now: Schema, used: Collection[tuple[str, str]], at: str) -> list[SuperOfficeField]:
    keys = {each.key for each in now.crm_fields[name]}
    known = before.crm_fields.get(name, ())
    return [_missing(each, at) for each in known if each.key not in keys and (name, each.key) in used]


def _missing(field: AnyField, at: str) -> AnyField:
    return field if field.is_missing else replace(field, is_missing=True, missing_since=at)


def in_keys_of(schema: Schema, configuration: Configuration, before: Schema | None = None) -> Configuration:
    """The same configuration with the keys that SuperOffice's fields have in this schema.

    What was prepared without a link has the documented keys, and what comes from another SuperOffice may have others.
    A field that is not recognised keeps its key: it is missing. `before` is the schema that the keys are of.
    """
    types = (_in_keys_of(schema, each, before or Schema()) for each in configuration.types)
    return Configuration(tuple(types))


def _in_keys_of(schema: Schema, settings: TypeSettings, before: Schema) -> TypeSettings:
    actor_type = ActorType(settings.actor_type)
    offered = schema.crm_fields.get(actor_type.crm_type or "", ())
    keys = {each.documented: each.key for each in offered if each.documented}
    known = {each.key for each in offered if not each.is_missing}
    taken = {each.crm_key for each in settings.fields if each.crm_key in known}

    def translated(each: FieldSettings) -> FieldSettings:
        if not each.crm_key or each.crm_key in known or actor_type.name not in CRM_TYPES:
            return each
        documented = before.crm_field(actor_type, each.crm_key).documented
        documented = documented or documented_key(each.crm_key, "", CRM_TYPES[actor_type.name])
        key = keys.get(documented, each.crm_key)
        return each if key in taken else replace(each, crm_key=key)

    fields = tuple(map(translated, settings.fields))
    if before.is_of_another and schema.from_superoffice:
        names = {each.key: before.list_of(actor_type, each.crm_key) for each in settings.fields if each.items}
        fields = tuple(_numbered(each, names.get(each.key, ()), schema, actor_type) for each in fields)
    return replace(settings, fields=fields)


def _numbered(
    setting: FieldSettings, before: Iterable[ListItem], schema: Schema, actor_type: ActorType
) -> FieldSettings:
    """With the numbers that the items of these names have now; one that is not found is not decided any more."""
    names = {item.id: item.name for item in before}
    numbers = {item.name: item.id for item in schema.list_of(actor_type, setting.crm_key)} | {"": NO_SELECTION}
    found = {key: names.get(number, "" if number == NO_SELECTION else None) for key, number in setting.items.items()}
    return replace(setting, items={key: numbers[name] for key, name in found.items() if name in numbers})
