"""The browser tells its time zone."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.factories import Visitor


def test_pages_show_times_in_the_zone_of_the_browser_from_the_second_one_on(
    app: Flask, admin: Visitor, open_page: OpenPage
) -> None:
    page = open_page(timezone_id="Pacific/Kiritimati")
    with serving(app, page) as address:
        page.goto(address + "/login")
        go(page, admin, address, "/activity/")

        expect(page.get_by_text("Times are in the time zone Kiritimati (UTC+14:00).")).to_be_visible()
        expect(page.get_by_role("link", name="Time zone: Kiritimati (UTC+14:00)")).to_be_visible()
