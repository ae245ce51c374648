"""Searches in the made-up ERP, with SuperOffice's operators."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wizard.domain.fields import FieldType
from wizard.outside.soap.contract import Actor, SearchRestriction
from wizard.practice.erp.fields import FIELDS, SEARCHABLE


def matches(actor: Actor, text: str) -> bool:
    """Whether a searchable field contains the text."""
    values = actor.field_values or {}
    return any(text.casefold() in (values.get(key) or "").casefold() for key in SEARCHABLE[actor.actor_type or ""])


def condition(actor_type: str, restriction: SearchRestriction) -> Callable[[Actor], bool]:
    """Reads a restriction once; the function tells whether a record of the type meets it.

    An empty value is neither more nor less than any other. Raises KeyError for an unknown operator or field, and
    DecodeError; the function raises IndexError for a missing value.
    """
    key, texts = restriction.field_key or "", restriction.values or ()
    if key == "ParentErpKey":
        return lambda actor: actor.parent_erp_key in texts
    if key == "ParentActorType":
        return lambda actor: actor.parent_actor_type in texts
    kind = {field.field_key: FieldType(field.field_type) for field in FIELDS[actor_type]}[key]
    values = [comparable(kind, text or "") for text in texts]
    test = _OPERATORS[restriction.operator or "="]

    def is_met(actor: Actor) -> bool:
        try:
            return test(comparable(kind, (actor.field_values or {}).get(key) or ""), values)
        except TypeError:
            return False

    return is_met


_Test = Callable[[object, Sequence[object]], bool]
_OPERATORS: Mapping[str, _Test] = {
    "=": lambda own, values: own == values[0],
    "!=": lambda own, values: own != values[0],
    "begins": lambda own, values: str(own).startswith(str(values[0])),
    "contains": lambda own, values: str(values[0]) in str(own),
    "ends": lambda own, values: str(own).endswith(str(values[0])),
    "notbegins": lambda own, values: not str(own).startswith(str(values[0])),
    "notcontains": lambda own, values: str(values[0]) not in str(own),
    "notends": lambda own, values: not str(own).endswith(str(values[0])),
    "isnot": lambda own, values: own != values[0],
    ">": lambda own, values: own > values[0],  # type: ignore[operator]
    "<": lambda own, values: own < values[0],  # type: ignore[operator]
    ">=": lambda own, values: own >= values[0],  # type: ignore[operator]
    "<=": lambda own, values: own <= values[0],  # type: ignore[operator]
    "before": lambda own, values: own < values[0],  # type: ignore[operator]
    "after": lambda own, values: own > values[0],  # type: ignore[operator]
    "beforeOrEqual": lambda own, values: own <= values[0],  # type: ignore[operator]
    "afterOrEqual": lambda own, values: own >= values[0],  # type: ignore[operator]
    "between": lambda own, values: values[0] <= own <= values[1],  # type: ignore[operator]
    "oneof": lambda own, values: own in values,
    "notoneof": lambda own, values: own not in values,
}


def comparable(kind: FieldType, text: str) -> object:
    value: object = kind.value_type.decode(text) if text else ""
    return value.casefold() if isinstance(value, str) else value
