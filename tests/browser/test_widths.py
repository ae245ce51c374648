"""The lists fit their panels and fill them, from a small phone to a wide screen, in every language."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, serving
from tests.factories import Visitor, make_users
from tests.factories.configuration import configured, make_linked_schema
from tests.steps import RIGHT, save
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.domain.languages import LANGUAGES

WIDTHS = (320, 390, 520, 640, 700, 800, 900, 1024, 1088, 1089, 1130, 1184, 1280, 1440, 1920)
LISTS = ("/", "/users/", "/activity/", "/accounts/")
OPEN = """() => document.querySelectorAll("details.menu").forEach(menu => { menu.open = true; })"""
OUTSIDE = """() => [...document.querySelectorAll(".panel *")].filter(each => {
    const edge = each.closest(".panel").getBoundingClientRect().right;
    const isShown = each.checkVisibility() && !each.closest(".visually-hidden, thead");
    return isShown && each.getBoundingClientRect().right > edge + 1;
}).map(each => each.outerHTML.slice(0, 120)).slice(0, 2)"""
OVERLAPS = """() => [...document.querySelectorAll("main table.cards tbody tr")].flatMap(row => {
    const all = [...row.querySelectorAll("b, label, button, select, .direction")];
    const parts = all.filter(each => each.checkVisibility());
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    return parts.filter(each => parts.some(other => each.closest("td, th") !== other.closest("td, th")
        && over(each.getBoundingClientRect(), other.getBoundingClientRect())));
}).map(each => each.outerHTML.slice(0, 120)).slice(0, 2)"""
TOPS = "rows => rows.slice(0, 2).map(row => Math.round(row.getBoundingClientRect().top))"


@pytest.fixture
def lists(app: Flask, admin: Visitor, practice_url: str) -> None:
    """Connections with long names of several words whose test passed with a remark, and users with long names."""
    name = "Acme Norway Holding Production and Distribution"
    make_users(app, *(f"Ingrid Margrethe Berg-Johannessen {number}" for number in range(3)))
    values = {"cf:Outcome": "warning", "description": name}
    save(admin, practice_url, name=f"{name} 1", **values)
    again = str(admin.post("/connections/new").location)
    admin.send(again, {"connector_id": "1", "action": "fields"})
    admin.send(again, RIGHT | values | {"name": f"{name} 2", "action": "test"})
    admin.send(again, {"action": "ok"})


@pytest.mark.usefixtures("lists")
def test_nothing_in_a_list_is_wider_than_its_panel(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    page, found = open_page(), []
    with serving(app, page) as address:
        for language in LANGUAGES:
            be(page, admin, address, language)
            for path in LISTS:
                page.goto(address + path)
                page.evaluate(OPEN)
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    found += [f"{language} {path} at {width}: {html}" for html in page.evaluate(OUTSIDE)]
    assert "\n".join(found) == ""


@pytest.mark.parametrize("part", ["mappings", "lists", "rank"])
def test_in_a_row_of_a_configuration_nothing_lies_on_anything_else(
    app: Flask, admin: Visitor, open_page: OpenPage, part: str
) -> None:
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH)
    settings = Configuration((TypeSettings("Customer", True, (group,)),))
    path = f"/connections/{configured(app, schema=make_linked_schema(), configuration=settings)}/{part}"
    page, found = open_page(), []
    with serving(app, page) as address:
        for language in LANGUAGES:
            be(page, admin, address, language)
            page.goto(address + path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{language} at {width}: {html}" for html in page.evaluate(OVERLAPS) + page.evaluate(OUTSIDE)]
    assert "\n".join(found) == ""


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(("width", "columns"), [(600, 1), (660, 2), (1080, 2), (1100, 1)])
def test_rows_stand_side_by_side_where_a_table_is_too_wide_and_one_card_too_narrow(
    app: Flask, admin: Visitor, open_page: OpenPage, width: int, columns: int
) -> None:
    page = open_page()
    with serving(app, page) as address:
        be(page, admin, address, "en")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        tops = page.locator("[aria-labelledby=connections] tbody tr").evaluate_all(TOPS)
    assert (tops[0] == tops[1]) is (columns == 2)


@pytest.mark.usefixtures("lists")
def test_a_copied_value_moves_nothing(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    page = open_page()
    with serving(app, page) as address:
        be(page, admin, address, "en")
        page.goto(address + "/connections/1")
        button = page.locator("[data-copy]").first
        before = button.bounding_box()
        button.click()
        page.get_by_role("button", name="Copied").wait_for()
        assert button.bounding_box() == before


def be(page: Page, admin: Visitor, address: str, language: str) -> None:
    """Gives the page the session of an administrator, and a language."""
    session = admin.client.get_cookie("session")
    cookies = {"session": session.value if session else "", "language": language}
    page.context.add_cookies([{"name": name, "value": text, "url": address} for name, text in cookies.items()])
