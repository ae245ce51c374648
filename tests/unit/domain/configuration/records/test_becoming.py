"""What a record of the ERP becomes in SuperOffice."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Direction,
    FieldSettings,
    ListItem,
    Schema,
    SuperOfficeField,
    TypeSettings,
    targets,
    title_of,
)
from wizard.domain.fields import FieldType

CUSTOMER = ActorType(
    "Customer",
    (
        ActorField("Name", "Name", "", FieldType.TEXT),
        ActorField("Town", "Town", "", FieldType.TEXT),
        ActorField("Group", "Group", "", FieldType.LIST, list_name="Groups"),
    ),
)
SCHEMA = Schema(
    types=(CUSTOMER,),
    lists={"Groups": {"A": "Key account", "B": "Regular", "C": "New"}},
    crm_fields={
        "Contact": (
            SuperOfficeField("contact/name", "Company name", "NAME"),
            SuperOfficeField("contact/city", "City", "POSTALCITY"),
            SuperOfficeField("contact/category", "Category", "CATEGORY", "table=category"),
        )
    },
    crm_lists={"table=category": (ListItem(5, "Customer"), ListItem(6, "Prospect"))},
)
TO_SUPEROFFICE, TO_ERP = Direction.TO_SUPEROFFICE, Direction.TO_ERP


def settings(*fields: FieldSettings) -> TypeSettings:
    return TypeSettings("Customer", True, fields)


def test_only_what_is_mapped_towards_superoffice_is_imported_in_rank_order() -> None:
    mapped = settings(
        FieldSettings("Group", "contact/category", Direction.BOTH),
        FieldSettings("Town", "contact/city", TO_ERP),
        FieldSettings("Name", "contact/name", TO_SUPEROFFICE),
        FieldSettings("Gone", "contact/city", TO_SUPEROFFICE),
    )
    assert [each.superoffice.name for each in targets(CUSTOMER, mapped, SCHEMA)] == ["Category", "Company name"]


def test_items_are_those_that_the_list_mapping_gives() -> None:
    mapped = settings(FieldSettings("Group", "contact/category", TO_SUPEROFFICE, items={"A": 5, "B": 99}))
    (group,) = targets(CUSTOMER, mapped, SCHEMA)
    assert group.items == {"A": "Customer"}
    assert group.erp_items["B"] == "Regular"


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"Town": "Bergen", "Name": "Nordic Fish AS"}, "Nordic Fish AS"),
        ({"Town": "Bergen"}, "Bergen"),
        ({}, ""),
    ],
)
def test_a_record_is_called_by_its_name_or_its_first_value(values: Mapping[str, str], title: str) -> None:
    mapped = settings(
        FieldSettings("Town", "contact/city", TO_SUPEROFFICE), FieldSettings("Name", "contact/name", TO_SUPEROFFICE)
    )
    assert title_of(values, targets(CUSTOMER, mapped, SCHEMA)) == title


def test_a_user_of_a_company_is_called_by_first_and_last_name() -> None:
    person = ActorType("Person", (ActorField("First"), ActorField("Last")))
    offered = (SuperOfficeField("p/f", "First name", "FIRSTNAME"), SuperOfficeField("p/l", "Last name", "LASTNAME"))
    mapped = TypeSettings(
        "Person", True, (FieldSettings("Last", "p/l", TO_SUPEROFFICE), FieldSettings("First", "p/f", TO_SUPEROFFICE))
    )
    found = targets(person, mapped, Schema(types=(person,), crm_fields={"Person": offered}))
    assert title_of({"Last": "Berg", "First": "Ingrid"}, found) == "Ingrid Berg"
