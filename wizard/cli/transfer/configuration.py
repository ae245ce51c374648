"""The configuration of a connection in the YAML file: mappings, lists, defaults, ranks and priority.

The order of the fields is their rank. An item of a list is the number of SuperOffice's item and its name, by which it
is found in another SuperOffice; `none` is an item that was decided to have none. A default value is encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _

from wizard.cli.transfer.part import Part
from wizard.domain.configuration import (
    MAX_KEY_LENGTH,
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    Refusal,
    Schema,
    TypeSettings,
    accepted,
    default_problems,
    in_keys_of,
)
from wizard.domain.fields import length_of
from wizard.messages import problem_words, refusal_words

NONE = "none"
FLAGS = ("show_in_search", "show_in_tab", "ask_user", "mandatory")
_ITEM = re.compile(r"([1-9]\d{0,9})(?: (.*))?", re.ASCII | re.DOTALL)
_PRIORITY = re.compile(r"[1-9]\d{0,5}", re.ASCII)

Names = Mapping[tuple[str, str, str], str]
"""What SuperOffice calls an item, by actor type, key of the field and key of the ERP's item."""


@dataclass(frozen=True)
class ConfigurationEntry:
    """What the file has of a connection's configuration; `priority` is None where it says nothing."""

    settings: Configuration = Configuration()
    names: Names = field(default_factory=dict)
    priority: int | None = None

    def for_schema(self, schema: Schema | None) -> Configuration:
        """With the keys and numbers of this SuperOffice, as far as it is known."""
        if schema is None:
            return self.settings
        found = in_keys_of(schema, self.settings)
        return Configuration(tuple(self._numbered(each, schema) for each in found.types))

    def _numbered(self, settings: TypeSettings, schema: Schema) -> TypeSettings:
        actor_type = ActorType(settings.actor_type)
        fields = (
            replace(each, items=_numbers(actor_type, each, schema, self.names)) if each.items else each
            for each in settings.fields
        )
        return replace(settings, fields=tuple(fields))


def _numbers(actor_type: ActorType, setting: FieldSettings, schema: Schema, names: Names) -> dict[str, int]:
    """Where the number has another name there, the item that has the name."""
    there = schema.list_of(actor_type, setting.crm_key)
    known = {item.id: item.name for item in there}
    by_name = {item.name: item.id for item in reversed(there)}
    found = {}
    for key, number in setting.items.items():
        name = names.get((actor_type.name, setting.key, key), "")
        found[key] = number if known.get(number) == name else by_name.get(name, number)
    return found


def entry_of(configuration: Configuration, schema: Schema | None, priority: int | None) -> ConfigurationEntry | None:
    """What is exported; None where nothing has been chosen."""
    known = schema or Schema()
    if priority is None and all(_is_untouched(each, known.type(each.actor_type)) for each in configuration.types):
        return None
    names: dict[tuple[str, str, str], str] = {}
    for settings in configuration.types:
        for each in settings.fields:
            called = {item.id: item.name for item in known.list_of(ActorType(settings.actor_type), each.crm_key)}
            names |= {
                (settings.actor_type, each.key, key): called[number]
                for key, number in each.items.items()
                if number in called
            }
    return ConfigurationEntry(_without_secrets(configuration, known), names, priority)


def _without_secrets(configuration: Configuration, schema: Schema) -> Configuration:
    """Without the defaults of what has become a password in the ERP."""

    def shown(actor_type: str, setting: FieldSettings) -> FieldSettings:
        is_secret = schema.type(actor_type).field(setting.key).type.value_type.is_secret
        return replace(setting, default=None) if is_secret else setting

    types = (
        replace(each, fields=tuple(shown(each.actor_type, setting) for setting in each.fields))
        for each in configuration.types
    )
    return Configuration(tuple(types))


def _is_untouched(settings: TypeSettings, actor_type: ActorType) -> bool:
    keys = [each.key for each in actor_type.fields if each.is_storable]
    return settings == TypeSettings(settings.actor_type, fields=tuple(map(FieldSettings, keys)))


