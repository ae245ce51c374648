"""Fields of the ERP's actors as the words for values take them."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.domain.configuration import ActorField, Schema
from wizard.domain.fields import ConfigField, ListItem
from wizard.messages import display_value


def config_field(field: ActorField, items: Mapping[str, str]) -> ConfigField:
    choices = tuple(ListItem(key, label) for key, label in items.items())
    return ConfigField(field.key, field.type, label=field.name, max_length=field.max_length, items=choices)


def displayed(field: ActorField, encoded: str, schema: Schema, language: str) -> str:
    """A value of a record in words; empty for none."""
    items = schema.lists.get(field.list_name, {})
    return display_value(config_field(field, items), encoded, language) if encoded else ""
