"""axe finds nothing on any page or state, light or dark, texts at 7:1; nothing is loaded from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Mouse, become_administrator, describe_the_app
from tests.browser.inspector import Inspector
from tests.processes import Wizard


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_any_page_or_state(running: Wizard, open_page: OpenPage, width: int) -> None:
    page = open_page()
    page.set_viewport_size({"width": width, "height": 900})
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    inspector, hands = Inspector(page), Mouse(page)
    page.goto(running.link or "")
    inspector.look("welcome")
    become_administrator(page, hands, running.link or "")
    inspector.look("empty home")
    describe_the_app(page, hands)
    inspector.look("step 2, empty")
    page.goto(page.url.replace("/connector", "/app"))
    inspector.look("step 1")
    page.goto(page.url.replace("/app", "/connector"))
    hands.fill("Name", "Visma.net Sync")
    hands.fill("Sync Connector URL", "http://127.0.0.1:1/x.svc")
    hands.press("Check the connector")
    expect(page.get_by_role("heading", name="The check stopped")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_focused()
    inspector.look("step 2, failed")
    hands.press("Fill in the practice connector")
    hands.press("Check again")
    expect(page.get_by_role("heading", name="The connector works")).to_be_visible()
    inspector.look("step 2, passed")
    hands.press("Continue")
    expect(page.get_by_label("API password", exact=True)).to_be_visible()
    inspector.look("step 3")
    hands.fill("Name", "Acme Norway")
    hands.fill("API password", "wrong")
    hands.press("Test ERP connection")
    expect(page.get_by_role("heading", name="The test stopped at the ERP")).to_be_visible()
    inspector.look("step 3, failed")
    hands.fill("API password", "practice")
    hands.press("Test ERP connection")
    expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
    inspector.look("step 3, passed")
    hands.fill("Company code", "ACME-SE")
    expect(page.get_by_role("heading", name="No longer valid")).to_be_visible()
    inspector.look("step 3, changed")
    page.get_by_role("button", name="Choose users and groups").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    inspector.look("scope dialog")
    page.keyboard.press("Escape")
    hands.press("Test ERP connection")
    expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
    hands.press("OK")
    expect(page.get_by_role("heading", name="That was practice")).to_be_visible()
    inspector.look("done")
    for path in (
        "/",
        "/users/",
        "/users/new",
        "/users/import",
        "/activity/",
        "/help/reasons",
        "/account",
        "/accounts/",
        "/accounts/1",
        "/language",
        "/nowhere",
    ):
        page.goto(running.address + path)
        inspector.look(path)

    assert inspector.found == []
    assert hosts == {running.address}
