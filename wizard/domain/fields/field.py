"""The fields that a connector asks for, and how two sets of them differ (docs/superoffice.md: Configuration fields)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from wizard.domain.fields.encoding import MAX_VALUE_LENGTH, length_of
from wizard.domain.fields.errors import TooLongToStore
from wizard.domain.fields.types import FieldType

MIN_SECRET_LENGTH = 4
"""Shorter defaults and keys of choices stay as they are: a form without `1` and `no` could not be filled in."""


class Access(StrEnum):
    """FieldAccessInfoWS; the values are the names on the wire."""

    NORMAL = "Normal"
    MANDATORY = "Mandatory"
    READ_ONLY = "ReadOnly"


@dataclass(frozen=True, slots=True)
class ListItem:
    """One choice of a list. `label` may be multi-language."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ConfigField:
    """A field as the connector declares it: texts may be multi-language, `default` is encoded.

    `items` are the choices of a list; None where it is no list or the connector did not give them.
    """

    key: str
    type: FieldType
    access: Access = Access.NORMAL
    label: str = ""
    description: str = ""
    default: str = ""
    list_name: str = ""
    max_length: int = 0
    rank: int = 0
    items: tuple[ListItem, ...] | None = None

    @property
    def is_secret(self) -> bool:
        """Whether its value is encrypted and never displayed."""
        return self.type.value_type.is_secret

    @property
    def takes_input(self) -> bool:
        """Whether it has a value; a label is text only."""
        return self.type.value_type.takes_input

    @property
    def is_mandatory(self) -> bool:
        return self.access == Access.MANDATORY

    @property
    def is_read_only(self) -> bool:
        return self.access == Access.READ_ONLY

    def default_text(self, language: str) -> str:
        """What the field's input has before a person of this language types anything; a label's is its text."""
        return self.type.value_type.format_default(self.default, language)

    def encode_input(self, text: str, language: str) -> str:
        """The encoded value of what a person of this language typed. Raises InvalidValue."""
        handler = self.type.value_type
        handler.check(text, self.max_length, None if self.items is None else {item.key for item in self.items})
        encoded = handler.encode(handler.parse(text, language))
        if length_of(encoded) > MAX_VALUE_LENGTH:
            raise TooLongToStore(text)
        return encoded

    def texts(self) -> Iterator[str]:
        """Every text that is for people to read, every default and every choice."""
        yield from (self.label, self.description, self.default)
        for item in self.items or ():
            yield from (item.key, item.label)

    def masked(self, mask: Callable[[str], str]) -> ConfigField:
        """The same with masked texts. What would be sent in a masked form is left out: a default, the key of a choice.

        Its key and the name of its list stay, as the connector knows them by no others.
        """
        choices = self.items and tuple(item for item in self.items if _is_sendable(item.key, mask))
        is_read = not self.takes_input
        return replace(
            self,
            label=mask(self.label),
            description=mask(self.description),
            default=mask(self.default) if is_read else self.default if _is_sendable(self.default, mask) else "",
            items=choices and tuple(ListItem(item.key, mask(item.label)) for item in choices),
        )

    def to_json(self) -> dict[str, Any]:
        data = {each.name: getattr(self, each.name) for each in fields(self)}
        data["items"] = self.items and [{"key": item.key, "label": item.label} for item in self.items]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ConfigField:
        items = None if data["items"] is None else tuple(ListItem(**item) for item in data["items"])
        values = {**data, "type": FieldType(data["type"]), "access": Access(data["access"]), "items": items}
        return cls(**values)


def _is_sendable(value: str, mask: Callable[[str], str]) -> bool:
    """Whether a value has no secret in it; one as short as a number of months is no secret, whoever has chosen it."""
    return len(value) < MIN_SECRET_LENGTH or mask(value) == value


@dataclass(frozen=True, slots=True)
class FieldChanges:
    """How a connector's fields differ from what they were. False when they do not."""

    added: tuple[ConfigField, ...]
    removed: tuple[ConfigField, ...]
    changed: tuple[ConfigField, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def in_rank_order(fields: Iterable[ConfigField]) -> tuple[ConfigField, ...]:
    """Lowest rank first; equal ranks keep the order in which they were received."""
    return tuple(sorted(fields, key=lambda field: field.rank))


def secret_keys(fields: Iterable[ConfigField]) -> set[str]:
    """The keys of the values that are encrypted and never displayed."""
    return {field.key for field in fields if field.is_secret}


def count_inputs(fields: Iterable[ConfigField]) -> int:
    """The number of fields that have a value."""
    return sum(field.takes_input for field in fields)


def compare_fields(old: Iterable[ConfigField], new: Iterable[ConfigField]) -> FieldChanges:
    """What came, what went, and what is another field under the same key. Choices and ranks may differ freely."""
    before = {field.key: field for field in old}
    after = {field.key: field for field in new}
    return FieldChanges(
        added=tuple(field for key, field in after.items() if key not in before),
        removed=tuple(field for key, field in before.items() if key not in after),
        changed=tuple(field for key, field in after.items() if key in before and _form(before[key]) != _form(field)),
    )


def fields_fingerprint(fields: Iterable[ConfigField]) -> str:
    """A short text that is another one when `compare_fields` would find a difference."""
    return hashlib.sha256(json.dumps(sorted(map(_form, fields))).encode()).hexdigest()[:16]


def _form(field: ConfigField) -> tuple[str, str, str, str, int]:
    """What of a field decides how it is filled in."""
    return field.key, field.type.value, field.access.value, field.list_name, field.max_length
