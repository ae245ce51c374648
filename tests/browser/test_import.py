"""Records that an import would bring fit into the window, whatever is said beside their values."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import enter
from tests.factories import Visitor, serve_superoffice
from tests.functional.superoffice.configuration.configuring import configure
from wizard.extensions import db
from wizard.models import Account


def test_records_whose_items_are_not_mapped_fit_into_the_window(
    app: Flask, admin: Visitor, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page()
    with serve_superoffice(folder=tmp_path) as host, serving(app, page) as address:
        with app.app_context():
            account_id = db.session.scalars(db.select(Account.id)).one()
        configure(app, host, account_id)
        enter(page, admin, address)
        page.goto(f"{address}/connections/1/mappings")
        page.get_by_role("button", name="Suggest ").click()
        page.get_by_role("button", name="Save what is ticked").click()
        expect(page.locator("#main").get_by_text("of them were suggested")).to_be_visible()

        page.goto(f"{address}/connections/1/import")
        page.get_by_role("button", name="Search ERP").click()
        expect(page.get_by_text("is not mapped under List mapping").nth(1)).to_be_visible()
        page.wait_for_load_state()  # so are the styles
        for width in (320, 390, 1100, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
