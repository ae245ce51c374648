"""What a screen reader reads: names, roles, states and their order, and what it says while a check runs."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Mouse, become_administrator, describe_the_app
from tests.processes import Wizard

SCRIPTS = Path(__file__).parents[1] / "data" / "screen-reader"
LISTEN = """addEventListener("DOMContentLoaded", () => {
    const announcer = document.getElementById("announcer");
    new MutationObserver(() => {
        sessionStorage.said = JSON.stringify([...JSON.parse(sessionStorage.said ?? "[]"), announcer.textContent]);
    }).observe(announcer, {childList: true});
})"""


def reads(page: Page, script: str) -> None:
    """Compares the accessibility tree of the page with a script."""
    expect(page.locator("body")).to_match_aria_snapshot((SCRIPTS / f"{script}.yaml").read_text())


def test_the_three_steps_read_as_their_scripts_say(running: Wizard, open_page: OpenPage) -> None:
    page = open_page()
    hands = Mouse(page)
    become_administrator(page, hands, running.link or "")
    hands.press("Start setup")
    page.wait_for_url("**/app")
    reads(page, "step-1")
    hands.press("Continue")
    reads(page, "step-1-with-errors")
    page.goto(running.address)
    describe_the_app(page, hands)
    hands.fill("Name", "Visma.net Sync")
    hands.fill("Sync Connector URL", "http://127.0.0.1:1/x.svc")
    hands.press("Check the connector")
    reads(page, "step-2-failed")
    hands.press("Fill in the practice connector")
    hands.press("Check again")
    reads(page, "step-2-passed")
    hands.press("Continue")
    hands.fill("Name", "Acme Norway")
    hands.fill("API password", "wrong")
    hands.press("Test ERP connection")
    reads(page, "step-3-failed")

    hands.fill("API password", "practice")
    page.get_by_label("How the test ends").select_option(label="Slow, but it works")
    page.add_init_script(LISTEN)
    hands.press("Test ERP connection")
    expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("The connection works")
    said = page.evaluate("JSON.parse(sessionStorage.said)")
    assert len(said) > 1
    assert len(said) == len(set(said)), "each stage is said once, however often the page asks"
