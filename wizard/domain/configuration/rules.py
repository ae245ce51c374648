"""What may be mapped to what, in which direction, and what of it cannot be saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.domain.configuration.schema import ActorField, ActorType, Schema, SuperOfficeField
from wizard.domain.configuration.values import TYPE_ROW, FieldSettings, TypeSettings
from wizard.domain.fields import DecodeError, length_of
from wizard.domain.mapping import CRM_FIELDS, Direction, Kind

MAX_DEFAULT_LENGTH = 254
"""Of an encoded default value, in SuperOffice's table."""


class Refusal(StrEnum):
    """Why something cannot be chosen or saved, or why the connection cannot be activated."""

    READ_ONLY_IN_ERP = "read_only_in_erp"
    READ_ONLY_IN_SUPEROFFICE = "read_only_in_superoffice"
    SECRET = "secret"  # noqa: S105 - the name of a refusal
    NO_VALUE = "no_value"
    KEY_TOO_LONG = "key_too_long"
    NO_SUPEROFFICE_FIELD = "no_superoffice_field"
    KINDS_DIFFER = "kinds_differ"
    MAPPED_ELSEWHERE = "mapped_elsewhere"
    MAPPED_TWICE = "mapped_twice"
    NOT_SEARCHABLE = "not_searchable"
    TYPE_NOT_SUPPORTED = "type_not_supported"
    MISSING_IN_ERP = "missing_in_erp"
    MISSING_IN_SUPEROFFICE = "missing_in_superoffice"
    NO_DIRECTION = "no_direction"
    NOTHING_SYNCED = "nothing_synced"
    NOTHING_MAPPED = "nothing_mapped"
    ITEM_TWICE = "item_twice"
    ITEM_MISSING_IN_ERP = "item_missing_in_erp"
    ITEM_MISSING_IN_SUPEROFFICE = "item_missing_in_superoffice"
    LIST_MISSING = "list_missing"
    DEFAULT_OF_MAPPED = "default_of_mapped"
    DEFAULT_NEEDED = "default_needed"
    DEFAULT_INVALID = "default_invalid"
    DEFAULT_TOO_LONG = "default_too_long"
    DEFAULT_NOT_OFFERED = "default_not_offered"


@dataclass(frozen=True)
class Problem:
    """What cannot be saved, of which field. `facts` are for its words."""

    actor_type: str
    key: str
    refusal: Refusal
    facts: Mapping[str, str] = field(default_factory=dict)


def is_supported(actor_type: ActorType) -> bool:
    """Whether SuperOffice synchronises actors of this type."""
    return actor_type.entity is not None


def refusal_of_field(erp: ActorField) -> Refusal | None:
    """Why a field cannot be mapped at all."""
    if erp.is_mappable:
        return None
    if not erp.is_storable:
        return Refusal.KEY_TOO_LONG
    return Refusal.SECRET if erp.type.value_type.is_secret else Refusal.NO_VALUE


def allowed_fields(erp: ActorField, actor_type: ActorType, schema: Schema) -> tuple[SuperOfficeField, ...]:
    """The SuperOffice fields that an ERP field may be mapped to: those that are offered, written, and of a kind that
    fits."""
    if not erp.is_mappable:
        return ()
    offered = schema.crm_fields.get(actor_type.crm_type or "", ())
    return tuple(
        each for each in offered if not each.is_read_only and not each.is_missing and _fits(erp.kind, each, actor_type)
    )


def _fits(kind: Kind, crm: SuperOfficeField, actor_type: ActorType) -> bool:
    """Of a field that is not documented, SuperOffice says no kind: its list may be one of the ERP's or a text."""
    documented = CRM_FIELDS[actor_type.entity].get(crm.documented) if actor_type.entity else None
    if documented:
        return kind in documented.kinds
    return kind in (Kind.LIST, Kind.TEXT) if crm.list_reference else True


Directions = dict[Direction, Refusal | None]


def directions(erp: ActorField, setting: FieldSettings, schema: Schema, actor_type: ActorType) -> Directions:
    """Which directions a field may have with the SuperOffice field that is set; None where it may."""
    crm = schema.crm_field(actor_type, setting.crm_key)
    any_way = refusal_of_field(erp) or _refused_any_way(erp, crm, actor_type)
    elsewhere = Refusal.MAPPED_ELSEWHERE if schema.filled_by(actor_type, crm.key) else None
    to_erp = Refusal.READ_ONLY_IN_ERP if erp.is_read_only else None
    return {
        Direction.NONE: None,
        Direction.TO_SUPEROFFICE: any_way or elsewhere,
        Direction.TO_ERP: any_way or to_erp,
        Direction.BOTH: any_way or to_erp,
    }


def _refused_any_way(erp: ActorField, crm: SuperOfficeField, actor_type: ActorType) -> Refusal | None:
    if not is_supported(actor_type):
        return Refusal.TYPE_NOT_SUPPORTED
    if erp.is_missing:
        return Refusal.MISSING_IN_ERP
    if not crm.key:
        return Refusal.NO_SUPEROFFICE_FIELD
    if crm.is_missing:
        return Refusal.MISSING_IN_SUPEROFFICE
    if crm.is_read_only:
        return Refusal.READ_ONLY_IN_SUPEROFFICE
    return None if _fits(erp.kind, crm, actor_type) else Refusal.KINDS_DIFFER


