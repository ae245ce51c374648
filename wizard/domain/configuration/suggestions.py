"""Suggestions for the fields that are not mapped yet, among the SuperOffice fields that are offered and free."""

from __future__ import annotations

from wizard.domain.configuration.rules import allowed_fields, directions
from wizard.domain.configuration.schema import ActorField, ActorType, Schema
from wizard.domain.configuration.values import FieldSettings, TypeSettings
from wizard.domain.mapping import MAX_FIELDS, Direction, ErpField, Suggestion, suggest

_USUAL = (Direction.BOTH, Direction.TO_SUPEROFFICE, Direction.TO_ERP)
"""What is suggested for a field that SuperOffice has mapped by itself, which it does without a direction."""


def suggest_for(actor_type: ActorType, settings: TypeSettings, schema: Schema) -> list[Suggestion]:
    """With SuperOffice's own keys; mandatory fields first. Nothing for what another connection fills already.

    A field that has its SuperOffice field and no direction yet gets a direction.
    """
    mandatory_first = sorted(actor_type.fields, key=lambda each: not each.is_mandatory)
    fields = [each for each in mandatory_first if each.is_mappable and not each.is_missing][:MAX_FIELDS]
    taken = {each.crm_key for each in settings.fields if each.crm_key}
    found = {each.erp_key: each for each in suggest(actor_type.name, [_erp_field(each) for each in fields])}
    free = [each for each in fields if not settings.field(each.key).is_mapped]
    return [
        suggestion
        for erp in free
        if (suggestion := _offered(erp, settings.field(erp.key), found.get(erp.key), actor_type, schema, taken))
    ]


def _offered(
    erp: ActorField,
    setting: FieldSettings,
    found: Suggestion | None,
    actor_type: ActorType,
    schema: Schema,
    taken: set[str],
) -> Suggestion | None:
    """The suggestion with the key that SuperOffice has for it, in a direction that it allows."""
    wanted = (found.direction, Direction.TO_SUPEROFFICE, Direction.TO_ERP) if found else _USUAL
    for crm in allowed_fields(erp, actor_type, schema):
        is_own = crm.key == setting.crm_key
        is_found = found is not None and crm.documented == found.crm_key and not setting.crm_key
        if not (is_own or (is_found and crm.key not in taken)) or schema.filled_by(actor_type, crm.key):
            continue
        allowed = directions(erp, FieldSettings(erp.key, crm.key), schema, actor_type)
        direction = next((each for each in wanted if allowed[each] is None), None)
        return Suggestion(erp.key, crm.key, direction) if direction else None
    return None


def _erp_field(field: ActorField) -> ErpField:
    return ErpField(field.key, field.name, field.kind, field.is_read_only, field.is_mandatory)
