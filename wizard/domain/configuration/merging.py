"""What is known of both sides after they were read again: what is gone stays, and is marked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from wizard.domain.configuration.schema import ActorType, Schema, SuperOfficeField
from wizard.domain.configuration.values import Configuration


def merged_schema(before: Schema, now: Schema, configuration: Configuration) -> Schema:
    """Actor types and fields that the connector has no more stay; fields of SuperOffice, if they are in use."""
    types = tuple(_merged_type(before.type(each.name), each) for each in now.types)
    names = {each.name for each in now.types}
    gone = (each for each in before.types if each.name not in names)
    used = {
        (now.type(each.actor_type).crm_type or "", setting.crm_key)
        for each in configuration.types
        for setting in each.fields
        if setting.crm_key
    }
    fields = {name: (*several, *_gone(name, before, now, used)) for name, several in now.crm_fields.items()}
    return replace(now, types=(*types, *(_all_missing(each) for each in gone)), crm_fields=fields)


def _merged_type(before: ActorType, now: ActorType) -> ActorType:
    keys = {each.key for each in now.fields}
    return replace(now, fields=(*now.fields, *(f for f in _all_missing(before).fields if f.key not in keys)))


def _all_missing(actor_type: ActorType) -> ActorType:
    fields = tuple(replace(each, is_missing=True) for each in actor_type.fields)
    return replace(actor_type, fields=fields, is_missing=True)


def _gone(name: str, before: Schema, now: Schema, used: Collection[tuple[str, str]]) -> list[SuperOfficeField]:
    keys = {each.key for each in now.crm_fields[name]}
    known = before.crm_fields.get(name, ())
    return [replace(each, is_missing=True) for each in known if each.key not in keys and (name, each.key) in used]
