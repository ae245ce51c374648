"""Without script, what was typed into a page of the configuration is not lost by going elsewhere in the connection."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.browser.inspector import Inspector
from tests.factories import Visitor
from tests.factories.configuration import CUSTOMER, EMPLOYEE, configured, make_linked_schema
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings


def make_mapped(app: Flask) -> None:
    """A connection of two actor types, with a list that is mapped."""
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH)
    settings = Configuration((TypeSettings("Customer", True, (group,)),))
    configured(app, schema=make_linked_schema(CUSTOMER, EMPLOYEE), configuration=settings)


def test_without_script_another_actor_type_is_shown_after_what_was_typed_is_saved(
    app: Flask, admin: Visitor, open_page: OpenPage
) -> None:
    make_mapped(app)
    page = open_page(java_script_enabled=False)
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/mappings?type=Customer")
        page.get_by_label("SuperOffice field: E-mail").select_option("contact/email")
        page.get_by_label("Show in ERP tab: E-mail").check()
        page.get_by_role("button", name="Employee").click()

        expect(page.get_by_label("SuperOffice field: E-mail")).to_have_value("contact/email")
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_text("SuperOffice does not synchronise this actor type.")).to_be_visible()
        page.get_by_role("button", name="Customer").click()
        expect(page.get_by_label("SuperOffice field: E-mail")).to_have_value("contact/email")
        expect(page.get_by_label("Show in ERP tab: E-mail")).to_be_checked()


def test_without_script_the_enter_key_saves_and_a_list_is_left_with_a_question(
    app: Flask, admin: Visitor, open_page: OpenPage
) -> None:
    make_mapped(app)
    page = open_page(java_script_enabled=False)
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/mappings?type=Customer")
        page.get_by_label("Show in ERP tab: E-mail").press("Space")
        page.get_by_label("Show in ERP tab: E-mail").press("Enter")
        expect(page.locator("#main").get_by_text("The mappings of Customer are saved.")).to_be_visible()

        page.get_by_role("button", name="List mapping").click()
        chosen = page.get_by_label("SuperOffice item for Export")
        chosen.select_option("Dealer")
        page.get_by_label("SuperOffice item for Dealers").select_option("(No Selection)")
        page.get_by_role("button", name="Acme Norway").click()
        expect(chosen).to_have_value("3")
        page.get_by_role("link", name="Go on without saving").click()
        expect(page.get_by_role("heading", name="Acme Norway")).to_be_visible()


def test_without_script_the_menu_at_the_top_and_undo_ask_too(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    make_mapped(app)
    page = open_page(java_script_enabled=False)
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/mappings?type=Customer")
        page.get_by_role("button", name="Suggest ").click()
        page.get_by_role("button", name="Save what is ticked").click()
        page.get_by_label("Show in ERP tab: Phone").check()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_label("Show in ERP tab: Phone")).to_be_checked()

        page.get_by_role("navigation", name="Main").get_by_role("button", name="Activity").click()
        expect(page.get_by_label("Show in ERP tab: Phone")).to_be_checked()
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", name="Activity")).to_be_visible()


def test_without_script_undo_takes_back_what_was_suggested(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    make_mapped(app)
    page = open_page(java_script_enabled=False)
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/mappings?type=Customer")
        page.get_by_role("button", name="Suggest ").click()
        page.get_by_role("button", name="Save what is ticked").click()
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#main").get_by_text("The suggested mappings are taken back.")).to_be_visible()
        expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_with_script_a_list_that_was_changed_asks_before_it_is_left(
    app: Flask, admin: Visitor, open_page: OpenPage
) -> None:
    make_mapped(app)
    page = open_page()
    page.once("dialog", lambda dialog: dialog.dismiss())
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/lists")
        page.get_by_label("SuperOffice item for Dealers").select_option("(No Selection)")
        with page.expect_event("dialog") as asked:
            page.get_by_role("link", name="Defaults").click(no_wait_after=True)
        assert asked.value.type == "beforeunload"
        expect(page.get_by_label("SuperOffice item for Dealers")).to_have_value("0")


def test_a_search_in_a_changed_list_asks_on_the_page_and_then_not_again(
    app: Flask, admin: Visitor, open_page: OpenPage
) -> None:
    make_mapped(app)
    page = open_page()
    inspector = Inspector(page)
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/lists?q=e")
        page.get_by_label("SuperOffice item for Dealers").select_option("(No Selection)")
        page.get_by_role("searchbox", name="Find an item").fill("Export")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your changes are not saved yet")).to_be_visible()
        expect(page.get_by_label("SuperOffice item for Dealers")).to_have_value("0")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            inspector.look(f"leaving, {width}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert inspector.found == []

        page.get_by_role("link", name="Go on without saving").click()
        expect(page.get_by_label("SuperOffice item for Export")).to_be_visible()
        expect(page.get_by_label("SuperOffice item for Dealers")).to_have_count(0)
