"""A provider's link whose values are behind the #, which no server sees."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.factories import PASSWORD, Visitor, make_account

FRAGMENT = "#name=Visma.net+Sync&url=https%3A%2F%2Fsync.example%2Fx.svc"


def test_a_fragment_is_shown_and_leaves_the_address(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    page = open_page()
    with serving(app, page) as address:
        go(page, admin, address, f"/setup/from{FRAGMENT}")

        expect(page.get_by_role("heading", name="Values from your provider's link")).to_be_visible()
        expect(page.get_by_text("https://sync.example/x.svc")).to_be_visible()
        assert "#" not in page.url


def test_a_fragment_outlives_the_sign_in(app: Flask, open_page: OpenPage) -> None:
    make_account(app, "ingrid")
    page = open_page()
    with serving(app, page) as address:
        page.goto(f"{address}/setup/from{FRAGMENT}")
        page.get_by_label("User name").fill("ingrid")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

        expect(page.get_by_role("heading", name="Values from your provider's link")).to_be_visible()
