"""The checklist of a connection: how far each part is, and what is left."""

from __future__ import annotations

import re

from flask import Flask

from tests.factories import Visitor, make_connection, make_connector, says
from tests.factories.configuration import CUSTOMER, configured, make_linked_schema, read_again
from wizard.domain.configuration import (
    NO_SELECTION,
    ActorField,
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    TypeSettings,
)
from wizard.domain.fields import Access
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.services.configuration import save_configuration


def with_fields(app: Flask, *fields: FieldSettings) -> str:
    settings = Configuration((TypeSettings("Customer", True, fields),))
    return f"/connections/{configured(app, schema=make_linked_schema(), configuration=settings)}"


def with_group(app: Flask, items: dict[str, int]) -> str:
    """The customer group is mapped to SuperOffice's category."""
    return with_fields(app, FieldSettings("GROUP", "contact/category", Direction.BOTH, items=items))


def test_of_a_mapped_list_it_says_how_many_items_are_mapped(app: Flask, admin: Visitor) -> None:
    assert "2 of 4 items are mapped." in says(admin.get(with_group(app, {"1": 1, "2": 2})).text)


def test_a_mapped_list_without_items_is_recommended_before_it_is_activated(app: Flask, admin: Visitor) -> None:
    schema = make_linked_schema(ActorType("Customer", CUSTOMER.fields[4:5]))
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH)
    settings = Configuration((TypeSettings("Customer", True, (group,)),))
    page = f"/connections/{configured(app, schema=schema, configuration=settings)}"

    text = admin.get(page).text

    words = says(text)
    assert "It can be activated, but look at List mapping first." in words
    assert "0 of 4 items are mapped. 1 list has none yet: its values would be left out. Recommended" in words
    assert "List mapping 1 left" in words
    assert re.search(rf'class="button button-main" href="{page}/lists">Continue with List mapping', text)


def test_a_list_whose_items_were_all_left_out_by_choice_is_not_recommended(app: Flask, admin: Visitor) -> None:
    words = says(admin.get(with_group(app, dict.fromkeys("1234", NO_SELECTION))).text)

    assert "0 of 4 items are mapped." in words
    assert "Recommended" not in words
    assert "List mapping 1 left" not in words


def test_an_item_that_is_used_twice_leads_to_its_list(app: Flask, admin: Visitor) -> None:
    page = with_group(app, {"1": 1, "2": 1})

    assert f'href="{page}/lists?type=Customer&amp;field=GROUP"' in admin.get(page).text


def test_of_the_rank_it_says_how_many_fields_are_on_the_tab(app: Flask, admin: Visitor) -> None:
    page = with_fields(app, FieldSettings("NAME", show_in_tab=True), FieldSettings("EMAIL", show_in_tab=True))

    assert "2 fields are shown on the ERP tab." in says(admin.get(page).text)


def test_of_the_priority_it_says_the_place_among_all_connections(app: Flask, admin: Visitor) -> None:
    page = f"/connections/{configured(app)}"
    other = make_connection(app, 1, "Sverige")
    assert "No order is set for the 2 connections." in says(admin.get(page).text)

    admin.post(f"{page}/priority", {"move": f"first:{other}"}, htmx=True)

    assert "Number 2 of 2 connections." in says(admin.get(page).text)


def test_without_a_link_it_says_that_all_is_written_once_there_is_one_and_not_that_it_is_tried_again(
    app: Flask, admin: Visitor
) -> None:
    page = says(admin.get(with_fields(app, FieldSettings("NAME", "contact/name", Direction.BOTH))).text)

    assert "It is written to SuperOffice once that is linked." in page
    assert "It is tried again automatically." not in page


def test_of_what_was_imported_it_says_that_neither_side_is_read_yet(app: Flask, admin: Visitor) -> None:
    connection_id = make_connection(app, make_connector(app))
    imported = TypeSettings("Customer", True, (FieldSettings("NAME", "contact/name", Direction.BOTH),))
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        save_configuration(None, connection, Configuration((imported,)), "configuration.imported")

    words = says(admin.get(f"/connections/{connection_id}").text)

    assert "The fields of both sides are not read yet." in words
    assert "Nothing is left" not in words


def test_of_many_gaps_it_counts_those_that_it_does_not_show(app: Flask, admin: Visitor) -> None:
    fields = tuple(ActorField(f"F{number}", f"Field {number}", access=Access.MANDATORY) for number in range(13))
    schema = make_linked_schema(ActorType("Customer", fields))
    mapped = FieldSettings("F0", "contact/name", Direction.BOTH)
    settings = Configuration((TypeSettings("Customer", True, (mapped,)),))

    page = says(admin.get(f"/connections/{configured(app, schema=schema, configuration=settings)}").text)

    assert "and 2 more" in page


def test_a_list_that_nobody_has_mapped_cannot_be_saved(app: Flask, admin: Visitor) -> None:
    assert admin.post(f"{with_fields(app)}/lists", {"action": "save"}).status_code == 404


def test_where_a_mapped_field_has_gone_it_does_not_say_that_nothing_is_left(app: Flask, admin: Visitor) -> None:
    mapped = [
        FieldSettings("NAME", "contact/name", Direction.BOTH),
        FieldSettings("COUNTRY", "contact/country", Direction.BOTH, items={"NO": 578}),
        FieldSettings("EMAIL", "contact/email", Direction.BOTH),
    ]
    url = with_fields(app, *mapped)
    assert "Nothing is left that has to be done." in says(admin.get(url).text)

    fewer = ActorType("Customer", tuple(each for each in CUSTOMER.fields if each.key != "EMAIL"))
    read_again(app, make_linked_schema(fewer))

    words = says(admin.get(url).text)
    assert "It can be activated, but look at Mappings first." in words
    assert "Gone from the ERP or from SuperOffice: E-mail." in words
