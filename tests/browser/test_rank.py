"""Fields are moved by keyboard and by dragging; the pressed button keeps the focus, and the ERP tab follows."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import enter
from tests.browser.inspector import Inspector
from tests.factories import Visitor
from tests.factories.practice_customers import make_practice_customers


def order(page: Page) -> list[str]:
    return [row.get_attribute("data-key") or "" for row in page.locator("tr[data-key]").all()]


def drag(page: Page, row: Locator, onto: Locator) -> None:
    """By the grip, to the upper half of another row."""
    grip, target = row.locator(".grip").bounding_box(), onto.bounding_box()
    assert grip is not None
    assert target is not None
    page.mouse.move(grip["x"] + 4, grip["y"] + 4)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 4, steps=10)
    page.mouse.up()


def test_fields_are_moved_by_keyboard_and_by_dragging(
    app: Flask, admin: Visitor, open_page: OpenPage, practice_url: str
) -> None:
    connection_id, page = make_practice_customers(app, practice_url), open_page()
    with serving(app, page) as address:
        enter(page, admin, address)
        page.goto(f"{address}/connections/{connection_id}/rank")
        expect(page.get_by_role("button", name="Another example")).to_be_visible()  # a record was read

        down = page.get_by_role("button", name="Move down: Customer number")
        down.press("Enter")
        expect(page.locator("#order").get_by_text("Customer number is number 2 of 7 now.")).to_be_visible()
        expect(down).to_be_focused()
        assert page.locator("dt").all_inner_texts()[:2] == ["Credit limit", "Customer number"]

        drag(page, page.locator("[data-key=Blocked]").first, page.locator("[data-key=CreditLimit]").first)
        expect(page.locator("#order").get_by_text("Blocked is number 1 of 7 now.")).to_be_visible()
        assert order(page)[:3] == ["Blocked", "CreditLimit", "Number"]
        assert page.locator("dt").all_inner_texts()[0] == "Blocked"

        page.get_by_role("button", name="Undo").press("Enter")
        expect(page.locator("#order").get_by_text("Blocked is number 7 of 7 now.")).to_be_visible()
        look(page)
        page.reload()
        assert order(page)[:2] == ["CreditLimit", "Number"]


def look(page: Page) -> None:
    """axe finds nothing, and nothing is wider than a small phone."""
    inspector = Inspector(page)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        inspector.look(f"rank, {width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert inspector.found == []


def test_the_erp_is_searched_by_keyboard_and_without_script(
    app: Flask, admin: Visitor, open_page: OpenPage, practice_url: str
) -> None:
    connection_id, page = make_practice_customers(app, practice_url), open_page(java_script_enabled=False)
    with serving(app, page) as address:
        enter(page, admin, address)
        page.goto(f"{address}/connections/{connection_id}/import")
        expect(page.get_by_label("Criterion", exact=True)).to_be_hidden()
        page.get_by_label("Field").select_option("Town")
        expect(page.get_by_label("Criterion", exact=True)).to_be_visible()
        page.get_by_label("Value").fill("Berg")
        page.get_by_label("Value").press("Enter")
        expect(page.get_by_text("Town begins with Berg.")).to_be_visible()
        page.get_by_label("Field").select_option("")
        page.get_by_label("Value").fill("")
        page.get_by_role("button", name="Search ERP").press("Enter")
        page.get_by_role("button", name="Next").press("Enter")
        expect(page.get_by_text("11 to 20 of ")).to_be_visible()
