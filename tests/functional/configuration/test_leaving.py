"""Leaving a page with changes, where no script asks first: what was typed is on the page with a question, not lost."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask import Flask
from lxml import html

from tests.factories import Visitor, form_fields, in_app, sign_in
from tests.factories.configuration import CUSTOMER, EMPLOYEE, configured, make_linked_schema
from wizard.domain.accounts import Role
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.services.configuration import load, save_configuration

MAPPINGS = "/connections/1/mappings?type=Customer"
EMPLOYEES = "/connections/1/mappings?type=Employee"
NAME = FieldSettings("NAME", "contact/name", Direction.BOTH)


def settings(app: Flask) -> TypeSettings:
    return in_app(app, lambda: load(db.session.get_one(Connection, 1))).type("Customer")


@pytest.fixture
def mapped(app: Flask) -> None:
    schema = make_linked_schema(CUSTOMER, EMPLOYEE)
    configured(app, schema=schema, configuration=Configuration((TypeSettings("Customer", True, (NAME,)),)))


def ways_out(page: str) -> set[str]:
    """Where the buttons of a page's form lead."""
    return {each.get("value", "") for each in html.fromstring(page).iter("button") if each.get("name") == "leave"}


@pytest.mark.usefixtures("mapped")
def test_the_actor_types_and_the_parts_of_the_connection_are_buttons_of_the_form_without_script(
    admin: Visitor,
) -> None:
    assert ways_out(admin.get(MAPPINGS).text) >= {
        MAPPINGS,
        EMPLOYEES,
        "/connections/1",
        "/connections/1/lists",
        "/connections/1/defaults",
        "/connections/1/rank",
    }


@pytest.mark.usefixtures("mapped")
@pytest.mark.parametrize("page", [MAPPINGS, "/connections/1/lists"])
def test_so_is_the_menu_at_the_top_where_something_can_be_typed(app: Flask, admin: Visitor, page: str) -> None:
    with app.app_context(), writing():
        group = FieldSettings("GROUP", "contact/category", Direction.BOTH)
        save_configuration(
            None,
            db.session.get_one(Connection, 1),
            Configuration((TypeSettings("Customer", True, (NAME, group)),)),
            "configuration.imported",
        )
    menu = {"/", "/superoffice/", "/activity/", "/notices/", "/account", "/account#time-zone", "/language"}

    assert menu - ways_out(admin.get(page).text) == set()
    assert menu & ways_out(admin.get("/connections/1/defaults").text) == set()


@pytest.mark.usefixtures("mapped")
def test_undo_asks_where_something_was_typed_after_it_was_saved(app: Flask, admin: Visitor) -> None:
    suggested = form_fields(admin.post(MAPPINGS, form_fields(admin.get(MAPPINGS).text) | {"action": "suggest"}).text)
    saved = admin.post(MAPPINGS, suggested | {"action": "save"}, follow_redirects=True).text
    (undo,) = (each.get("value") for each in html.fromstring(saved).iter("button") if each.get("name") == "undo")
    assert settings(app).field("EMAIL").is_mapped

    asked = admin.post(MAPPINGS, form_fields(saved) | {"tab:LIMIT": "on", "undo": undo})
    assert "Your changes are not saved yet" in asked.text
    assert form_fields(asked.text)["tab:LIMIT"] == "on"
    assert undo in [each.get("action") for each in html.fromstring(asked.text).iter("form")]
    assert settings(app).field("EMAIL").is_mapped

    posted_on = admin.post(MAPPINGS, form_fields(saved) | {"undo": undo})
    assert (posted_on.status_code, posted_on.location) == (307, undo)


@pytest.mark.usefixtures("mapped")
def test_without_changes_another_actor_type_is_shown_at_once(admin: Visitor) -> None:
    answer = admin.post(MAPPINGS, form_fields(admin.get(MAPPINGS).text) | {"leave": EMPLOYEES})

    assert (answer.status_code, answer.location) == (303, EMPLOYEES)


@pytest.mark.usefixtures("mapped")
def test_with_changes_the_page_keeps_them_and_asks_whether_to_save_them_first(app: Flask, admin: Visitor) -> None:
    typed = form_fields(admin.get(MAPPINGS).text) | {"field:EMAIL": "contact/email", "direction:EMAIL": "both"}

    asked = admin.post(MAPPINGS, typed | {"leave": EMPLOYEES})
    assert "Your changes are not saved yet" in asked.text
    assert form_fields(asked.text)["field:EMAIL"] == "contact/email"
    assert not settings(app).field("EMAIL").is_mapped

    saved = admin.post(MAPPINGS, form_fields(asked.text) | {"then": EMPLOYEES})
    assert (saved.status_code, saved.location) == (303, EMPLOYEES)
    assert settings(app).field("EMAIL").is_mapped


