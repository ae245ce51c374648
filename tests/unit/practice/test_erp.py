"""The made-up ERP: believable, the same at every start, and searched as SuperOffice's operators say."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from wizard.domain.fields import FieldType
from wizard.outside.soap.contract import Actor, SearchRestriction
from wizard.practice import erp

BAKER = Actor(
    actor_type="Customer",
    erp_key="C1",
    field_values={
        "Name": "Ødegård Bakeri AS",
        "Country": "NO",
        "CreditLimit": "[F:100.5]",
        "LastInvoice": "[DT:03/04/2026 00:00:00.0000000]",
        "Blocked": "[I:0]",
    },
    parent_actor_type="Project",
    parent_erp_key="J1",
)


def test_there_are_hundreds_of_records_of_every_type() -> None:
    assert Counter(kind for kind, _ in erp.actors()) == {"Customer": 120, "Supplier": 40, "Person": 100, "Project": 30}


def test_the_records_are_the_same_at_every_start() -> None:
    assert erp.actors() == erp.actors()


def test_every_value_is_one_of_a_declared_field_and_can_be_read() -> None:
    for actor in erp.actors().values():
        kinds = {field.field_key: FieldType(field.field_type) for field in erp.FIELDS[actor.actor_type]}
        for key, text in actor.field_values.items():
            kinds[key].value_type.decode(text)


def test_every_list_value_is_a_key_of_its_list() -> None:
    for actor in erp.actors().values():
        values = actor.field_values or {}
        for field in erp.FIELDS[actor.actor_type]:
            if field.field_type == FieldType.LIST and (key := field.field_key or "") in values:
                assert values[key] in list(erp.LISTS[field.list_name])


def test_everyone_and_every_project_belongs_to_a_customer_that_there_is() -> None:
    everyone = erp.actors()
    for (kind, _), actor in everyone.items():
        if kind in ("Person", "Project"):
            assert (actor.parent_actor_type, actor.parent_erp_key) in everyone


def test_only_declared_fields_are_searchable() -> None:
    for kind, keys in erp.SEARCHABLE.items():
        assert set(keys) <= {field.field_key for field in erp.FIELDS[kind]}


@pytest.mark.parametrize(("text", "found"), [("bakeri", True), ("ØDEGÅRD", True), ("", True), ("Oslo", False)])
def test_a_search_looks_into_the_searchable_fields_whatever_the_case(text: str, found: bool) -> None:
    assert erp.matches(BAKER, text) is found


@pytest.mark.parametrize(
    ("key", "operator", "values", "found"),
    [
        ("Name", "=", ["ødegård bakeri as"], True),
        ("Name", "begins", ["ØDE"], True),
        ("Name", "begins", ["Bak"], False),
        ("Name", "contains", ["bak"], True),
        ("Name", "ends", [" as"], True),
        ("Name", "notbegins", ["Bak"], True),
        ("Name", "notcontains", ["bak"], False),
        ("Name", "notends", ["as"], False),
        ("Name", "isnot", ["x"], True),
        ("Name", "between", ["n", "z"], False),
        ("Name", "between", ["z", "ø~"], True),
        ("Name", None, ["ødegård bakeri as"], True),
        ("CreditLimit", "=", ["[F:100.50]"], True),
        ("CreditLimit", "!=", ["[F:100.50]"], False),
        ("CreditLimit", ">", ["[F:100]"], True),
        ("CreditLimit", "<", ["[F:100]"], False),
        ("CreditLimit", ">=", ["[D:100.5]"], True),
        ("CreditLimit", "<=", ["99"], False),
        ("CreditLimit", "between", ["[F:100]", "[F:101]"], True),
        ("CreditLimit", ">", [None], False),
        ("LastInvoice", "before", ["[D:03/05/2026]"], True),
        ("LastInvoice", "after", ["[D:03/05/2026]"], False),
        ("LastInvoice", "beforeOrEqual", ["[D:03/04/2026]"], True),
        ("LastInvoice", "afterOrEqual", ["[D:03/04/2026]"], True),
        ("Blocked", "=", ["[I:0]"], True),
        ("Country", "oneof", ["SE", "NO"], True),
        ("Country", "notoneof", ["SE", "NO"], False),
        ("Town", "=", [""], True),
        ("ParentErpKey", "=", ["J1"], True),
        ("ParentErpKey", "=", ["J2"], False),
        ("ParentActorType", "=", ["Project"], True),
    ],
)
def test_a_restriction_is_met_as_its_operator_says(
    key: str, operator: str | None, values: list[str], found: bool
) -> None:
    restriction = SearchRestriction(field_key=key, operator=operator, values=tuple(values))
    assert erp.condition("Customer", restriction)(BAKER) is found


def test_an_empty_number_is_neither_more_nor_less_than_any() -> None:
    nobody = Actor(actor_type="Customer", field_values=None)
    for operator in ("<", ">", "between"):
        restriction = SearchRestriction(field_key="CreditLimit", operator=operator, values=("[F:1]", "[F:2]"))
        assert erp.condition("Customer", restriction)(nobody) is False


@pytest.mark.parametrize(("key", "operator"), [("Colour", "="), ("Name", "resembles"), (None, "=")])
def test_a_field_or_an_operator_that_is_not_known_is_named(key: str, operator: str) -> None:
    with pytest.raises(KeyError):
        erp.condition("Customer", SearchRestriction(field_key=key, operator=operator, values=("x",)))


def test_credit_limits_are_true_decimals() -> None:
    limit = erp.actors()["Customer", "C1"].field_values["CreditLimit"]
    assert FieldType.DOUBLE.value_type.decode(limit) == Decimal("625")
