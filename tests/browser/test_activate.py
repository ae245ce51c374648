"""A connection is activated by mouse, by keyboard and without script; its pages are well in every width."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import enter
from tests.browser.inspector import Inspector
from tests.factories import Visitor, serve_superoffice
from tests.functional.superoffice.configuration.activating import ready_to_activate
from tests.functional.superoffice.configuration.configuring import configure
from wizard.extensions import db
from wizard.models import Account

WIDTHS = (320, 1280)


def press(target: Locator, by: str) -> None:
    if by == "mouse":
        target.click()
    else:
        target.press("Enter")


def look(page: Page, inspector: Inspector, name: str) -> None:
    """axe finds nothing, and nothing is wider than the window."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        inspector.look(f"{name}, {width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
    assert inspector.found == []


@pytest.mark.parametrize("by", ["mouse", "keyboard", "no script"])
def test_a_connection_is_checked_refused_activated_and_deactivated(
    app: Flask, admin: Visitor, open_page: OpenPage, tmp_path: Path, by: str
) -> None:
    page = open_page(java_script_enabled=by != "no script")
    inspector = Inspector(page)
    looks = by == "mouse"
    with serve_superoffice(folder=tmp_path) as host, serving(app, page) as address:
        with app.app_context():
            account_id = db.session.scalars(db.select(Account.id)).one()
        ready = ready_to_activate(configure(app, host, account_id))
        host.behaviour.toggle_reasons = ("Field 'Town' must be synchronized.",)
        enter(page, admin, address)
        page.goto(f"{address}/connections/1")
        expect(page.get_by_text("Not active").first).to_be_visible()
        if by != "no script":
            expect(page.locator("#drift [hx-trigger]")).to_have_count(0)
        if looks:
            look(page, inspector, "connection")

        press(page.get_by_role("button", name="Activate"), by)
        expect(page.get_by_role("heading", name="It can be activated")).to_be_visible()
        if looks:
            look(page, inspector, "checked")
        press(page.get_by_role("button", name="Activate"), by)
        expect(page.get_by_role("heading", name="SuperOffice did not activate it")).to_be_visible()
        expect(page.get_by_role("link", name="Town")).to_be_visible()
        if looks:
            look(page, inspector, "refused")

        host.behaviour.toggle_reasons = ()
        press(page.get_by_role("button", name="Activate"), by)
        expect(page.get_by_role("heading", name="Norge is active")).to_be_visible()
        if looks:
            look(page, inspector, "activated")
        assert ready.is_active_there

        press(page.get_by_role("link", name="Go to the connection"), by)
        press(page.get_by_role("link", name="Deactivate"), by)
        if looks:
            look(page, inspector, "deactivate")
        press(page.get_by_role("button", name="Deactivate"), by)
        expect(page.get_by_text("Norge is not active any more.").first).to_be_visible()
        assert not ready.is_active_there
