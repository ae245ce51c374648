"""How a person works the pages in a browser, and the first turns of the way."""

from __future__ import annotations

import re
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD, ForgetfulQueue, Visitor


class Hands(Protocol):
    """How a person works a page."""

    def fill(self, label: str, text: str) -> None: ...

    def tick(self, label: str) -> None: ...

    def press(self, name: str) -> None: ...

    def follow(self, name: str) -> None: ...


class Mouse:
    """Clicks. `script`: the browser runs scripts."""

    def __init__(self, page: Page, *, script: bool = True) -> None:
        self.page, self.script = page, script

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

    def follow(self, name: str) -> None:
        """A link by the beginning of its text."""
        link_of(self.page, name, script=self.script).click()


class Keyboard:
    """Never touches the mouse: moves by Tab, ticks by Space, presses by Enter."""

    def __init__(self, page: Page, *, script: bool = True) -> None:
        self.page, self.script = page, script

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

    def follow(self, name: str) -> None:
        self._go_to(link_of(self.page, name, script=self.script))
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


def link_of(page: Page, name: str, *, script: bool) -> Locator:
    """What leads there: a link or, without script where something may be typed, a button of the form.

    With script the button is there until the scripts are loaded, and must not be taken for the link.
    """
    main, begins = page.locator("main"), re.compile(f"^{re.escape(name)}")
    link = main.get_by_role("link", name=begins)
    return link.first if script else link.or_(main.get_by_role("button", name=begins)).first


def enter(page: Page, admin: Visitor, address: str) -> None:
    """Gives the browser the session of somebody who is signed in."""
    session = admin.client.get_cookie("session")
    assert session is not None
    page.context.add_cookies([{"name": "session", "value": session.value, "url": address}])


def go(page: Page, admin: Visitor, address: str, path: str) -> None:
    """Opens a page as the administrator who is signed in."""
    enter(page, admin, address)
    page.goto(address + path)


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


def begin_a_test(page: Page, admin: Visitor, address: str, step: str, password: str, name: str = "") -> None:
    """Presses Test in step 3; it runs until `run_what_waits`."""
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    go(page, admin, address, step)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("API password").fill(password)
    page.get_by_role("button", name="Test ERP connection").last.click()
    expect(page.get_by_role("button", name="Cancel the test")).to_be_visible()
    page.wait_for_load_state()  # the focus stands at the test