def problems(settings: TypeSettings, actor_type: ActorType, schema: Schema) -> list[Problem]:
    """What of a type's mapping cannot be saved.

    What was mapped before its field went missing can: it is marked, and stays until somebody clears it.
    """
    found = (
        [Problem(settings.actor_type, TYPE_ROW, Refusal.TYPE_NOT_SUPPORTED)]
        if _is_refused(settings, actor_type)
        else []
    )
    return [*found, *_twice(settings, actor_type), *_of_fields(settings, actor_type, schema)]


def _is_refused(settings: TypeSettings, actor_type: ActorType) -> bool:
    return settings.is_synced and not is_supported(actor_type)


def _twice(settings: TypeSettings, actor_type: ActorType) -> Iterator[Problem]:
    """Every field whose SuperOffice field another one before it has."""
    fields = actor_type.by_key
    first: dict[str, str] = {}
    for each in settings.fields:
        if each.crm_key and (other := first.setdefault(each.crm_key, each.key)) != each.key:
            facts = {"other": _name(other, fields), "other_key": other, "name": _name(each.key, fields)}
            yield Problem(settings.actor_type, each.key, Refusal.MAPPED_TWICE, facts | {"crm_key": each.crm_key})


def _name(key: str, fields: Mapping[str, ActorField]) -> str:
    return (key in fields and fields[key].name) or key


def _of_fields(settings: TypeSettings, actor_type: ActorType, schema: Schema) -> Iterator[Problem]:
    kept = (Refusal.MISSING_IN_ERP, Refusal.MISSING_IN_SUPEROFFICE, Refusal.TYPE_NOT_SUPPORTED)
    for each in settings.fields:
        erp = actor_type.field(each.key)
        refusal = _refused(erp, each, schema, actor_type)
        if refusal and refusal not in kept:
            facts = {"crm_key": each.crm_key, "connection": schema.filled_by(actor_type, each.crm_key)}
            yield Problem(settings.actor_type, each.key, refusal, facts)
        if each.show_in_search and not erp.is_searchable and not erp.is_missing:
            yield Problem(settings.actor_type, each.key, Refusal.NOT_SEARCHABLE)


def _refused(erp: ActorField, each: FieldSettings, schema: Schema, actor_type: ActorType) -> Refusal | None:
    """Of the direction; a SuperOffice field without one has to fit as well."""
    if each.direction == Direction.NONE and not each.crm_key:
        return None
    found = directions(erp, each, schema, actor_type)
    if each.direction != Direction.NONE:
        return found[each.direction]
    return refusal_of_field(erp) or _refused_any_way(erp, schema.crm_field(actor_type, each.crm_key), actor_type)


def duplicates(items: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    """SuperOffice's items that several of the ERP's are mapped to, with the keys of those."""
    keys: dict[int, list[str]] = {}
    for key, crm_id in items.items():
        keys.setdefault(crm_id, []).append(key)
    return {crm_id: tuple(several) for crm_id, several in keys.items() if len(several) > 1}


def mapped_lists(settings: TypeSettings, actor_type: ActorType, schema: Schema) -> tuple[ActorField, ...]:
    """The list fields that are mapped to a SuperOffice field that is a list too: only their items can be mapped."""
    fields = actor_type.by_key
    return tuple(
        fields[each.key]
        for each in settings.fields
        if each.is_mapped
        and each.key in fields
        and fields[each.key].kind == Kind.LIST
        and schema.crm_field(actor_type, each.crm_key).list_reference
    )


def may_have_default(erp: ActorField, setting: FieldSettings) -> bool:
    """Only a field that is not mapped, and that a new record may be given a value of."""
    return erp.is_mappable and not setting.is_mapped and not erp.is_read_only and not erp.is_missing


def default_problems(erp: ActorField, setting: FieldSettings, choices: Iterable[str] | None = None) -> list[Refusal]:
    """What of a field's default cannot be saved; `choices` are the keys of its list, None where they are not known."""
    if not setting.has_default:
        return []
    if refusal := refusal_of_field(erp) or _refused_default(erp, setting):
        return [refusal]
    found = _value_problems(erp, setting.default, choices) if setting.default is not None else []
    has_value = setting.default is not None or setting.ask_user
    return found if has_value or erp.is_mandatory or not setting.mandatory else [*found, Refusal.DEFAULT_NEEDED]


def _refused_default(erp: ActorField, setting: FieldSettings) -> Refusal | None:
    if erp.is_read_only:
        return Refusal.READ_ONLY_IN_ERP
    return Refusal.DEFAULT_OF_MAPPED if setting.is_mapped else None


def _value_problems(erp: ActorField, default: str, choices: Iterable[str] | None) -> list[Refusal]:
    if length_of(default) > MAX_DEFAULT_LENGTH or 0 < erp.max_length < length_of(default):
        return [Refusal.DEFAULT_TOO_LONG]
    if erp.kind == Kind.LIST and default and choices is not None and default not in set(choices):
        return [Refusal.DEFAULT_NOT_OFFERED]
    try:
        if default:
            erp.type.value_type.decode(default)
    except DecodeError:
        return [Refusal.DEFAULT_INVALID]
    return []
