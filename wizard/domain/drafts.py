"""Merges what a page sends with what other pages have written to the same draft meanwhile, field by field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Draft = Mapping[str, Any]
NESTED = ("values", "secrets")
"""Parts of a draft that have a field for each key of the connector."""


@dataclass(frozen=True)
class PageVersion:
    """What a page was rendered with.

    `id` names the page, `base` has a fingerprint of each field, None where the page does not say: then it overwrites.
    `typed_at` is the browser's clock in milliseconds at the last key; None without script.
    """

    id: str = ""
    base: Mapping[str, str] | None = None
    typed_at: int | None = None


@dataclass(frozen=True)
class Merge:
    """Fields that others have changed since the page was rendered; on it `theirs` are untouched, `conflicts` not."""

    theirs: Collection[str] = field(default_factory=frozenset)
    conflicts: Collection[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.theirs or self.conflicts)


def merge(
    sent: Mapping[str, str],
    current: Mapping[str, str],
    base: Mapping[str, str],
    elsewhere: Collection[str],
    fingerprint: Callable[[str], str],
) -> Merge:
    """Compares texts by field; `elsewhere` are the fields that another page was the last to write."""
    theirs, conflicts = set(), set()
    for name in elsewhere:
        if name not in sent or sent[name] == current.get(name):
            continue
        if base.get(name) == fingerprint(sent[name]):
            theirs.add(name)
        elif base.get(name) != fingerprint(current.get(name, "")):
            conflicts.add(name)
    return Merge(theirs, conflicts)


def texts_of(draft: Draft) -> dict[str, str]:
    """Every field as one text, those of a connector as `values.<key>` and `secrets.<key>`."""
    texts = {name: _text(value) for name, value in draft.items() if name not in (*NESTED, "language")}
    texts |= {f"values.{key}": _text(value) for key, value in draft.get("values", {}).items()}
    return texts | {f"secrets.{key}": secret["value"] for key, secret in draft.get("secrets", {}).items()}


def with_fields(draft: Draft, other: Draft, names: Collection[str]) -> dict[str, Any]:
    """The draft, with some fields of another one in their place."""
    found = dict(draft)
    for name in names:
        part, _, key = name.partition(".")
        if part in NESTED and key:
            found[part] = _replaced(found.get(part, {}), other.get(part, {}), key)
        else:
            found = _replaced(found, other, name)
    return found


def _replaced(one: Draft, other: Draft, key: str) -> dict[str, Any]:
    rest = {each: value for each, value in one.items() if each != key}
    return rest | {key: other[key]} if key in other else rest


def _text(value: Any) -> str:
    """A value as a form sends it; browsers send line ends of their own."""
    return "" if value is None else str(value).replace("\r\n", "\n")
