"""SuperOffice is linked and unlinked in a browser: by mouse, and by keyboard without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, Keyboard, Mouse, become_administrator
from tests.browser.inspector import Inspector, look
from tests.processes import Wizard


def link_to_read_only(page: Page, hands: Hands, inspector: Inspector | None) -> None:
    """Consent is denied first; then the app may not use the agent."""
    hands.press("Practise with a made-up SuperOffice too")
    hands.press("Do not allow")
    expect(page.get_by_text("The app was not approved when SuperOffice asked for it.").first).to_be_visible()
    look(inspector, "denied")
    hands.press("Link the made-up SuperOffice")
    page.locator("summary", has_text="Practise with a SuperOffice that refuses").press("Enter")
    hands.tick("does not let the app set up ERP sync")
    hands.press("Allow")
    expect(page.get_by_text("Linked, for reading only").first).to_be_visible()
    expect(page.get_by_role("heading", name="The link works, for reading only")).to_be_visible()
    look(inspector, "read only")


def sign_in_again(page: Page, hands: Hands, inspector: Inspector | None) -> None:
    hands.press("Sign in as somebody else")
    hands.press("Allow")
    expect(page.get_by_text("Linked to Cust00001").first).to_be_visible()
    expect(page.get_by_role("button", name="Start with the practice connector")).to_be_visible()
    look(inspector, "linked")


@pytest.mark.parametrize(
    ("script", "hands"), [(True, Mouse), (False, Keyboard)], ids=["by mouse", "by keyboard without script"]
)
def test_superoffice_is_linked_in_a_browser(
    running: Wizard, open_page: OpenPage, script: bool, hands: type[Hands]
) -> None:
    page = open_page(java_script_enabled=script)
    inspector = Inspector(page) if script else None
    person = hands(page, script=script)  # type: ignore[call-arg]
    become_administrator(page, person, running.link or "")
    link_to_read_only(page, person, inspector)
    sign_in_again(page, person, inspector)
    page.goto(running.address)
    expect(page.get_by_text("Linked to Cust00001")).to_be_visible()
    page.goto(running.address + "/superoffice/")
    page.locator("summary", has_text="Unlink").press("Enter")
    person.press("Unlink Cust00001")
    expect(page.get_by_text("Cust00001 is unlinked.").first).to_be_visible()
    assert inspector is None or inspector.found == []
