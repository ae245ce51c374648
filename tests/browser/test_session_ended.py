"""A session that ends in the middle of a form: what is typed is not lost, with script and without."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.factories import PASSWORD, Visitor, form_fields, in_app
from tests.factories.configuration import configured
from tests.steps import open_step_2, open_step_3
from wizard.domain.configuration import Configuration, TypeSettings
from wizard.services.accounts.sessions import end_every_session


def sign_in_in_a_new_tab(page: Page) -> None:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("User name").fill("Ingrid Berg")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("heading", name="Sign in")).to_have_count(0)
    tab.close()


def test_what_is_typed_after_the_notice_stays_when_a_button_is_pressed_and_goes_on_after_signing_in(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        in_app(admin.app, end_every_session)
        page.get_by_label("Name", exact=True).fill("Acme")
        expect(page.get_by_role("alert")).to_contain_text("Your session has ended.")
        page.get_by_label("Name", exact=True).fill("Acme Norway")
        page.get_by_label("API password").fill("practice")

        page.get_by_role("button", name="Test ERP connection").last.click()

        expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_focused()
        expect(page.get_by_label("API password")).to_have_value("practice")
        sign_in_in_a_new_tab(page)
        page.get_by_role("button", name="Test ERP connection").last.click()
        expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
        page.get_by_role("button", name="OK", exact=True).click()
        expect(page.get_by_role("heading", name="Acme Norway is saved")).to_be_visible()


def test_what_is_typed_in_a_dialog_is_saved_after_signing_in(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    configured(app, configuration=Configuration((TypeSettings("Customer", True),)))
    page = open_page()
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/defaults")
        page.get_by_role("link", name="Add default value").click()
        page.get_by_label("ERP field").select_option("Phone")
        page.get_by_label("Phone", exact=True).fill("+47 99 99 99 99")
        in_app(app, end_every_session)

        page.get_by_role("button", name="OK").click()

        expect(page.get_by_role("alert")).to_contain_text("Your session has ended.")
        sign_in_in_a_new_tab(page)
        page.get_by_role("button", name="OK").click()
        expect(page.locator("#main").get_by_text("The default value of Phone is saved.")).to_be_visible()


def test_the_notice_goes_with_a_dialog_that_is_closed_and_comes_back(
    app: Flask, admin: Visitor, open_page: OpenPage
) -> None:
    configured(app, configuration=Configuration((TypeSettings("Customer", True),)))
    page = open_page()
    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/defaults")
        page.get_by_role("link", name="Add default value").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        in_app(app, end_every_session)
        page.get_by_role("button", name="OK").click()
        expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()

        page.keyboard.press("Escape")

        expect(page.get_by_role("dialog")).to_have_count(0)
        sign_in_in_a_new_tab(page)


def test_without_script_the_answer_keeps_what_was_typed_and_goes_on(admin: Visitor, open_page: OpenPage) -> None:
    step, page = open_step_2(admin), open_page(java_script_enabled=False)
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        page.get_by_label("Name", exact=True).fill("Visma.net Sync")
        page.get_by_label("Sync Connector URL").fill("http://127.0.0.1:1/x.svc")
        in_app(admin.app, end_every_session)

        page.get_by_role("button", name="Check the connector").click()

        expect(page.get_by_role("heading", name="Your session has ended")).to_be_visible()
        sign_in_in_a_new_tab(page)
        page.get_by_role("button", name="Go on with what I typed").click()
        expect(page.get_by_role("heading", name="You are signed in again")).to_be_visible()
        page.get_by_role("button", name="Go on with what I typed").click()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Visma.net Sync")
        expect(page.get_by_role("heading", name="The check stopped at the connection")).to_be_visible()


def test_a_button_that_is_pressed_at_the_very_moment_keeps_what_was_typed(admin: Visitor, open_page: OpenPage) -> None:
    step, page = open_step_2(admin), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        in_app(admin.app, end_every_session)
        page.evaluate("document.querySelector('#name').value = 'Visma.net Sync'")  # no key tells the page

        page.get_by_role("button", name="Check the connector").click()

        expect(page.get_by_role("heading", name="Your session has ended")).to_be_visible()
        sign_in_in_a_new_tab(page)
        page.get_by_role("button", name="Go on with what I typed").click()
        page.get_by_role("button", name="Go on with what I typed").click()
        expect(page.get_by_role("alert")).to_contain_text("Enter the Sync Connector URL.")
        session = next(each for each in page.context.cookies() if each.get("name") == "session")
        admin.client.set_cookie("session", session.get("value") or "")
        assert form_fields(admin.get(step).text)["name"] == "Visma.net Sync"
