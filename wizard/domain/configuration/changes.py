"""Merges what a page sends with what others have saved meanwhile, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.domain.configuration.values import FieldSettings, Part, TypeSettings


@dataclass(frozen=True)
class Merged:
    """`settings` are to be saved. Rows of `conflicts` have changed on both sides: theirs and the page's by key."""

    settings: TypeSettings
    conflicts: Mapping[str, tuple[FieldSettings, FieldSettings]]


def merge_rows(sent: TypeSettings, saved: TypeSettings, base: Mapping[str, int], part: Part) -> Merged:
    """What one page edits of the rows; everything else, the order too, stays as it is saved.

    `base` are the versions (`TypeSettings.versions`) that the page was rendered with; a row that it does not name is
    overwritten. A row that only one side has changed is that side's.
    """
    found = dict(saved.by_key)
    conflicts: dict[str, tuple[FieldSettings, FieldSettings]] = {}
    for key in (each.key for each in sent.fields if each.key in found):
        theirs, yours = found[key], found[key].with_part(sent.field(key), part)
        before, now, own = base.get(key, theirs.version(part)), theirs.version(part), yours.version(part)
        if before == now:
            found[key] = yours
        elif own not in (before, now):
            conflicts[key] = theirs, yours
    is_synced = saved.is_synced
    if part == Part.MAPPINGS and base.get("", int(saved.is_synced)) == int(saved.is_synced):
        is_synced = sent.is_synced
    return Merged(TypeSettings(saved.actor_type, is_synced, tuple(found.values())), conflicts)
