"""The sheet of a connection that nobody writes into SuperOffice: what to set there, and where to press."""

from __future__ import annotations

import re

from tests.factories import Visitor
from tests.factories.configuration import configured, make_linked_schema
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing

CHOSEN = Configuration(
    (
        TypeSettings(
            "Customer",
            True,
            (
                FieldSettings("NAME", "contact/name", Direction.BOTH, show_in_search=True),
                FieldSettings("GROUP", "contact/category", Direction.TO_SUPEROFFICE, items={"1": 1, "4": 0}),
                FieldSettings("LIMIT", show_in_tab=True),
                FieldSettings("TERMS", default="30", ask_user=True),
                FieldSettings("BLOCKED", default="[I:1]", mandatory=True),
            ),
        ),
        TypeSettings("Project", False, (FieldSettings("NAME", "project/name", Direction.BOTH),)),
    )
)


def test_the_file_says_what_to_set_by_superoffices_own_buttons(admin: Visitor) -> None:
    configured(admin.app, schema=make_linked_schema(), configuration=CHOSEN)
    with admin.app.app_context(), writing():
        db.session.get_one(Connection, 1).sync_priority = 2
        db.session.commit()

    text = admin.get("/connections/1/sheet.txt").text

    parts = text.split("\n\n")
    assert parts[3:9] == [
        'Mappings, tab Customer: tick Sync ERP "Customer" to SuperOffice "Company"\n'
        "Name: < > Name; Show in Search\nCustomer group: > Category\nCredit limit: Show in ERP tab",
        "List mapping, Customer group to Category\n"
        "Private customers: Private customer\nPublic sector: (No Selection)\nDealers: (No Selection)\n"
        "Export: (No Selection)",
        "Defaults, Customer: Add\n"
        "Payment terms: Set default value: 30 days; Ask user for value\nBlocked: Set default value: Yes; Mandatory",
        "Rank Fields, Customer: in this order\n1: Credit limit",
        "Set Sync Priority\nPlace: 2",
        parts[8],
    ]
    assert parts[8].startswith("Steps in SuperOffice\n")


def test_the_page_has_it_too_and_the_texts_of_an_erp_are_no_markup(admin: Visitor) -> None:
    odd = TypeSettings("Customer", True, (FieldSettings("<i>odd</i>", "contact/name", Direction.BOTH),))
    configured(admin.app, schema=make_linked_schema(), configuration=Configuration((odd,)))

    page = admin.get("/connections/1").text

    assert "Then set this below the connection" in page
    assert "&lt;i&gt;odd&lt;/i&gt;" in page
    assert "<i>odd" not in page
    assert len(re.findall("<caption>Mappings", page)) == 1


def test_nothing_configured_is_nothing_to_set(admin: Visitor) -> None:
    configured(admin.app)

    assert "Then set this below the connection" not in admin.get("/connections/1").text
