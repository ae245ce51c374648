"""Suggestions for the fields that are not mapped yet, among the SuperOffice fields that are offered and free."""

from __future__ import annotations

from wizard.domain.configuration.rules import allowed_fields, directions
from wizard.domain.configuration.schema import ActorField, ActorType, Schema
from wizard.domain.configuration.values import FieldSettings, TypeSettings
from wizard.domain.mapping import MAX_FIELDS, Direction, ErpField, Suggestion, suggest


def suggest_for(actor_type: ActorType, settings: TypeSettings, schema: Schema) -> list[Suggestion]:
    """With SuperOffice's own keys; mandatory fields first. Nothing for what another connection fills already."""
    mandatory_first = sorted(actor_type.fields, key=lambda each: not each.is_mandatory)
    fields = [each for each in mandatory_first if each.is_mappable and not each.is_missing][:MAX_FIELDS]
    taken = {each.crm_key for each in settings.fields if each.crm_key}
    free = [each for each in fields if not settings.field(each.key).is_mapped]
    found = suggest(actor_type.name, [_erp_field(each) for each in fields])
    by_key = {each.erp_key: each for each in found}
    offered = [_offered(each, by_key[each.key], settings, actor_type, schema) for each in free if each.key in by_key]
    return [each for each in offered if each and each.crm_key not in taken]


def _offered(
    erp: ActorField, found: Suggestion, settings: TypeSettings, actor_type: ActorType, schema: Schema
) -> Suggestion | None:
    """The suggestion with the key that SuperOffice has for it, in a direction that it allows."""
    for crm in allowed_fields(erp, actor_type, schema):
        if crm.documented == found.crm_key and not schema.filled_by(actor_type, crm.key):
            allowed = directions(erp, FieldSettings(erp.key, crm.key), schema, actor_type)
            wanted = (found.direction, Direction.TO_SUPEROFFICE, Direction.TO_ERP)
            direction = next((each for each in wanted if allowed[each] is None), None)
            return Suggestion(erp.key, crm.key, direction) if direction else None
    return None


def _erp_field(field: ActorField) -> ErpField:
    return ErpField(field.key, field.name, field.kind, field.is_read_only, field.is_mandatory)
