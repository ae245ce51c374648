"""The page of a connection and the menu of its row, in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.browser.inspector import Inspector
from tests.factories import Visitor, make_connection, make_connector


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, app: Flask, admin: Visitor, open_page: OpenPage) -> Iterator[Page]:
    """The page of a connection, opened by an administrator."""
    make_connection(app, make_connector(app), "Acme")
    page = open_page(java_script_enabled=request.param)
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1")
        yield page


def test_a_step_is_ticked_by_the_keyboard_and_keeps_the_focus(page: Page) -> None:
    button = page.get_by_role("button", name="Done: Rank Fields")

    button.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Done: Rank Fields", pressed=True)).to_be_focused()
    expect(page.get_by_text("Ingrid Berg said so today at")).to_be_visible()


def test_the_menu_of_a_row_opens_and_leads_to_the_steps(page: Page) -> None:
    page.get_by_role("link", name="Sync", exact=True).click()
    page.get_by_text("More Acme").click()

    page.get_by_role("link", name="Configure Acme").click()

    expect(page.get_by_role("heading", name="Steps in SuperOffice")).to_be_visible()


@pytest.mark.parametrize("page", [True], indirect=True)
def test_an_open_menu_closes_by_escape_and_by_a_click_elsewhere(page: Page) -> None:
    page.get_by_role("link", name="Sync", exact=True).click()
    page.wait_for_url("**/")  # the script that closes it is loaded, too
    more, copy = page.get_by_text("More Acme"), page.get_by_role("button", name="Copy Acme")
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.get_by_role("heading", name="Sync").first.click(),
    ):
        more.click()
        expect(copy).to_be_visible()
        close()
        expect(copy).to_be_hidden()


@pytest.mark.parametrize("page", [True], indirect=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_a_connection_and_in_an_open_menu(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    inspector = Inspector(page)
    inspector.look("not entered")
    page.get_by_role("button", name="I have entered it").click()
    expect(page.get_by_role("button", name="I have entered it")).to_have_count(0)
    inspector.look("entered")
    page.goto(page.url.partition("/connections/")[0] + "/connectors/1")
    inspector.look("connector")
    page.get_by_role("link", name="Sync", exact=True).click()
    page.get_by_text("More Acme").click()
    expect(page.get_by_role("button", name="Copy Acme")).to_be_visible()
    inspector.look("menu")

    assert inspector.found == []


@pytest.mark.parametrize("page", [True], indirect=True)
def test_on_paper_are_the_values_and_the_steps_without_what_is_pressed(page: Page) -> None:
    page.emulate_media(media="print")

    for text in ("Acme", "Made ", "Sync Connector URL", "List mapping"):
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    for text in ("I have entered it", "Accounts"):
        expect(page.get_by_text(text, exact=True)).to_be_hidden()
