"""What is known of a type after a part of it was read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from wizard.domain.configuration import PARTS_OF_FIELDS, TYPE_ROW, FieldSettings, Part, TypeSettings


def merged(
    known: TypeSettings, theirs: TypeSettings, parts: Collection[Part], others: Collection[tuple[str, Part]] = ()
) -> TypeSettings:
    """What is known of a type, with what was read of these parts, but for the rows of `others`."""
    before = known.by_key
    fields = tuple(_merged_field(before.get(each.key, each), each, parts, others) for each in theirs.fields)
    takes_type = Part.MAPPINGS in parts and (TYPE_ROW, Part.MAPPINGS) not in others
    found = TypeSettings(theirs.actor_type, (theirs if takes_type else known).is_synced, fields)
    if Part.RANK in parts and (TYPE_ROW, Part.RANK) not in others:
        return found
    return found.in_order([each.key for each in known.fields])


def _merged_field(
    known: FieldSettings, there: FieldSettings, parts: Collection[Part], others: Collection[tuple[str, Part]]
) -> FieldSettings:
    if known == there:
        return known
    settings = known
    for part in PARTS_OF_FIELDS:
        if part in parts and (there.key, part) not in others:
            settings = settings.with_part(there, part)
    if settings.crm_key != known.crm_key and Part.LISTS not in parts:
        return replace(settings, items={})  # items of another list
    return settings
