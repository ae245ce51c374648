"""Finds the configuration fields that a connector's explanation names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wizard.domain.fields.field import ConfigField
from wizard.domain.fields.multilang import every_language


def fields_named_in(explanation: str, fields: Iterable[ConfigField]) -> tuple[ConfigField, ...]:
    """The fields whose key, or label in any language, stands in the text as words of their own.

    A name inside a longer name that was found does not count: "API password" does not also blame "Password".
    """
    names = sorted(((name, field) for field in fields for name in _names(field)), key=lambda pair: -len(pair[0]))
    left = explanation.casefold()
    blamed: list[ConfigField] = []
    for name, field in names:
        left, found = re.subn(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", "\0", left)
        if found and field not in blamed:
            blamed.append(field)
    return tuple(blamed)


def _names(field: ConfigField) -> Iterator[str]:
    for name in (field.key, *every_language(field.label)):
        if name.strip():
            yield name.strip()
