"""What keeps a connection from being activated, and what has changed under its configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from wizard.domain.configuration.rules import (
    Refusal,
    default_problems,
    duplicates,
    is_supported,
    mapped_lists,
    problems,
)
from wizard.domain.configuration.schema import ActorField, ActorType, Schema
from wizard.domain.configuration.values import TYPE_ROW, Configuration, FieldSettings, Part, TypeSettings


@dataclass(frozen=True)
class Gap:
    """Something to be mended, of which field; `part` is the page where it is mended, `facts` are for its words."""

    part: Part
    actor_type: str
    key: str
    refusal: Refusal
    facts: Mapping[str, str] = field(default_factory=dict)


def gaps(configuration: Configuration, schema: Schema) -> list[Gap]:
    """What keeps the connection from being activated, in the order of the pages."""
    if not configuration.synced:
        return [Gap(Part.MAPPINGS, "", "", Refusal.NOTHING_SYNCED)]
    found = [gap for settings in configuration.synced for gap in _of_type(settings, schema)]
    return sorted(found, key=lambda gap: list(Part).index(gap.part))


def _of_type(settings: TypeSettings, schema: Schema) -> Iterator[Gap]:
    actor_type = schema.type(settings.actor_type)
    if actor_type.is_missing or not is_supported(actor_type):
        refusal = Refusal.MISSING_IN_ERP if actor_type.is_missing else Refusal.TYPE_NOT_SUPPORTED
        yield Gap(Part.MAPPINGS, settings.actor_type, TYPE_ROW, refusal)
        return
    yield from _of_mapping(settings, actor_type, schema)
    for erp in mapped_lists(settings, actor_type, schema):
        yield from _of_list(settings, erp, actor_type, schema)
    for each in settings.fields:
        yield from _of_default(settings.actor_type, actor_type.field(each.key), each, schema)


def _of_mapping(settings: TypeSettings, actor_type: ActorType, schema: Schema) -> Iterator[Gap]:
    name = settings.actor_type
    if not any(each.is_mapped for each in settings.fields):
        yield Gap(Part.MAPPINGS, name, TYPE_ROW, Refusal.NOTHING_MAPPED)
    for erp in actor_type.fields:
        if erp.is_mandatory and not erp.is_missing and not settings.field(erp.key).is_mapped:
            yield Gap(Part.MAPPINGS, name, erp.key, Refusal.NO_DIRECTION)
    for each in problems(settings, actor_type, schema):
        yield Gap(Part.MAPPINGS, name, each.key, each.refusal, each.facts)


def _of_list(settings: TypeSettings, erp: ActorField, actor_type: ActorType, schema: Schema) -> Iterator[Gap]:
    setting = settings.field(erp.key)
    names = {item.id: item.name for item in schema.list_of(actor_type, setting.crm_key)}
    labels = schema.lists.get(erp.list_name, {})
    for crm_id, keys in duplicates(setting.mapped_items).items():
        facts = {"item": names.get(crm_id, str(crm_id)), "items": ", ".join(labels.get(key, key) for key in keys)}
        yield Gap(Part.LISTS, settings.actor_type, erp.key, Refusal.ITEM_TWICE, facts)


def _of_default(name: str, erp: ActorField, setting: FieldSettings, schema: Schema) -> Iterator[Gap]:
    for refusal in default_problems(erp, setting, schema.lists.get(erp.list_name)):
        yield Gap(Part.DEFAULTS, name, erp.key, refusal)


def rows_left(found: Iterable[Gap], part: Part) -> dict[str, set[str]]:
    """By actor type, the keys of the rows of a part's page that need something; "" where it is none of them alone."""
    rows: dict[str, set[str]] = {}
    for gap in found:
        if gap.part == part:
            rows.setdefault(gap.actor_type, set()).add(gap.key)
    return {actor_type: keys - {TYPE_ROW} or keys for actor_type, keys in rows.items()}


def changes_since(configuration: Configuration, schema: Schema) -> list[Gap]:
    """What is configured and is gone from the ERP or from SuperOffice: it stays until somebody clears it."""
    return [gap for settings in configuration.types for gap in _gone(settings, schema)]


def _gone(settings: TypeSettings, schema: Schema) -> Iterator[Gap]:
    actor_type = schema.type(settings.actor_type)
    for each in settings.fields:
        if refusal := _what_is_gone(each, actor_type, schema):
            facts = {
                "crm_key": each.crm_key,
                "crm_name": schema.crm_field(actor_type, each.crm_key).name or each.crm_key,
            }
            yield Gap(Part.MAPPINGS, settings.actor_type, each.key, refusal, facts)
    for erp in mapped_lists(settings, actor_type, schema):
        yield from _gone_items(settings.field(erp.key), erp, actor_type, schema)


def _what_is_gone(setting: FieldSettings, actor_type: ActorType, schema: Schema) -> Refusal | None:
    if actor_type.field(setting.key).is_missing and setting != FieldSettings(setting.key):
        return Refusal.MISSING_IN_ERP
    if setting.crm_key and schema.crm_field(actor_type, setting.crm_key).is_missing and is_supported(actor_type):
        return Refusal.MISSING_IN_SUPEROFFICE
    return None


def _gone_items(setting: FieldSettings, erp: ActorField, actor_type: ActorType, schema: Schema) -> Iterator[Gap]:
    """Items that are mapped and that one of the lists does not have; of a list that is gone, only that it is."""
    labels = schema.lists.get(erp.list_name)
    if labels is None:
        if setting.items:
            yield Gap(Part.LISTS, actor_type.name, erp.key, Refusal.LIST_MISSING, {"list": erp.list_name})
        return
    names = {item.id: item.name for item in schema.list_of(actor_type, setting.crm_key)}
    for key, crm_id in setting.mapped_items.items():
        facts = {"item": names.get(crm_id, str(crm_id)), "erp_item": labels.get(key, key)}
        if key not in labels:
            yield Gap(Part.LISTS, actor_type.name, erp.key, Refusal.ITEM_MISSING_IN_ERP, facts)
        elif names and crm_id not in names:
            yield Gap(Part.LISTS, actor_type.name, erp.key, Refusal.ITEM_MISSING_IN_SUPEROFFICE, facts)
