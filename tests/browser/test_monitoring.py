"""Monitoring is found from the list, changed, and tested by hand."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.browser.inspector import Inspector
from tests.factories import Visitor
from tests.factories.watches import make_outage, make_watch
from tests.steps import save


@pytest.mark.parametrize("with_script", [True, False])
def test_who_sees_a_failure_in_the_list_reads_why_changes_how_often_and_tests_at_once(
    app: Flask, admin: Visitor, practice_url: str, open_page: OpenPage, with_script: bool
) -> None:
    save(admin, practice_url)
    make_outage(app, make_watch(app, connection_id=1, down={0: 25_000, 20: 300}))
    page = open_page(java_script_enabled=with_script)
    with serving(app, page) as address:
        go(page, admin, address, "/")
        expect(page.locator("#main").get_by_text("1 connection is down.")).to_be_visible()
        row = page.get_by_role("row", name="Acme Norway")
        expect(row.get_by_role("img", name=re.compile("failures on 2 days"))).to_be_visible()
        row.get_by_role("link", name=re.compile("Failures on 2 days")).press("Enter")
        expect(page.get_by_role("heading", name="Monitoring")).to_be_visible()
        expect(page.get_by_role("heading", name=re.compile("Down since"))).to_be_visible()
        page.get_by_role("button", name="Mute").press("Enter")
        expect(page.get_by_role("heading", name=re.compile("Notifications are muted until "))).to_be_visible()
        if with_script:
            look = Inspector(page)
            look.look("down")
            assert look.found == []
        page.get_by_role("button", name="Unmute").press("Enter")
        expect(page.locator("#main").get_by_text("Recipients are notified again.")).to_be_visible()
        page.get_by_label("Test automatically").select_option("Every 5 minutes")
        page.get_by_role("button", name="Save").press("Enter")
        expect(page.locator("#main").get_by_text("Saved. Test automatically: Every 5 minutes")).to_be_visible()
        expect(page.get_by_label("Test automatically")).to_have_value("five_minutes")
        page.get_by_role("button", name="Test now").press("Enter")
        expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
        page.get_by_role("link", name="Go to the connection").press("Enter")
        expect(page.get_by_role("region", name="Monitoring")).to_be_visible()
