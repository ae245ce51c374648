"""The whole way to a saved connection, with a failure and its repair at every turn, in three ways."""

from __future__ import annotations

from typing import Protocol

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.factories import PASSWORD
from tests.processes import Wizard


class Hands(Protocol):
    """How a person works a page."""

    def fill(self, label: str, text: str) -> None: ...

    def tick(self, label: str) -> None: ...

    def press(self, name: str) -> None: ...


class Mouse:
    """Clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def fill(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        field.wait_for(state="attached")
        if not field.is_visible():
            self.page.locator("details", has=field).last.locator("summary").click()
        field.fill(text)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()


class Keyboard:
    """Never touches the mouse: moves by Tab, ticks by Space, presses by Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def fill(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        field.wait_for(state="attached")
        if not field.is_visible():
            self._go_to(self.page.locator("details", has=field).last.locator("summary"))
            self.page.keyboard.press("Enter")
        self._go_to(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def tick(self, label: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        if box.get_attribute("type") == "radio":
            self._go_to_radio(box)
        else:
            self._go_to(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def press(self, name: str) -> None:
        self._go_to(self.page.locator("main").get_by_role("button", name=name, exact=True))
        self.page.keyboard.press("Enter")

    def _go_to(self, target: object) -> None:
        for _ in range(120):
            if target.evaluate("each => each === document.activeElement"):  # type: ignore[attr-defined]
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {target}")

    def _go_to_radio(self, target: object) -> None:
        """Tab comes to one radio button of a group, the arrow keys to the others."""
        for _ in range(120):
            if target.evaluate("each => each === document.activeElement"):  # type: ignore[attr-defined]
                return
            in_group = target.evaluate("each => document.activeElement.name === each.name")  # type: ignore[attr-defined]
            self.page.keyboard.press("ArrowDown" if in_group else "Tab")
        raise AssertionError(f"the keyboard never comes to {target}")


def become_administrator(page: Page, hands: Hands, link: str) -> None:
    page.goto(link)
    hands.fill("Your name", "Ingrid Berg")
    hands.fill("User name", "ingrid")
    hands.fill("Password", PASSWORD)
    hands.fill("The same password again", PASSWORD)
    hands.press("Create and sign in")
    expect(page.get_by_role("heading", name="Connect SuperOffice to your ERP")).to_be_visible()


def describe_the_app(page: Page, hands: Hands) -> None:
    hands.press("Start setup")
    hands.fill("Which ERP do you use?", "Visma.net")
    hands.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Choose what you found.")
    hands.tick("A ready-made app for our ERP")
    hands.tick("The app is installed")
    hands.tick("It is registered, and I have its connector URL")
    hands.press("Continue")
    expect(page.get_by_role("heading", name="Add a Sync Connector")).to_be_visible()


def add_the_connector(page: Page, hands: Hands, expired: tuple[str, str], practice: str) -> None:
    url, authority = expired
    hands.fill("Name", "Visma.net Sync")
    hands.fill("Sync Connector URL", "http://127.0.0.1:1/x.svc")
    hands.press("Check the connector")
    expect(page.get_by_text("nothing answers on port 1").first).to_be_visible()
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
    expect(page.get_by_role("heading", name="Acme Norway is saved")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "hands"),
    [(True, Mouse), (False, Mouse), (True, Keyboard), (False, Keyboard)],
    ids=["with script", "without script", "by keyboard", "by keyboard without script"],
)
def test_a_new_administrator_gets_to_a_saved_connection_through_every_failure(
    running: Wizard, open_page: OpenPage, expired: tuple[str, str], script: bool, hands: type[Hands]
) -> None:
    page = open_page(java_script_enabled=script)
    person = hands(page)  # type: ignore[call-arg]

    become_administrator(page, person, running.link or "")
    describe_the_app(page, person)
    add_the_connector(page, person, expired, running.address + "/practice/Services/ERPConnectorWS.svc")
    add_the_connection(page, person)

    expect(page.locator(".sheet")).to_contain_text("Acme Norway")
    expect(page.locator(".sheet")).to_contain_text("Not shown here. Enter the one you were given.")
    page.goto(running.address)
    expect(page.get_by_role("rowheader", name="Acme Norway")).to_be_visible()
