"""Writes the default values of fields, one after the other, as SuperOffice has no call for several."""

from __future__ import annotations

from functools import partial

from wizard.domain.configuration import FieldSettings, Part, TypeSettings
from wizard.models import WriteOperation
from wizard.outside.superoffice import SuperOfficeError, configuration
from wizard.outside.superoffice.carriers import ErpSyncActorTypeMapping, ErpSyncDefaultValue
from wizard.services.configuration.there.carriers import default_state, default_with, field_ids, with_default
from wizard.services.configuration.there.refusal import is_refusal, words_of
from wizard.services.configuration.there.writing.activation import switch_off
from wizard.services.configuration.there.writing.work import Work


def write_defaults(work: Work, mapping: ErpSyncActorTypeMapping) -> None:
    """Only of fields whose default was changed here since both sides were the same: each takes two calls."""
    ours = work.ours.type(mapping.actor_type_erp)
    known = (work.agreed.type(mapping.actor_type_erp) if work.agreed else TypeSettings(mapping.actor_type_erp)).by_key
    ids = field_ids(mapping)
    for settings in ours.fields:
        before = known.get(settings.key, FieldSettings(settings.key))
        if settings.key in ids and settings.with_part(before, Part.DEFAULTS) != settings:
            _write(work, mapping.actor_type_erp, settings, ids[settings.key])


def read_default(work: Work, field_id: int) -> ErpSyncDefaultValue:
    default = configuration.default_value(work.so, field_id)
    work.settle(WriteOperation.SAVE_DEFAULT, partial(default_state, default))
    return default


def _write(work: Work, actor_type: str, settings: FieldSettings, field_id: int) -> None:
    there = read_default(work, field_id)
    if work.to_write(_type(actor_type, settings, there), (Part.DEFAULTS,)):
        switch_off(work)
        there = _save(work, actor_type, settings, there)
    work.agree_on_field(actor_type, with_default(settings, there), Part.DEFAULTS)


def _save(work: Work, actor_type: str, settings: FieldSettings, there: ErpSyncDefaultValue) -> ErpSyncDefaultValue:
    intended = default_with(there, settings)
    try:
        saved = work.written(
            WriteOperation.SAVE_DEFAULT,
            default_state(intended),
            {"field": there.erp_field_id},
            partial(configuration.save_default_value, work.so, intended),
            there.erp_field_id,
        )
    except SuperOfficeError as error:
        if not is_refusal(error):
            raise
        work.refuse(actor_type, [settings.key], words_of(error))
        return read_default(work, there.erp_field_id)
    if default_state(saved) != default_state(intended):
        work.refuse(actor_type, [settings.key], "")
    return saved


def _type(actor_type: str, settings: FieldSettings, there: ErpSyncDefaultValue) -> TypeSettings:
    return TypeSettings(actor_type, fields=(with_default(settings, there),))
