"""Merges what a page sends with what others have saved meanwhile, row by row, and takes of it what can be saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wizard.domain.configuration.rules import Problem, Refusal, problems
from wizard.domain.configuration.schema import ActorType, Schema
from wizard.domain.configuration.values import TYPE_ROW, FieldSettings, Part, TypeSettings


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
        if yours == theirs:
            continue
        before, now = base.get(key), theirs.version(part)
        if before in (None, now):
            found[key] = yours
        elif yours.version(part) != before:
            conflicts[key] = theirs, yours
    is_synced = saved.is_synced
    if part == Part.MAPPINGS and base.get(TYPE_ROW, int(saved.is_synced)) == int(saved.is_synced):
        is_synced = sent.is_synced
    return Merged(TypeSettings(saved.actor_type, is_synced, tuple(found.values())), conflicts)


Refused = dict[str, list[Problem]]


@dataclass(frozen=True)
class Accepted:
    """`settings` can be saved; rows that cannot are in them as they were, with their problems in `refused`."""

    settings: TypeSettings
    refused: Sequence[Problem] = ()


def accepted(wanted: TypeSettings, saved: TypeSettings, actor_type: ActorType, schema: Schema) -> Accepted:
    """What of a type's wanted settings can be saved.

    A row that is put back may collide with another wanted one, and that one is then put back too. What was wrong before
    and was not touched is refused to nobody.
    """
    refused: Refused = {}
    while found := _changed(_problems(wanted, saved, actor_type, schema), wanted, saved):
        wanted = _put_back(wanted, saved, found)
        refused |= found
    return Accepted(wanted, [each for several in refused.values() for each in several])


def _problems(wanted: TypeSettings, saved: TypeSettings, actor_type: ActorType, schema: Schema) -> Sequence[Problem]:
    return [*problems(wanted, actor_type, schema), *_gone(wanted, saved, actor_type, schema)]


def _gone(wanted: TypeSettings, saved: TypeSettings, actor_type: ActorType, schema: Schema) -> Iterator[Problem]:
    """SuperOffice fields that were chosen and are not there any more, as far as SuperOffice was read."""
    for each in wanted.fields if schema.from_superoffice else ():
        is_new = each.crm_key and each.crm_key != saved.field(each.key).crm_key
        if is_new and schema.crm_field(actor_type, each.crm_key).is_missing:
            facts = {"crm_key": each.crm_key}
            yield Problem(wanted.actor_type, each.key, Refusal.MISSING_IN_SUPEROFFICE, facts)


def _changed(found: Sequence[Problem], wanted: TypeSettings, saved: TypeSettings) -> Refused:
    """The problems by the row that has to be put back for them."""
    rows: Refused = {}
    for each in found:
        if _differs(each.key, wanted, saved):
            rows.setdefault(each.key, []).append(each)
        elif each.refusal == Refusal.MAPPED_TWICE and _differs(each.facts["other_key"], wanted, saved):
            other = _of_the_other(each, actor_name=each.facts["name"])
            rows.setdefault(other.key, []).append(other)
    return rows


def _differs(key: str, wanted: TypeSettings, saved: TypeSettings) -> bool:
    return wanted.is_synced != saved.is_synced if key == TYPE_ROW else wanted.field(key) != saved.field(key)


def _of_the_other(problem: Problem, actor_name: str) -> Problem:
    """The same collision as a problem of the row that comes first."""
    facts: Mapping[str, str] = {**problem.facts, "other": actor_name, "other_key": problem.key}
    return replace(problem, key=problem.facts["other_key"], facts=facts)


def _put_back(wanted: TypeSettings, saved: TypeSettings, refused: Refused) -> TypeSettings:
    def row(each: FieldSettings) -> FieldSettings:
        return saved.field(each.key) if each.key in refused else each

    is_synced = saved.is_synced if TYPE_ROW in refused else wanted.is_synced
    return replace(wanted, is_synced=is_synced, fields=tuple(map(row, wanted.fields)))


def without_items_of_other_lists(
    settings: TypeSettings, before: TypeSettings, actor_type: ActorType, schema: Schema
) -> TypeSettings:
    """The same, without items for a field that belongs to another list of SuperOffice now: their numbers would be those
    of other items."""

    def list_of(each: FieldSettings) -> str:
        return schema.crm_field(actor_type, each.crm_key).list_reference

    def row(each: FieldSettings) -> FieldSettings:
        known = before.field(each.key)
        if not known.crm_key or each.crm_key == known.crm_key:
            return each
        is_other = not list_of(each) or list_of(each) != list_of(known)
        return replace(each, items={}) if each.items and is_other else each

    return replace(settings, fields=tuple(map(row, settings.fields)))
