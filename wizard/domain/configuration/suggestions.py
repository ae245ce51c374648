"""Suggestions for the fields that are not mapped yet, among the SuperOffice fields that are offered and free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from wizard.domain.configuration.rules import directions
from wizard.domain.configuration.schema import ActorField, ActorType, Schema, SuperOfficeField
from wizard.domain.configuration.values import FieldSettings, TypeSettings
from wizard.domain.fields import in_language
from wizard.domain.mapping import CRM_FIELDS, MAX_FIELDS, Direction, ErpField, Suggestion, suggest

_ADDRESSES = ("POSTAL", "STREET")
_LOOKED_FOR = frozenset(
    ("NAME", "FIRSTNAME", "LASTNAME", "NUMBER", "NUMBER1", "NUMBER2", "VATNO", "POSTALCITY", "STREETCITY")
)
_USUAL = (Direction.BOTH, Direction.TO_SUPEROFFICE, Direction.TO_ERP)
"""What is suggested for a field that SuperOffice has mapped by itself, which it does without a direction."""


class SuggestedBy(StrEnum):
    """What a suggestion is made by: SuperOffice maps this key by itself, the name or the key of the ERP field means
    what the SuperOffice field holds, or it does so beside the other fields, as that of one of two addresses does."""

    DEFAULT = "default"
    NAME = "name"
    KEY = "key"
    ADDRESS = "address"
    OTHERS = "others"


def suggested_by(erp: ActorField, documented: str, actor_type: ActorType) -> SuggestedBy | None:
    """Why an ERP field and a documented field of SuperOffice belong together; None where nothing says so."""
    automatic = actor_type.entity and CRM_FIELDS[actor_type.entity].get(erp.key.upper())
    if automatic and automatic.automatic and automatic.key == documented:
        return SuggestedBy.DEFAULT
    field = _erp_field(erp)
    parts = {SuggestedBy.NAME: replace(field, key=""), SuggestedBy.KEY: replace(field, name="")}
    for by, part in parts.items():
        if any(each.crm_key == documented for each in _suggested(actor_type.name, (part,))):
            return by
    if not any((each.erp_key, each.crm_key) == (erp.key, documented) for each in _of_all_fields(actor_type)):
        return None
    return SuggestedBy.ADDRESS if documented.startswith(_ADDRESSES) else SuggestedBy.OTHERS


def is_looked_for(crm: SuperOfficeField) -> bool:
    """Whether people look for a record by what the field holds: its name, a number that it is known by, or its town."""
    return crm.documented in _LOOKED_FOR


def suggest_for(actor_type: ActorType, settings: TypeSettings, schema: Schema) -> list[Suggestion]:
    """With SuperOffice's own keys; mandatory fields first. Nothing for what another connection fills already.

    A field that has its SuperOffice field and no direction yet gets a direction.
    """
    fields = _fields(actor_type)
    taken = {each.crm_key for each in settings.fields if each.crm_key}
    found = {each.erp_key: each for each in _of_all_fields(actor_type)}
    offered = {each.documented: each.key for each in schema.crm_fields.get(actor_type.crm_type or "", ())}
    suggestions = []
    for erp in (each for each in fields if not settings.field(each.key).is_mapped):
        own, suggestion = settings.field(erp.key).crm_key, found.get(erp.key)
        key = own or (offered.get(suggestion.crm_key, "") if suggestion else "")
        if key and (own or key not in taken):
            usual = (suggestion.direction, *_USUAL[1:]) if suggestion else _USUAL
            suggestions += _in_a_direction(erp, key, usual, actor_type, schema)
    return suggestions


def _fields(actor_type: ActorType) -> list[ActorField]:
    """Those that can be mapped."""
    mandatory_first = sorted(actor_type.fields, key=lambda each: not each.is_mandatory)
    return [each for each in mandatory_first if each.is_mappable and not each.is_missing][:MAX_FIELDS]


def _of_all_fields(actor_type: ActorType) -> list[Suggestion]:
    return _suggested(actor_type.name, tuple(map(_erp_field, _fields(actor_type))))


@lru_cache(maxsize=1024)
def _suggested(actor_type: str, fields: tuple[ErpField, ...]) -> list[Suggestion]:
    """Cached: each view of a page asks for the same fields again."""
    return suggest(actor_type, fields)


def _in_a_direction(
    erp: ActorField, key: str, wanted: Sequence[Direction], actor_type: ActorType, schema: Schema
) -> list[Suggestion]:
    """In the first direction that the rules allow; none where they allow none."""
    if schema.filled_by(actor_type, key):
        return []
    refusals = directions(erp, FieldSettings(erp.key, key), schema, actor_type)
    return [Suggestion(erp.key, key, each) for each in wanted if refusals[each] is None][:1]


def _erp_field(field: ActorField) -> ErpField:
    return ErpField(field.key, _in_english(field.name), field.kind, field.is_read_only, field.is_mandatory)


@lru_cache(maxsize=4096)  # a page reads the same names at every request
def _in_english(name: str) -> str:
    """What is read of a name in several languages."""
    return in_language(name, "en")