def to_yaml(entry: ConfigurationEntry) -> dict[str, Any]:
    """The content of the file."""
    types = {each.actor_type: _type(each, entry.names) for each in entry.settings.types}
    priority = {} if entry.priority is None else {"priority": entry.priority}
    return {**priority, "types": types}


def _type(settings: TypeSettings, names: Names) -> dict[str, Any]:
    fields = [_field(settings.actor_type, each, names) for each in settings.fields]
    return {"synced": settings.is_synced, "fields": fields}


def _field(actor_type: str, setting: FieldSettings, names: Names) -> dict[str, Any]:
    content: dict[str, Any] = {"field": setting.key}
    if setting.crm_key or setting.direction != Direction.NONE:
        content |= {"superoffice": setting.crm_key, "direction": setting.direction.value}
    content |= {name: True for name in FLAGS if getattr(setting, name)}
    if setting.default is not None:
        content["default"] = setting.default
    if setting.items:
        items = setting.items.items()
        content["items"] = {key: _item(number, names.get((actor_type, setting.key, key), "")) for key, number in items}
    return content


def _item(number: int, name: str) -> str:
    return f"{number} {name}".rstrip(" ") if number else NONE


def read_configuration(part: Part) -> ConfigurationEntry:
    """What the file says; problems are noted in the part."""
    parts = part.mapping("priority", "types")
    names: dict[tuple[str, str, str], str] = {}
    types = parts["types"].mapping() if "types" in parts else {}
    found = tuple(_read_type(name, each, names) for name, each in types.items())
    return ConfigurationEntry(Configuration(found), names, _read_priority(parts))


def _read_priority(parts: Mapping[str, Part]) -> int | None:
    if "priority" not in parts:
        return None
    text = parts["priority"].text()
    if not _PRIORITY.fullmatch(text):
        parts["priority"].wrong(_("Write a number from 1."))
        return None
    return int(text)


def _read_type(name: str, part: Part, names: dict[tuple[str, str, str], str]) -> TypeSettings:
    _require_key(name, part)
    parts = part.mapping("synced", "fields")
    fields: dict[str, FieldSettings] = {}
    for each in parts["fields"].items() if "fields" in parts else ():
        setting = _read_field(name, each, names)
        if setting.key in fields:
            each.wrong(_("%(name)s is there twice.", name=setting.key))
        fields[setting.key] = setting
    return TypeSettings(name, parts["synced"].flag() if "synced" in parts else False, tuple(fields.values()))


def _require_key(key: str, part: Part) -> None:
    if not 0 < length_of(key) <= MAX_KEY_LENGTH:
        part.wrong(_("It has no name, or one that is longer than %(count)s characters.", count=MAX_KEY_LENGTH))


def _read_field(actor_type: str, part: Part, names: dict[tuple[str, str, str], str]) -> FieldSettings:
    parts = part.mapping("field", "superoffice", "direction", *FLAGS, "default", "items")
    key = parts["field"].text() if "field" in parts else ""
    _require_key(key, part)
    crm_key = parts["superoffice"].text() if "superoffice" in parts else ""
    if length_of(crm_key) > MAX_KEY_LENGTH:
        parts["superoffice"].wrong(_("It is longer than %(count)s characters.", count=MAX_KEY_LENGTH))
    return FieldSettings(
        key=key,
        crm_key=crm_key,
        direction=_read_direction(parts),
        items=dict(_read_items(actor_type, key, parts["items"], names)) if "items" in parts else {},
        default=parts["default"].text() if "default" in parts else None,
        **{name: parts[name].flag() for name in FLAGS if name in parts},
    )


def _read_direction(parts: Mapping[str, Part]) -> Direction:
    text = parts["direction"].text() if "direction" in parts else Direction.NONE.value
    if text not in tuple(Direction):
        parts["direction"].wrong(_("Write one of these: %(choices)s.", choices=", ".join(Direction)))
        return Direction.NONE
    return Direction(text)


