"""The connections of a recipient are chosen out of very many."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.browser.inspector import Inspector
from tests.factories import Visitor
from tests.factories.connectors import make_connection, make_connector


@pytest.mark.parametrize("with_script", [True, False])
def test_connections_are_searched_for_and_chosen_and_nothing_that_was_typed_is_lost(
    app: Flask, admin: Visitor, open_page: OpenPage, with_script: bool
) -> None:
    connector = make_connector(app)
    for number in range(60):
        make_connection(app, connector, f"Branch {number:03}", receipt={})
    page = open_page(java_script_enabled=with_script)
    with serving(app, page) as address:
        go(page, admin, address, "/notices/new")
        expect(page.get_by_label("Branch 001")).to_be_hidden()
        page.get_by_label("Name").fill("Ingrid Berg")
        page.get_by_label("Address").fill("ingrid.berg@acme.example")
        page.get_by_label("Chosen connections and their connectors").check()
        page.get_by_label("Branch 001").check()
        page.get_by_label("Search connections").fill("058")
        if not with_script:
            page.get_by_role("button", name="Search").press("Enter")
        expect(page.get_by_label("Branch 001")).to_have_count(0)
        expect(page.get_by_text("1 more is chosen.")).to_be_visible()
        page.get_by_label("Branch 058").check()
        if with_script:
            look = Inspector(page)
            look.look("choosing")
            assert look.found == []
        page.get_by_role("button", name="Save").press("Enter")
        expect(page.locator("#main").get_by_text("Ingrid Berg is saved.")).to_be_visible()
        expect(page.get_by_role("row", name="Ingrid Berg")).to_contain_text("Branch 001")
        expect(page.get_by_role("row", name="Ingrid Berg")).to_contain_text("Branch 058")
