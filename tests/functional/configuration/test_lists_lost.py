"""A form of a list that is not there any more, or another one: nothing goes to another list, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask import Flask

from tests.factories import Visitor, form_fields, in_app, says
from tests.factories.configuration import (
    CRM_LISTS,
    CUSTOMER,
    LISTS,
    configured,
    make_linked_schema,
    read_again,
    reconfigure,
)
from wizard.domain.configuration import Configuration, Direction, FieldSettings, ListItem, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.services.configuration import load

GROUP = FieldSettings("GROUP", "contact/category", Direction.BOTH)
COUNTRY = FieldSettings("COUNTRY", "contact/country", Direction.BOTH)
NUMBERED = {**LISTS, "countries": {"1": "Norge", "2": "Sverige", "3": "Danmark", "4": "Island"}}
CHOSEN = {"item:1": "0", "item:4": "1", "action": "save"}
PAGE = "/connections/1/lists"


def items(app: Flask, key: str) -> Mapping[str, int]:
    return in_app(app, lambda: load(db.session.get_one(Connection, 1))).type("Customer").field(key).items


def save(app: Flask, *fields: FieldSettings) -> None:
    """As another administrator does on the page Mappings."""
    reconfigure(app, TypeSettings("Customer", True, fields))


@pytest.fixture
def form(app: Flask, admin: Visitor) -> dict[str, str]:
    """The page of the customer groups, which is the first of two lists whose items have the same keys."""
    settings = Configuration((TypeSettings("Customer", True, (GROUP, COUNTRY)),))
    configured(app, schema=make_linked_schema(lists=NUMBERED), configuration=settings)
    return form_fields(admin.get(PAGE).text)


def test_a_form_of_a_list_that_is_not_mapped_any_more_is_kept_and_saved_once_it_is_again(
    app: Flask, admin: Visitor, form: dict[str, str]
) -> None:
    url = f"{PAGE}?type=Customer&field=GROUP"
    save(app, replace(GROUP, direction=Direction.NONE))

    page = admin.post(url, form | CHOSEN)

    assert page.status_code == 409
    assert "Customer group is not mapped to a list any more" in page.text
    assert items(app, "COUNTRY") == items(app, "GROUP") == {}
    save(app, GROUP)
    assert "The list is saved." in admin.post(url, form_fields(page.text), follow_redirects=True).text
    assert items(app, "GROUP") == {"1": 0, "2": 2, "3": 3, "4": 1}


def test_the_form_of_a_list_names_it_whatever_the_address_of_its_page_was(
    app: Flask, admin: Visitor, form: dict[str, str]
) -> None:
    assert form
    assert f'action="{PAGE}?type=Customer&amp;field=GROUP"' in admin.get(PAGE).text
    assert admin.post(f"{PAGE}?type=Customer&field=NOTHING", form | CHOSEN).status_code == 404


def test_choices_stay_while_the_connector_has_lost_the_list_and_are_saved_once_it_is_back(
    app: Flask, admin: Visitor, form: dict[str, str]
) -> None:
    url = f"{PAGE}?type=Customer&field=GROUP"
    read_again(app, make_linked_schema(lists={"countries": NUMBERED["countries"]}))

    page = admin.post(url, form | CHOSEN)

    assert page.status_code == 409
    assert "has not given the items of groups" in says(page.text)
    asked = admin.post(url, form_fields(page.text) | {"leave": "/connections/1"})
    assert "Your changes are not saved yet" in asked.text
    read_again(app, make_linked_schema(lists=NUMBERED))
    assert admin.post(url, form_fields(asked.text)).status_code == 303
    assert items(app, "GROUP") == {"1": 0, "2": 2, "3": 3, "4": 1}


def test_reading_that_finds_the_list_gone_keeps_what_was_chosen(
    app: Flask, admin: Visitor, form: dict[str, str]
) -> None:
    """The ERP does not answer here, and the list was lost by an earlier reading."""
    url = f"{PAGE}?type=Customer&field=GROUP"
    read_again(app, make_linked_schema(lists={}))

    page = admin.post(url, form | CHOSEN | {"action": "read"})

    assert form_fields(page.text)["item:4"] == "1"
    assert admin.post(url, {"action": "read"}).status_code == 303


def test_items_of_one_superoffice_list_are_not_saved_as_those_of_another(
    app: Flask, admin: Visitor, form: dict[str, str]
) -> None:
    business = {**CRM_LISTS, "table=business": tuple(ListItem(number, f"Trade {number}") for number in range(1, 5))}
    schema = make_linked_schema(lists=NUMBERED, crm_lists=business)
    fields = tuple(
        replace(each, list_reference="table=business") if each.documented == "BUSINESS" else each
        for each in schema.crm_fields["Contact"]
    )
    read_again(app, replace(schema, crm_fields={**schema.crm_fields, "Contact": fields}))
    save(app, replace(GROUP, crm_key="contact/business"))

    page = admin.post(f"{PAGE}?type=Customer&field=GROUP", form | CHOSEN)

    assert page.status_code == 409
    assert "Somebody has mapped Customer group to Business meanwhile" in page.text
    assert "What you have chosen are items of Category: nothing of it is saved." in page.text
    assert items(app, "GROUP") == {}
    assert "Trade 4" in admin.get(f"{PAGE}?type=Customer&field=GROUP").text


def test_a_list_field_that_is_mapped_to_another_list_begins_anew_and_is_named(app: Flask, admin: Visitor) -> None:
    mapped = replace(GROUP, items={"1": 1, "2": 2})
    configured(
        app,
        schema=make_linked_schema(CUSTOMER),
        configuration=Configuration((TypeSettings("Customer", True, (mapped,)),)),
    )

    page = admin.send("/connections/1/mappings?type=Customer", {"field:GROUP": "contact/country", "action": "save"})

    assert "whose items have to be mapped anew: Customer group." in page.text
    assert items(app, "GROUP") == {}