@pytest.mark.usefixtures("mapped")
def test_suggestions_that_are_not_saved_are_kept_with_the_question(admin: Visitor) -> None:
    suggested = form_fields(admin.post(MAPPINGS, form_fields(admin.get(MAPPINGS).text) | {"action": "suggest"}).text)

    asked = form_fields(admin.post(MAPPINGS, suggested | {"leave": EMPLOYEES}).text)

    assert {name: asked[name] for name in suggested} == suggested


@pytest.mark.usefixtures("mapped")
def test_what_cannot_be_saved_keeps_the_page_although_another_one_was_asked_for(admin: Visitor) -> None:
    typed = form_fields(admin.get(MAPPINGS).text) | {"direction:EMAIL": "both", "then": EMPLOYEES}

    answer = admin.post(MAPPINGS, typed)

    assert answer.status_code == 422
    assert form_fields(answer.text)["direction:EMAIL"] == "both"


@pytest.mark.usefixtures("mapped")
@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"])
@pytest.mark.parametrize("name", ["leave", "then", "undo"])
def test_a_form_leads_to_no_other_site(admin: Visitor, name: str, url: str) -> None:
    answer = admin.post(MAPPINGS, form_fields(admin.get(MAPPINGS).text) | {name: url})

    assert (answer.status_code, answer.location) == (303, MAPPINGS)


@pytest.mark.usefixtures("mapped")
def test_a_reader_has_links_as_there_is_nothing_to_save(app: Flask) -> None:
    page = sign_in(app, "reader", role=Role.READER).get(MAPPINGS).text

    assert ways_out(page) == set()
    assert re.search(r'<a href="/connections/1/mappings\?type=Employee">', page)


LISTS = "/connections/1/lists"
SAVED = {"1": 1, "2": 2, "3": 3, "4": 0}
"""Of the customer groups that the ERP has."""


def items(app: Flask) -> Mapping[str, int]:
    return settings(app).field("GROUP").items


@pytest.fixture
def listed(app: Flask) -> None:
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH, items=SAVED)
    configured(
        app, schema=make_linked_schema(), configuration=Configuration((TypeSettings("Customer", True, (group,)),))
    )


@pytest.mark.usefixtures("listed")
def test_a_list_without_changes_is_left_at_once(admin: Visitor) -> None:
    answer = admin.post(LISTS, form_fields(admin.get(LISTS).text) | {"leave": EMPLOYEES})

    assert (answer.status_code, answer.location) == (303, EMPLOYEES)


@pytest.mark.usefixtures("listed")
def test_choices_in_a_list_are_kept_with_the_question_and_saved_on_the_way(app: Flask, admin: Visitor) -> None:
    asked = admin.post(LISTS, form_fields(admin.get(LISTS).text) | {"item:1": "0", "leave": EMPLOYEES})
    assert "Your changes are not saved yet" in asked.text
    assert form_fields(asked.text)["item:1"] == "0"
    assert items(app) == SAVED

    saved = admin.post(LISTS, form_fields(asked.text) | {"then": EMPLOYEES})
    assert (saved.status_code, saved.location) == (303, EMPLOYEES)
    assert items(app) == SAVED | {"1": 0}


@pytest.mark.usefixtures("listed")
def test_names_that_were_matched_again_are_asked_about_too(admin: Visitor) -> None:
    matched = form_fields(admin.post(LISTS, form_fields(admin.get(LISTS).text) | {"action": "match"}).text)

    assert "Your changes are not saved yet" in admin.post(LISTS, matched | {"leave": EMPLOYEES}).text


@pytest.mark.usefixtures("listed")
def test_a_search_in_a_list_keeps_what_was_chosen(admin: Visitor) -> None:
    page = LISTS + "?q=e"
    typed = form_fields(admin.get(page).text) | {"q": "Private", "action": "enter"}

    assert admin.post(page, typed).location == LISTS + "?q=Private"
    asked = admin.post(page, typed | {"item:1": "0"})
    assert f'name="then" value="{LISTS}?q=Private"' in asked.text
    assert form_fields(asked.text)["item:1"] == "0"


@pytest.mark.usefixtures("listed")
def test_the_lists_are_read_again_without_losing_what_was_chosen(app: Flask, admin: Visitor) -> None:
    typed = form_fields(admin.get(LISTS).text)
    assert admin.post(LISTS, typed | {"action": "read"}).location == LISTS

    answer = admin.post(LISTS, typed | {"item:1": "0", "action": "read"})
    assert answer.status_code == 200
    assert form_fields(answer.text)["item:1"] == "0"
    assert "data-is-changed" in answer.text
    assert items(app) == SAVED
