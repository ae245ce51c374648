"""The words for the criteria of a search in the ERP."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from wizard.domain.configuration import NoSuchOperator, Operator
from wizard.domain.fields import ConfigField, FieldType, InvalidValue, NotOffered
from wizard.messages.fields import refused_value

_IS, _IS_NOT = _l("is"), _l("is not")

OPERATOR_WORDS: Mapping[Operator, LazyString] = {
    Operator.BEGINS: _l("begins with"),
    Operator.CONTAINS: _l("contains"),
    Operator.EQUALS: _IS,
    Operator.ENDS: _l("ends with"),
    Operator.NOT_BEGINS: _l("does not begin with"),
    Operator.NOT_CONTAINS: _l("does not contain"),
    Operator.NOT_ENDS: _l("does not end with"),
    Operator.IS_NOT: _IS_NOT,
    Operator.DIFFERS: _IS_NOT,
    Operator.MORE: _l("is more than"),
    Operator.LESS: _l("is less than"),
    Operator.AT_LEAST: _l("is at least"),
    Operator.AT_MOST: _l("is at most"),
    Operator.BEFORE: _l("is before"),
    Operator.AFTER: _l("is after"),
    Operator.NOT_AFTER: _l("is not after"),
    Operator.NOT_BEFORE: _l("is not before"),
    Operator.BETWEEN: _l("is between"),
    Operator.ONE_OF: _l("is one of"),
    Operator.NOT_ONE_OF: _l("is none of"),
}


def criterion_text(field: str, operator: Operator, values: tuple[str, ...]) -> str:
    """What was searched for, in a sentence: `Town begins with Berg.`"""
    how = OPERATOR_WORDS[operator]
    if operator.takes_two:
        return _("%(field)s %(how)s %(low)s and %(high)s.", field=field, how=how, low=values[0], high=values[1])
    return _("%(field)s %(how)s %(value)s.", field=field, how=how, value=", ".join(values) or _("(empty)"))


def refused_criterion(error: InvalidValue, field: ConfigField) -> str:
    """Why a criterion cannot be searched for, and what to enter instead."""
    match error:
        case NoSuchOperator():
            return _("SuperOffice does not compare such a field like this. Choose another criterion.")
        case NotOffered():
            return _("Enter items of the list, separated by semicolons.")
        case _ if field.type is FieldType.DATETIME:
            return _("Write the date as 2026-12-31, with 23:59 if you need the time.")
        case _:
            return refused_value(error, field)
