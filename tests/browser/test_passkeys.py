"""Passkeys with a virtual authenticator of Chromium, and an authenticator app without script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import Mouse
from tests.browser.inspector import Inspector
from tests.factories import PASSWORD, make_account
from tests.factories.second_factor import code_of, forget_used_codes

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(page: Page, **options: object) -> tuple[CDPSession, str]:
    """A virtual authenticator; its session and id."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR | options})
    return devtools, added["authenticatorId"]


@contextmanager
def at_localhost(app: Flask, page: Page) -> Iterator[str]:
    """The wizard by the one name for which browsers allow passkeys without TLS."""
    with serving(app, page) as address:
        yield address.replace("127.0.0.1", "localhost")


def sign_in(page: Page, address: str) -> None:
    page.goto(address + "/login")
    hands = Mouse(page)
    hands.fill("User name", "Ola")
    hands.fill("Password", PASSWORD)
    hands.press("Sign in")


def sign_out(page: Page, address: str) -> None:
    page.goto(address + "/account")
    Mouse(page).press("Sign out")
    page.wait_for_url("**/login")


def add_passkey(page: Page, address: str) -> None:
    page.goto(address + "/account/second-factor/")
    page.get_by_label("Name of a new passkey").fill("Work laptop")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("options", [{}, {"transport": "usb", "hasResidentKey": False}], ids=["resident", "key"])
def test_a_passkey_is_added_and_signs_in(app: Flask, open_page: OpenPage, options: dict[str, object]) -> None:
    make_account(app, "Ola")
    page = open_page()
    plug_in(page, **options)
    with at_localhost(app, page) as address:
        sign_in(page, address)
        add_passkey(page, address)
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        expect(page.locator("#codes li")).to_have_count(10)
        sign_out(page, address)

        sign_in(page, address)
        expect(page.get_by_role("heading", name="Second step")).to_be_visible()
        Mouse(page).press("Use a passkey")

        page.wait_for_url(address + "/")
        page.goto(address + "/account/second-factor/")
        expect(page.get_by_text("Last used: Today")).to_be_visible()


def test_an_authenticator_that_does_not_verify_its_user_signs_nobody_in(app: Flask, open_page: OpenPage) -> None:
    make_account(app, "Ola")
    page = open_page()
    devtools, authenticator = plug_in(page)
    with at_localhost(app, page) as address:
        sign_in(page, address)
        add_passkey(page, address)
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        sign_out(page, address)
        sign_in(page, address)
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})

        Mouse(page).press("Use a passkey")

        expect(page.get_by_role("alert")).to_contain_text("No passkey was given.")
        assert page.url.endswith("/login/second-step")
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": True})
        Mouse(page).press("Use a passkey")
        page.wait_for_url(address + "/")


def test_a_passkey_that_was_cloned_signs_nobody_in(app: Flask, open_page: OpenPage) -> None:
    make_account(app, "Ola")
    page = open_page()
    devtools, authenticator = plug_in(page)
    with at_localhost(app, page) as address:
        sign_in(page, address)
        add_passkey(page, address)
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        (credential,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
        for _ in range(2):
            sign_out(page, address)
            sign_in(page, address)
            Mouse(page).press("Use a passkey")
            page.wait_for_url(address + "/")
        sign_out(page, address)
        devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})
        clone = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
        devtools.send("WebAuthn.addCredential", {"authenticatorId": clone, "credential": credential | {"signCount": 0}})

        sign_in(page, address)
        Mouse(page).press("Use a passkey")

        expect(page.get_by_role("alert")).to_contain_text("The passkey was not accepted.")
        page.goto(address + "/account")
        page.wait_for_url("**/login?**")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_pages_of_the_second_factor(app: Flask, open_page: OpenPage, width: int) -> None:
    make_account(app, "Ola")
    page = open_page()
    page.set_viewport_size({"width": width, "height": 900})
    plug_in(page)
    inspector = Inspector(page)
    with at_localhost(app, page) as address:
        sign_in(page, address)
        add_passkey(page, address)
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        inspector.look("recovery codes")
        page.goto(address + "/account/second-factor/")
        page.locator("summary").first.click()
        inspector.look("second factor")
        Mouse(page).press("Set up an app")
        expect(page.get_by_role("img", name="QR code with the key below")).to_be_visible()
        Mouse(page).fill("Code", "000000")
        page.get_by_role("button", name="Set up", exact=True).click()
        expect(page.get_by_role("alert")).to_be_visible()
        inspector.look("app")
        sign_out(page, address)
        sign_in(page, address)
        expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
        inspector.look("second step")
        page.get_by_role("link", name="Use a recovery code").click()
        expect(page.get_by_label("Recovery code")).to_be_visible()
        inspector.look("recovery code")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert inspector.found == []


def test_a_passkey_confirms_a_sensitive_act(app: Flask, open_page: OpenPage) -> None:
    make_account(app, "Ola")
    page = open_page()
    plug_in(page)
    inspector = Inspector(page)
    with at_localhost(app, page) as address:
        sign_in(page, address)
        add_passkey(page, address)
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        page.goto(address + "/accounts/new")
        Mouse(page).fill("Name", "Kari")
        Mouse(page).fill("User name", "kari")
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], fresh_minutes=0)
        Mouse(page).press("Save")
        expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
        inspector.look("confirm")

        Mouse(page).fill("Your password", PASSWORD)
        Mouse(page).press("Use a passkey")

        expect(page.get_by_role("heading", name="A one-time link for Kari")).to_be_visible()
    assert inspector.found == []


def test_without_script_an_app_is_set_up_and_signs_in(app: Flask, open_page: OpenPage) -> None:
    make_account(app, "Ola")
    page = open_page(java_script_enabled=False)
    with at_localhost(app, page) as address:
        sign_in(page, address)
        page.goto(address + "/account/second-factor/")
        expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
        expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
        Mouse(page).press("Set up an app")
        secret = (page.locator("#key").text_content() or "").replace(" ", "")
        Mouse(page).fill("Code", code_of(secret))
        Mouse(page).press("Set up")
        expect(page.locator("#codes li")).to_have_count(10)
        with page.expect_download() as download:
            Mouse(page).press("Download")
        assert download.value.suggested_filename == "recovery-codes.txt"
        sign_out(page, address)
        forget_used_codes(app)

        sign_in(page, address)
        Mouse(page).fill("Code", code_of(secret))
        Mouse(page).press("Sign in")

        page.wait_for_url(address + "/")
