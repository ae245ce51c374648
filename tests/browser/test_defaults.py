"""Default values are added and changed in a dialog."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.browser.inspector import Inspector
from tests.factories import Visitor
from tests.factories.configuration import configured
from wizard.domain.configuration import Configuration, TypeSettings


def test_a_default_is_added_in_the_dialog_by_keyboard(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    connection_id = configured(app, configuration=Configuration((TypeSettings("Customer", True),)))
    page = open_page()
    with serving(app, page) as address:
        go(page, admin, address, f"/connections/{connection_id}/defaults")
        page.get_by_role("link", name="Add default value").press("Enter")
        dialog = page.get_by_role("dialog", name="Add a default value")
        dialog.get_by_label("ERP field").select_option("Credit limit")
        value = dialog.get_by_label("Credit limit")
        value.fill("much")
        value.press("Enter")
        expect(dialog.get_by_role("link", name="Enter a number.")).to_be_visible()
        expect(value).to_have_value("much")
        look = Inspector(page)
        look.look("the refused default")
        value.fill("1250.5")
        dialog.get_by_label("Ask user for value").press("Space")
        value.press("Enter")
        expect(page.get_by_role("row", name="Credit limit")).to_contain_text("1250.5")
        page.wait_for_load_state()  # without script the link leads to a page of its own
        page.get_by_role("link", name="Edit Credit limit").press("Enter")
        expect(page.get_by_label("Ask user for value")).to_be_checked()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Edit Credit limit")).to_be_focused()
        assert look.found == []
