"""What an administrator chooses for a connection: the settings of its fields, by actor type."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from wizard.domain.mapping import Direction


class Part(StrEnum):
    """The pages of a connection's configuration, in their order."""

    MAPPINGS = "mappings"
    LISTS = "lists"
    DEFAULTS = "defaults"
    RANK = "rank"
    PRIORITY = "priority"
    IMPORT = "import"


NO_SELECTION = 0
"""In the place of an item's id: it was decided that there is none. SuperOffice has 0 for it too."""

TYPE_ROW = ""
"""The key of what is of the actor type itself: whether it is synchronised, and the order of its fields."""

MEMBERS: Mapping[Part, tuple[str, ...]] = {
    Part.MAPPINGS: ("crm_key", "direction", "show_in_search", "show_in_tab"),
    Part.LISTS: ("items",),
    Part.DEFAULTS: ("default", "ask_user", "mandatory"),
}
"""Which members of a field's settings each page edits."""


@dataclass(frozen=True)
class FieldSettings:
    """The settings of an ERP field.

    `crm_key` is SuperOffice's key of the field that it is mapped to; without a link, a key of `CRM_FIELDS`. `items` has
    SuperOffice's list item by the key of the ERP's. `default` is encoded, None where no value is set.
    """

    key: str
    crm_key: str = ""
    direction: Direction = Direction.NONE
    show_in_search: bool = False
    show_in_tab: bool = False
    items: Mapping[str, int] = field(default_factory=dict)
    default: str | None = None
    ask_user: bool = False
    mandatory: bool = False

    @property
    def mapped_items(self) -> dict[str, int]:
        """The items without those that were decided to have none; what `items` does not have is not decided yet."""
        return {key: crm_id for key, crm_id in self.items.items() if crm_id != NO_SELECTION}

    @property
    def is_mapped(self) -> bool:
        """Whether values are synchronised: a SuperOffice field without a direction does nothing."""
        return bool(self.crm_key) and self.direction != Direction.NONE

    @property
    def has_default(self) -> bool:
        """Whether something is chosen for new records."""
        return self.default is not None or self.ask_user or self.mandatory

    def with_part(self, other: FieldSettings, part: Part) -> FieldSettings:
        """The same, with what one page edits taken from other settings."""
        return self.having({name: getattr(other, name) for name in MEMBERS[part]})

    def having(self, members: Mapping[str, Any]) -> FieldSettings:
        """The same with these members; the very same if it has them already."""
        if members.items() <= self.__dict__.items():
            return self
        return FieldSettings(**{**self.__dict__, **members})

    def version(self, part: Part) -> int:
        """A number that is another one once what the page edits has changed."""
        return _digest([getattr(self, name) for name in MEMBERS[part]])

    def to_json(self) -> dict[str, Any]:
        """Without what is as it is at the beginning."""
        data = {"key": self.key}
        data |= {name: value for name, unset in _UNSET.items() if (value := getattr(self, name)) != unset}
        return data | {"items": dict(self.items)} if self.items else data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FieldSettings:
        return cls(**{**data, "direction": Direction(data.get("direction", Direction.NONE))})


_UNSET: Mapping[str, Any] = {name: value for name, value in FieldSettings("").__dict__.items() if name != "key"}


@dataclass(frozen=True)
class TypeSettings:
    """The settings of an actor type. The order of the fields is their rank."""

    actor_type: str
    is_synced: bool = False
    fields: tuple[FieldSettings, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, FieldSettings]:
        return {each.key: each for each in self.fields}

    def field(self, key: str) -> FieldSettings:
        """The settings of a field, unset where there are none."""
        return self.by_key.get(key) or FieldSettings(key)

    def in_order(self, keys: Iterable[str]) -> TypeSettings:
        """The same in another order; fields that are not named stay behind those that are."""
        place = {key: number for number, key in enumerate(keys)}
        return replace(self, fields=tuple(sorted(self.fields, key=lambda each: place.get(each.key, len(place)))))

    def onto(self, others: TypeSettings) -> TypeSettings:
        """The same, and behind them what only the others have."""
        rest = (each for each in others.fields if each.key not in self.by_key)
        return replace(self, fields=(*self.fields, *rest))

    def versions(self, part: Part) -> dict[str, int]:
        """What a page keeps of each row, to notice that it was changed meanwhile."""
        if part == Part.RANK:
            return {TYPE_ROW: _digest([each.key for each in self.fields])}
        rows = {each.key: each.version(part) for each in self.fields}
        return {TYPE_ROW: int(self.is_synced), **rows} if part == Part.MAPPINGS else rows

    def to_json(self) -> dict[str, Any]:
        return {
            "actor_type": self.actor_type,
            "is_synced": self.is_synced,
            "fields": [each.to_json() for each in self.fields],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TypeSettings:
        fields = tuple(FieldSettings.from_json(each) for each in data["fields"])
        return cls(data["actor_type"], bool(data["is_synced"]), fields)


@dataclass(frozen=True)
class Configuration:
    """Everything that is chosen for a connection, but for the priority, which belongs to all of them."""

    types: tuple[TypeSettings, ...] = ()

    def type(self, name: str) -> TypeSettings:
        """The settings of an actor type, unset where there are none."""
        return next((each for each in self.types if each.actor_type == name), TypeSettings(name))

    def with_type(self, settings: TypeSettings) -> Configuration:
        """The same, with one type's settings replaced or added."""
        if all(each.actor_type != settings.actor_type for each in self.types):
            return Configuration((*self.types, settings))
        return Configuration(tuple(settings if each.actor_type == settings.actor_type else each for each in self.types))

    @property
    def synced(self) -> tuple[TypeSettings, ...]:
        return tuple(each for each in self.types if each.is_synced)

    def to_json(self) -> dict[str, Any]:
        return {"types": [each.to_json() for each in self.types]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Configuration:
        return cls(tuple(TypeSettings.from_json(each) for each in data["types"]))


def _digest(value: Any) -> int:
    return int.from_bytes(hashlib.sha256(_ENCODER.encode(value).encode()).digest()[:6])


_ENCODER = json.JSONEncoder(sort_keys=True, default=dict)
