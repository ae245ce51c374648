"""What no page of a configuration offers: it is refused, and breaks nothing."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import Visitor, form_fields, in_app
from tests.factories.configuration import configured, make_linked_schema
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.configuration import load

PAGE = "/connections/1"
NO_VERSION = "9" * 5_000
"""More digits than Python reads as a number."""


@pytest.fixture(autouse=True)
def saved(app: Flask) -> TypeSettings:
    """Customers with a mapped name, a mapped list and a default."""
    fields = (
        FieldSettings("NAME", "contact/name", Direction.BOTH),
        FieldSettings("GROUP", "contact/category", Direction.BOTH),
        FieldSettings("LIMIT", ask_user=True),
    )
    configured(app, schema=make_linked_schema(), configuration=Configuration((TypeSettings("Customer", True, fields),)))
    return customer(app)


def customer(app: Flask) -> TypeSettings:
    return in_app(app, lambda: load(db.session.get_one(Connection, 1))).type("Customer")


@pytest.mark.parametrize(
    "address",
    [
        f"mappings/undo?type=Customer&key=NAME&version={NO_VERSION}",
        f"defaults/undo?type=Customer&field=LIMIT&ask=1&version={NO_VERSION}",
    ],
)
def test_a_version_that_is_none_breaks_nothing(admin: Visitor, saved: TypeSettings, address: str) -> None:
    assert admin.post(f"{PAGE}/{address}").status_code == 303
    assert customer(admin.app) == saved


def test_a_superoffice_field_that_there_is_not_is_refused(admin: Visitor, saved: TypeSettings) -> None:
    page = f"{PAGE}/mappings?type=Customer"
    form = form_fields(admin.get(page).text)

    answer = admin.post(
        page, form | {"field:NAME": "contact/nothing", "field:EMAIL": "x" * 300, "direction:EMAIL": "both"}
    )

    words = "SuperOffice does not have the field contact/nothing any more."
    assert answer.text.count(words) == len(["above the page", "at the row"])
    assert customer(admin.app) == saved


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("lists?type=Customer&field=GROUP", {"item:1": "1"}),
        ("defaults/value?type=Customer&field=LIMIT", {"mandatory": "1", "ask": "1"}),
        ("defaults/remove?type=Customer&field=LIMIT", {}),
        ("defaults/undo?type=Customer&field=LIMIT", {}),
    ],
)
def test_nothing_is_saved_for_a_connection_that_was_deleted(
    admin: Visitor, saved: TypeSettings, address: str, form: dict[str, str]
) -> None:
    with admin.app.app_context(), writing():
        db.session.get_one(Connection, 1).deleted_at = now()
        db.session.commit()

    assert admin.post(f"{PAGE}/{address}", form).status_code == 404
    assert customer(admin.app) == saved
