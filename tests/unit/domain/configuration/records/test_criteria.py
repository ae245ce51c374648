"""The criteria of a search in the ERP."""

from __future__ import annotations

import pytest

from wizard.domain.configuration import OPERATORS, Criterion, NoSuchOperator, Operator, criterion_of
from wizard.domain.fields import FieldType, InvalidValue, NotANumber, NotOffered
from wizard.outside.soap.contract import SearchRestriction
from wizard.practice.erp import condition

CATEGORIES = {"A": "Key account", "B": "Regular"}


@pytest.mark.parametrize(
    ("type", "operator", "typed", "values"),
    [
        (FieldType.TEXT, "begins", ("Ber ", ""), ("Ber",)),
        (FieldType.TEXT, "between", ("A", "C"), ("A", "C")),
        (FieldType.TEXT, "=", ("", "left from another"), ("",)),
        (FieldType.INTEGER, ">=", ("250", ""), ("[I:250]",)),
        (FieldType.DOUBLE, "between", ("1.5", "2"), ("[F:1.5]", "[F:2]")),
        (FieldType.CHECKBOX, "=", ("1", ""), ("[I:1]",)),
        (FieldType.DATETIME, "before", ("2026-11-03", ""), ("[DT:11/03/2026 00:00:00.0000000]",)),
        (FieldType.LIST, "oneof", ("regular; A", ""), ("B", "A")),
    ],
)
def test_what_is_typed_travels_encoded_by_the_type_of_the_field(
    type: FieldType, operator: str, typed: tuple[str, str], values: tuple[str, ...]
) -> None:
    assert criterion_of("KEY", type, operator, typed, "en", CATEGORIES) == Criterion("KEY", Operator(operator), values)


@pytest.mark.parametrize(
    ("type", "typed", "sent"),
    [(FieldType.INTEGER, "isnot", "!="), (FieldType.LIST, "=", "oneof"), (FieldType.LIST, "isnot", "notoneof")],
)
def test_one_meaning_is_sent_by_the_name_that_the_type_has_for_it(type: FieldType, typed: str, sent: str) -> None:
    value = {FieldType.INTEGER: "1", FieldType.LIST: "A"}[type]
    assert criterion_of("KEY", type, typed, (value, ""), "en", CATEGORIES).operator == sent


@pytest.mark.parametrize(
    ("type", "operator", "typed", "refusal"),
    [
        (FieldType.TEXT, ">", "a", NoSuchOperator),
        (FieldType.CHECKBOX, "contains", "1", NoSuchOperator),
        (FieldType.PASSWORD, "=", "secret", NoSuchOperator),
        (FieldType.LIST, "oneof", "Regular; Gone", NotOffered),
        (FieldType.LIST, "oneof", " ; ", NotOffered),
        (FieldType.INTEGER, "=", "many", NotANumber),
        (FieldType.TEXT, "=", "\x01", InvalidValue),
    ],
)
def test_what_cannot_be_searched_for_is_refused(
    type: FieldType, operator: str, typed: str, refusal: type[InvalidValue]
) -> None:
    with pytest.raises(refusal):
        criterion_of("KEY", type, operator, (typed, ""), "en", CATEGORIES)


@pytest.mark.parametrize(
    ("key", "type"),
    [("Town", FieldType.TEXT), ("CreditLimit", FieldType.DOUBLE), ("LastInvoice", FieldType.DATETIME)],
)
def test_the_practice_erp_knows_every_operator(key: str, type: FieldType) -> None:
    typed = {FieldType.TEXT: "a", FieldType.DOUBLE: "1", FieldType.DATETIME: "2026-01-01"}[type]
    for operator in OPERATORS[type]:
        values = criterion_of(key, type, operator, (typed, typed), "en").values
        condition("Customer", SearchRestriction(field_key=key, operator=operator, values=values))
