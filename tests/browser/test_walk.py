"""The whole way to a saved connection, with a failure and its repair at every turn, in three ways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, Keyboard, Mouse, become_administrator, describe_the_app
from tests.processes import Wizard


def add_the_connector(page: Page, hands: Hands, expired: tuple[str, str], practice: str) -> None:
    url, authority = expired
    hands.fill("Name", "Visma.net Sync")
    hands.fill("Sync Connector URL", "http://127.0.0.1:1/x.svc")
    hands.press("Check the connector")
    expect(page.get_by_text("refuses connections on port 1").first).to_be_visible()
    hands.fill("Certificate of the authority (optional)", authority)
    hands.fill("Sync Connector URL", url)
    hands.press("Check again")
    expect(page.get_by_text("shows a certificate that ended on").first).to_be_visible()
    hands.fill("Sync Connector URL", practice)
    hands.press("Check again")
    expect(page.get_by_role("heading", name="The connector works")).to_be_visible()
    hands.press("Continue")
    expect(page.get_by_role("heading", name="Add an ERP connection")).to_be_visible()


def add_the_connection(page: Page, hands: Hands) -> None:
    hands.fill("Name", "Acme Norway")
    hands.fill("API password", "wrong")
    hands.press("Test ERP connection")
    expect(page.get_by_role("heading", name="The test stopped at the ERP")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("The ERP refused the API password.")
    hands.fill("API password", "practice")
    hands.press("Test ERP connection")
    expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
    hands.press("OK")
    expect(page.get_by_role("heading", name="That was practice")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "hands"),
    [(True, Mouse), (False, Mouse), (True, Keyboard), (False, Keyboard)],
    ids=["with script", "without script", "by keyboard", "by keyboard without script"],
)
def test_a_new_administrator_gets_to_a_saved_connection_through_every_failure(
    running: Wizard, open_page: OpenPage, expired: tuple[str, str], script: bool, hands: type[Hands]
) -> None:
    page = open_page(java_script_enabled=script)
    person = hands(page, script=script)  # type: ignore[call-arg]

    become_administrator(page, person, running.link or "")
    describe_the_app(page, person)
    add_the_connector(page, person, expired, running.address + "/practice/Services/ERPConnectorWS.svc")
    add_the_connection(page, person)

    expect(page.get_by_role("heading", name="Nothing to enter in SuperOffice")).to_be_visible()
    page.goto(running.address)
    expect(page.get_by_role("rowheader", name="Acme Norway")).to_be_visible()
