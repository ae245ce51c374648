"""Writes which item of SuperOffice's lists stands for each item of the ERP's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from wizard.domain.configuration import Configuration, FieldSettings, Part, RowDifference, TypeSettings
from wizard.models import WriteOperation
from wizard.outside.superoffice import SuperOfficeError, configuration
from wizard.outside.superoffice.carriers import ErpConnectionListMappingContainer, ErpSyncActorTypeMapping
from wizard.services.configuration.there.carriers import (
    field_ids,
    items_of,
    lists_state,
    lists_with,
    settings_of,
    with_items,
)
from wizard.services.configuration.there.refusal import is_refusal, words_of
from wizard.services.configuration.there.writing.activation import switch_off
from wizard.services.configuration.there.writing.work import Work

Mappings = Sequence[ErpSyncActorTypeMapping]


def write_lists(work: Work, mappings: Mappings) -> None:
    """Reads, writes what is different, and reads back: one container for all types."""
    lists = read_lists(work)
    _agree_on_moved(work, mappings, lists)
    rows = [row for each in mappings for row in work.to_write(_settings(work, each, lists), (Part.LISTS,))]
    possible = [row for row in rows if _field_id(row, mappings) in items_of(lists)]
    if possible:
        switch_off(work)
        _save(work, lists, possible, mappings)
        lists = read_lists(work)
    for mapping in mappings:
        settings = _settings(work, mapping, lists)
        known = work.refused.get(mapping.actor_type_erp, {})
        left = [row.key for row in work.to_write(settings, (Part.LISTS,)) if row.key not in known]
        work.refuse(mapping.actor_type_erp, left, "")
        work.agree(settings, (Part.LISTS,))


def moved_lists(work: Work, before: Configuration | None) -> set[tuple[str, str]]:
    """The fields, by actor type and key, that had items before and have just been mapped to something else."""
    known, now = before or Configuration(), work.agreed or Configuration()
    return {
        (each.actor_type, field.key)
        for each in known.types
        for field in each.fields
        if field.mapped_items and field.crm_key != now.type(each.actor_type).field(field.key).crm_key
    }


def _agree_on_moved(work: Work, mappings: Mappings, lists: ErpConnectionListMappingContainer) -> None:
    """What SuperOffice has for them are left numbers of another list: nobody has chosen that, so it is written over."""
    for mapping in mappings:
        name, there = mapping.actor_type_erp, _settings(work, mapping, lists)
        known = (work.agreed or Configuration()).type(name)
        moved = {key for actor_type, key in work.moved if actor_type == name}
        fields = tuple(
            each.with_part(there.field(each.key), Part.LISTS) if each.key in moved else each for each in known.fields
        )
        work.agreed = (work.agreed or Configuration()).with_type(replace(known, fields=fields))


def read_lists(work: Work) -> ErpConnectionListMappingContainer:
    lists = configuration.list_mappings(work.so, work.superoffice_id)
    work.settle(WriteOperation.SAVE_LISTS, partial(lists_state, lists))
    return lists


def _settings(work: Work, mapping: ErpSyncActorTypeMapping, lists: ErpConnectionListMappingContainer) -> TypeSettings:
    known = work.agreed.type(mapping.actor_type_erp) if work.agreed else None
    ours = work.ours.type(mapping.actor_type_erp)
    return with_items(settings_of(mapping, known), ours, field_ids(mapping), lists)


def _save(
    work: Work, lists: ErpConnectionListMappingContainer, rows: Sequence[RowDifference], mappings: Mappings
) -> ErpConnectionListMappingContainer:
    """Saves the items of all these fields; where SuperOffice refuses them, those of each half, down to one field."""
    intended = lists_with(lists, _items_by_field(rows, mappings))
    if intended == lists:
        return lists
    try:
        return work.written(
            WriteOperation.SAVE_LISTS,
            lists_state(intended),
            lists_state(lists),
            partial(configuration.save_list_mappings, work.so, intended),
        )
    except SuperOfficeError as error:
        if not is_refusal(error):
            raise
        words = words_of(error)
    lists = read_lists(work)
    if len(rows) == 1:
        work.refuse(rows[0].actor_type, [rows[0].key], words)
        return lists
    middle = len(rows) // 2
    for part in (rows[:middle], rows[middle:]):
        lists = _save(work, lists, part, mappings)
    return lists


def _items_by_field(rows: Sequence[RowDifference], mappings: Mappings) -> dict[int, Mapping[str, int]]:
    return {_field_id(row, mappings): row.ours.items for row in rows if isinstance(row.ours, FieldSettings)}


def _field_id(row: RowDifference, mappings: Mappings) -> int:
    return next(field_ids(each).get(row.key, 0) for each in mappings if each.actor_type_erp == row.actor_type)
