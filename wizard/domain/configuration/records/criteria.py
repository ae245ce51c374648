"""A criterion of a search in the ERP: which operators SuperOffice has for each type of field, and what was typed.

Source: SuperOffice's documentation of the search for ERP connectors (docs/superoffice.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.domain.fields import UNSENDABLE, FieldType, InvalidValue, NotOffered, Unsendable

ITEM_SEPARATOR = ";"


class Operator(StrEnum):
    """The values are those on the wire."""

    EQUALS = "="
    BEGINS = "begins"
    CONTAINS = "contains"
    ENDS = "ends"
    NOT_BEGINS = "notbegins"
    NOT_CONTAINS = "notcontains"
    NOT_ENDS = "notends"
    IS_NOT = "isnot"
    DIFFERS = "!="
    MORE = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="
    BEFORE = "before"
    AFTER = "after"
    NOT_AFTER = "beforeOrEqual"
    NOT_BEFORE = "afterOrEqual"
    BETWEEN = "between"
    ONE_OF = "oneof"
    NOT_ONE_OF = "notoneof"

    @property
    def takes_two(self) -> bool:
        """Whether it needs a second value."""
        return self is Operator.BETWEEN


_O = Operator
_NUMBER = (_O.EQUALS, _O.MORE, _O.LESS, _O.AT_LEAST, _O.AT_MOST, _O.DIFFERS, _O.BETWEEN)
OPERATORS: Mapping[FieldType, tuple[Operator, ...]] = {
    FieldType.TEXT: (
        _O.BEGINS,
        _O.CONTAINS,
        _O.EQUALS,
        _O.ENDS,
        _O.NOT_BEGINS,
        _O.NOT_CONTAINS,
        _O.NOT_ENDS,
        _O.IS_NOT,
        _O.BETWEEN,
    ),
    FieldType.INTEGER: _NUMBER,
    FieldType.DOUBLE: _NUMBER,
    FieldType.CHECKBOX: (_O.EQUALS,),
    FieldType.LIST: (_O.ONE_OF, _O.NOT_ONE_OF),
    FieldType.DATETIME: (_O.EQUALS, _O.BEFORE, _O.AFTER, _O.NOT_AFTER, _O.NOT_BEFORE, _O.BETWEEN),
    FieldType.PASSWORD: (),
    FieldType.LABEL: (),
}
"""By the type of the field, the usual one first. Nothing is searched for in a password."""


_SAME_MEANING: Mapping[str, str] = {_O.IS_NOT: _O.DIFFERS, _O.DIFFERS: _O.IS_NOT}
_FOR_LISTS: Mapping[str, str] = {_O.EQUALS: _O.ONE_OF, _O.IS_NOT: _O.NOT_ONE_OF}
"""How the contract calls for numbers and lists what it calls otherwise for texts."""


class NoSuchOperator(InvalidValue):
    """SuperOffice does not search for fields of this type in that way."""


@dataclass(frozen=True)
class Criterion:
    """One restriction of a search as it travels: the values are encoded."""

    key: str
    operator: Operator
    values: tuple[str, ...]


def criterion_of(
    key: str,
    type: FieldType,
    operator: str,
    typed: tuple[str, str],
    language: str,
    items: Mapping[str, str] | None = None,
) -> Criterion:
    """What was typed as a restriction: one or two values, or items of a list by label or key. Raises InvalidValue."""
    chosen = _operator(type, operator)
    if type is FieldType.LIST:
        return Criterion(key, chosen, _items(typed[0], items or {}))
    texts = typed if chosen.takes_two else typed[:1]
    return Criterion(key, chosen, tuple(_encoded(type, text.strip(), language) for text in texts))


def _operator(type: FieldType, wanted: str) -> Operator:
    """Raises NoSuchOperator."""
    names = (wanted, _SAME_MEANING.get(wanted, ""), _FOR_LISTS.get(wanted, ""))
    found = next((each for each in OPERATORS[type] if each in names), None)
    if found is None:
        raise NoSuchOperator(wanted)
    return found


def _encoded(type: FieldType, text: str, language: str) -> str:
    if UNSENDABLE.search(text):
        raise Unsendable(text)
    handler = type.value_type
    return handler.encode(handler.parse(text, language))


def _items(typed: str, items: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of what was typed, separated by semicolons."""
    by_label = {label.casefold(): key for key, label in items.items()}
    by_key = {key.casefold(): key for key in items}
    names = [name.strip() for name in typed.split(ITEM_SEPARATOR) if name.strip()]
    keys = [by_label.get(name.casefold(), by_key.get(name.casefold())) for name in names]
    if not keys or None in keys:
        raise NotOffered(typed)
    return tuple(key for key in keys if key is not None)
