"""Writes the field mapping of an actor type, and the order of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from wizard.domain.configuration import FieldSettings, Part, RowDifference, TypeSettings, swaps
from wizard.models import WriteOperation
from wizard.outside.superoffice import SuperOfficeError, configuration, registry
from wizard.outside.superoffice.carriers import ErpSyncActorTypeMapping
from wizard.services.checks import persistently
from wizard.services.configuration.there.carriers import (
    field_ids,
    mapping_state,
    mapping_with,
    order_state,
    settings_of,
)
from wizard.services.configuration.there.journal import last_of
from wizard.services.configuration.there.refusal import is_refusal, words_of
from wizard.services.configuration.there.writing.activation import switch_off
from wizard.services.configuration.there.writing.groups import Groups, groups_of, split
from wizard.services.configuration.there.writing.work import Work, signed

PARTS = (Part.MAPPINGS, Part.RANK)


def write_type(work: Work, actor_type: str) -> ErpSyncActorTypeMapping | None:
    """Reads, writes what is different, and reads back. None for a type that SuperOffice does not have."""
    before = read_type(work, actor_type)
    if _lacks_fields(work, actor_type, before):
        _update_fields(work)
        before = read_type(work, actor_type)
    if before is None:
        return None
    mapping = _write_rows(work, before)
    mapping = _write_order(work, mapping)
    is_written = mapping is not before
    if is_written:
        mapping = read_type(work, actor_type) or mapping
    settings = _settings(work, mapping)
    if is_written:
        _name_what_was_not_kept(work, settings)
    work.agree(settings, PARTS)
    return mapping


def read_type(work: Work, actor_type: str) -> ErpSyncActorTypeMapping | None:
    """What SuperOffice has of a type now. What an earlier attempt left open is ended by it."""
    mapping = configuration.actor_type_mapping(work.so, work.superoffice_id, actor_type)
    if mapping is None or not mapping.field_mappings:
        return None
    work.settle(WriteOperation.SAVE_MAPPING, partial(mapping_state, mapping))
    work.settle(WriteOperation.MOVE_FIELD, partial(order_state, mapping))
    _recognise_own_moves(work, mapping)
    return mapping


def _recognise_own_moves(work: Work, mapping: ErpSyncActorTypeMapping) -> None:
    """Where an earlier attempt has ended between two moves, the order there is nobody else's."""
    agreed = work.agreed.type(mapping.actor_type_erp) if work.agreed else TypeSettings(mapping.actor_type_erp)
    if work.agreed is None or [each.key for each in agreed.fields] == _keys(mapping):
        return
    last = persistently(lambda: last_of(work.connection_id, WriteOperation.MOVE_FIELD))
    if last == signed(order_state(mapping)):
        work.agreed = work.agreed.with_type(agreed.in_order(_keys(mapping)))


def _lacks_fields(work: Work, actor_type: str, mapping: ErpSyncActorTypeMapping | None) -> bool:
    """Whether something is set here for a field that SuperOffice has not read from the connector yet."""
    ours = work.ours.type(actor_type)
    known = field_ids(mapping) if mapping else {}
    return any(each != FieldSettings(each.key) and each.key not in known for each in ours.fields)


def _update_fields(work: Work) -> None:
    """Has SuperOffice read the connector's fields anew; once is enough."""
    if not work.has_updated_fields:
        work.has_updated_fields = True
        call = partial(registry.update_connection_fields, work.so, work.superoffice_id)
        work.written(WriteOperation.UPDATE_FIELDS, {}, {}, call, work.superoffice_id)


def _settings(work: Work, mapping: ErpSyncActorTypeMapping) -> TypeSettings:
    return settings_of(mapping, work.agreed.type(mapping.actor_type_erp) if work.agreed else None)


# --- rows


def _write_rows(work: Work, mapping: ErpSyncActorTypeMapping) -> ErpSyncActorTypeMapping:
    rows = work.to_write(_settings(work, mapping), (Part.MAPPINGS,))
    if not rows:
        return mapping
    switch_off(work)
    return _save(work, mapping, groups_of(rows))


def _save(work: Work, mapping: ErpSyncActorTypeMapping, groups: Groups) -> ErpSyncActorTypeMapping:
    """Saves the rows of all groups; where SuperOffice refuses them, the parts of them, down to the refused one."""
    ours = work.ours.type(mapping.actor_type_erp)
    intended = mapping_with(mapping, ours, [key for group in groups for key in group.keys])
    if intended == mapping:
        return mapping
    try:
        return work.written(
            WriteOperation.SAVE_MAPPING,
            mapping_state(intended),
            mapping_state(mapping),
            partial(configuration.save_actor_type_mapping, work.so, intended),
        )
    except SuperOfficeError as error:
        if not is_refusal(error):
            raise
        words = words_of(error)
    mapping = read_type(work, mapping.actor_type_erp) or mapping
    if len(groups) == 1:
        work.refuse(mapping.actor_type_erp, groups[0].keys, words)
        return mapping
    for part in split(groups, words):
        mapping = _save(work, mapping, part)
    return mapping


def _name_what_was_not_kept(work: Work, theirs: TypeSettings) -> None:
    """SuperOffice may take a row and keep something else; it says nothing then."""
    known = work.refused.get(theirs.actor_type, {})
    left = [each.key for each in work.to_write(theirs, PARTS) if each.key not in known]
    work.refuse(theirs.actor_type, left, "")


# --- order


def _write_order(work: Work, mapping: ErpSyncActorTypeMapping) -> ErpSyncActorTypeMapping:
    """Moves fields one place at a time. After the first move it is read whether SuperOffice moves them as expected."""
    rows = work.to_write(_settings(work, mapping), (Part.RANK,))
    if not rows:
        return mapping
    switch_off(work)
    moves = list(swaps(_keys(mapping), _order_of(rows)))
    for number, (key, direction) in enumerate(moves):
        intended = _moved(mapping, key, direction)
        _move(work, mapping, intended, key, direction)
        mapping = intended
        if number == 0:
            mapping = read_type(work, mapping.actor_type_erp) or mapping
            if _keys(mapping) != _keys(intended):
                return mapping
    return mapping


def _move(
    work: Work, before: ErpSyncActorTypeMapping, after: ErpSyncActorTypeMapping, key: str, direction: int
) -> None:
    field_id = field_ids(before)[key]
    call = partial(configuration.move_field, work.so, work.superoffice_id, before.actor_type_erp, field_id, direction)
    work.written(WriteOperation.MOVE_FIELD, order_state(after), order_state(before), call, field_id)


def _moved(mapping: ErpSyncActorTypeMapping, key: str, direction: int) -> ErpSyncActorTypeMapping:
    fields = list(mapping.field_mappings)
    place = _keys(mapping).index(key)
    fields[place], fields[place + direction] = fields[place + direction], fields[place]
    return replace(mapping, field_mappings=tuple(fields))


def _keys(mapping: ErpSyncActorTypeMapping) -> list[str]:
    return [each.erp_field_key for each in mapping.field_mappings]


def _order_of(rows: Sequence[RowDifference]) -> Sequence[str]:
    wanted = rows[0].ours
    return wanted if isinstance(wanted, tuple) else ()