def _read_items(
    actor_type: str, field_key: str, part: Part, names: dict[tuple[str, str, str], str]
) -> Iterator[tuple[str, int]]:
    for key, each in part.mapping().items():
        text = each.text()
        found = _ITEM.fullmatch(text)
        if text != NONE and not found:
            each.wrong(_("Write the number of SuperOffice's item, or none."))
        if found and found[2]:
            names[actor_type, field_key, key] = found[2]
        yield key, int(found[1]) if found else 0


def refused(entry: ConfigurationEntry, before: Configuration, schema: Schema | None) -> Iterator[str]:
    """What of it cannot be saved, each with its place. What is so already is no problem of the file."""
    if schema is None:
        return
    for settings in entry.for_schema(schema).types:
        actor_type, saved = schema.type(settings.actor_type), before.type(settings.actor_type)
        for each in accepted(settings.onto(saved), saved, actor_type, schema).refused:
            if each.refusal != Refusal.MISSING_IN_SUPEROFFICE:  # the field of another SuperOffice stays, and is marked
                yield f"{'.'.join(filter(None, (each.actor_type, each.key)))}: {problem_words(each)}"
        for setting in settings.fields:
            erp, place = actor_type.field(setting.key), f"{settings.actor_type}.{setting.key}"
            if setting.key not in actor_type.by_key and setting.key not in saved.by_key:
                yield _("%(place)s: the ERP does not have this field.", place=place)
            if setting != saved.field(setting.key):
                for refusal in default_problems(erp, setting, schema.lists.get(erp.list_name)):
                    yield f"{place}: {refusal_words(refusal)}"
            yield from _other_items(settings.actor_type, setting, saved.field(setting.key), schema, entry.names)


def _other_items(
    actor_type: str, setting: FieldSettings, saved: FieldSettings, schema: Schema, names: Names
) -> Iterator[str]:
    """Items whose number is another one's in this SuperOffice, which has none of their name."""
    called = {item.id: item.name for item in schema.list_of(ActorType(actor_type), setting.crm_key)}
    for key, number in setting.items.items():
        name, other = names.get((actor_type, setting.key, key)), called.get(number)
        if name and other and name != other and saved.items.get(key) != number:
            place = f"{actor_type}.{setting.key}.items.{key}"
            yield _(
                "%(place)s: number %(number)s is %(other)s in this SuperOffice, which has no item %(name)s.",
                place=place,
                number=number,
                other=other,
                name=name,
            )


def differences(
    entry: ConfigurationEntry, before: Configuration, schema: Schema | None, priority: int | None
) -> Iterator[tuple[str, str | None, str]]:
    """What is not as the file has it: where it is, as it is, and as the file has it."""
    for settings in entry.for_schema(schema).types:
        name, saved = settings.actor_type, before.type(settings.actor_type)
        if settings.is_synced != saved.is_synced:
            yield f"{name}.synced", _flag(saved.is_synced), _flag(settings.is_synced)
        for each in settings.fields:
            yield from _field_differences(f"{name}.{each.key}", saved.field(each.key), each)
        after = [each.key for each in settings.fields]
        was = [each.key for each in saved.fields if each.key in settings.by_key]
        if was and was != after:
            yield f"{name}.fields", ", ".join(was), ", ".join(after)
    if entry.priority is not None and entry.priority != priority:
        yield "priority", None if priority is None else str(priority), str(entry.priority)


def _field_differences(
    place: str, before: FieldSettings, after: FieldSettings
) -> Iterator[tuple[str, str | None, str]]:
    for name in ("crm_key", "direction", *FLAGS, "default"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            what = "superoffice" if name == "crm_key" else name
            yield f"{place}.{what}", None if old in (None, "") else _flag(old), "" if new is None else _flag(new)
    for key in dict.fromkeys((*before.items, *after.items)):
        old_item, new_item = before.items.get(key), after.items.get(key)
        if old_item != new_item:
            shown = None if old_item is None else _item(old_item, "")
            yield f"{place}.items.{key}", shown, "" if new_item is None else _item(new_item, "")


def _flag(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
