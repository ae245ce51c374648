"""What differs from SuperOffice comes after the page, is shown well, and is chosen by keyboard, without script too."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import enter
from tests.browser.inspector import Inspector
from tests.factories import Visitor, serve_superoffice
from tests.functional.superoffice.drift.drifting import make_both_sides
from wizard.domain.superoffice import DriftState


def look(page: Page) -> None:
    """axe finds nothing, and nothing is wider than a small phone."""
    inspector = Inspector(page)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        inspector.look(f"what differs, {width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert inspector.found == []


def compared(page: Page) -> None:
    """Waits until the page has compared by itself: its answer replaces what would be pressed."""
    expect(page.locator("#drift [hx-trigger]")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_differs_is_shown_and_made_the_same(
    app: Flask, admin: Visitor, open_page: OpenPage, tmp_path: Path, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    with serve_superoffice(folder=tmp_path) as host, serving(app, page) as address:
        both = make_both_sides(app, host)
        both.change_there(DisplayName="Norge AS", DisplayDescription="Oslo")
        enter(page, admin, address)
        page.goto(f"{address}/connections/{both.connection_id}")
        if not script:
            page.get_by_role("button", name="Compare now").press("Enter")
        expect(page.get_by_role("heading", name="2 things differ from SuperOffice")).to_be_visible()
        if script:
            compared(page)
            look(page)
        page.get_by_role("group", name="Name").get_by_label("Take SuperOffice's").press("Space")
        page.get_by_role("button", name="Make them the same").press("Enter")
        expect(page.locator("main").get_by_text("1 value is taken.")).to_be_visible()
        if script:
            compared(page)
        page.get_by_role("button", name="Take SuperOffice's for all").press("Enter")
        expect(page.get_by_text("The same there")).to_be_visible()
    assert both.read(lambda row: (row.name, row.description)) == ("Norge AS", "Oslo")
    assert both.record(lambda record: record.state) == DriftState.SAME


def test_what_is_chosen_stays_while_it_is_compared_again_and_is_asked_about_before_it_is_left(
    app: Flask, admin: Visitor, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page()
    with serve_superoffice(folder=tmp_path) as host, serving(app, page) as address:
        both = make_both_sides(app, host)
        both.change_there(DisplayName="Norge AS")
        enter(page, admin, address)
        page.goto(f"{address}/connections/{both.connection_id}")
        compared(page)
        expect(page.get_by_role("heading", name="1 thing differs from SuperOffice")).to_be_visible()
        expect(page.locator("#drift-badge")).to_have_text("Differs")
        choice = page.get_by_role("group", name="Name").get_by_label("Take SuperOffice's")
        choice.check()
        both.change_there(DisplayDescription="Oslo")
        page.get_by_role("button", name="Compare now").click()
        expect(page.get_by_role("heading", name="2 things differ from SuperOffice")).to_be_visible()
        expect(choice).to_be_checked()

        page.once("dialog", lambda dialog: dialog.dismiss())
        with page.expect_event("dialog") as asked:
            page.get_by_role("link", name="Go to the lists").click(no_wait_after=True)
        assert asked.value.type == "beforeunload"
        page.get_by_role("button", name="Make them the same").click()
        expect(page.locator("main").get_by_text("1 value is taken.")).to_be_visible()
