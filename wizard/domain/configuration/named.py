"""Which fields SuperOffice names when it says in its own words why it does not do something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wizard.domain.configuration.schema import ActorField, ActorType, Schema
from wizard.domain.configuration.values import Configuration
from wizard.domain.fields import every_language

MIN_LENGTH = 3
"""Of a name to look for: a shorter one is found in any sentence."""


def fields_named(words: str, configuration: Configuration, schema: Schema) -> list[tuple[str, str]]:
    """The fields of synced actor types, by type and key, that the words name by key or by label.

    Where the words name actor types too, only the fields of these. A label that is part of a longer one that is found
    does not count.
    """
    types = [schema.type(each.actor_type) for each in configuration.synced]
    of_named = [each for each in types if is_named(each.name, words)]
    found = dict(_named(words, of_named or types))
    return [place for place, name in found.items() if not any(_is_part(name, other) for other in found.values())]


def _named(words: str, types: list[ActorType]) -> Iterator[tuple[tuple[str, str], str]]:
    for actor_type in types:
        for each in actor_type.fields:
            names = [name for name in _names(each) if is_named(name, words)]
            if names:
                yield (actor_type.name, each.key), max(names, key=len)


def _names(each: ActorField) -> set[str]:
    return {name for name in (each.key, *every_language(each.name)) if len(name) >= MIN_LENGTH}


def is_named(name: str, words: str) -> bool:
    """Whether the words have the name, and not as a part of another one."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _is_part(name: str, other: str) -> bool:
    return name != other and is_named(name, other)
