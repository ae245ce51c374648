"""A password is judged while it is typed, and can be shown."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.factories import Visitor, make_account


def test_how_hard_to_guess_it_is_is_said_while_it_is_typed(admin: Visitor, open_page: OpenPage) -> None:
    page = open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, "/account")
        password, verdict = page.get_by_label("New password", exact=True), page.locator("#strength")
        password.press_sequentially("Ingrid Berg 2024!")
        expect(verdict).to_contain_text("Too easy to guess. It is made of your name")
        expect(password).to_be_focused()
        password.fill("correct horse battery")
        expect(verdict).to_have_text(re.compile("Very hard to guess."))
        password.fill("")
        expect(verdict).to_have_text("")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_password_is_shown_until_it_is_sent_and_the_user_name_has_the_focus(app: Flask, open_page: OpenPage) -> None:
    make_account(app, "Ola")
    page = open_page()
    with serving(app, page) as address:
        page.goto(f"{address}/login")
        expect(page.get_by_label("User name")).to_be_focused()
        password, show = page.get_by_label("Password"), page.get_by_role("button", name="Show Password")
        expect(show).to_have_attribute("aria-pressed", "false")
        show.click()
        expect(password).to_have_attribute("type", "text")
        expect(show).to_have_attribute("aria-pressed", "true")
        show.press("Enter")
        expect(password).to_have_attribute("type", "password")
