"""One administrator with two tabs on the same draft, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.factories import Visitor, form_fields
from tests.steps import open_step_2, open_step_3


def test_the_stale_tab_shows_both_names_and_keeps_its_own_in_the_form(admin: Visitor, open_page: OpenPage) -> None:
    step, older = open_step_2(admin), open_page()
    newer = older.context.new_page()
    with serving(admin.app, older) as address:
        go(older, admin, address, step)
        go(newer, admin, address, step)
        with newer.expect_response("**/draft"):
            newer.get_by_label("Name", exact=True).fill("From the newer tab")

        older.get_by_label("Name", exact=True).press_sequentially("From the older tab")

        alert = older.get_by_role("alert").filter(has_text="You have changed this in another tab meanwhile")
        expect(alert).to_contain_text("From the newer tab")
        expect(older.get_by_label("Name", exact=True)).to_have_value("From the older tab")
        expect(older.get_by_label("Name", exact=True)).to_be_focused()
        assert form_fields(admin.get(step).text)["name"] == "From the newer tab"
        alert.get_by_role("link", name="Go on with the other version").click()
        expect(older.get_by_label("Name", exact=True)).to_have_value("From the newer tab")
        newer.close()


def test_what_another_tab_has_filled_in_comes_into_the_form_beside_what_is_being_typed(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, older = open_step_3(admin, practice_url), open_page()
    newer = older.context.new_page()
    with serving(admin.app, older) as address:
        go(older, admin, address, step)
        go(newer, admin, address, step)
        with newer.expect_response("**/draft"):
            newer.get_by_label("Name", exact=True).fill("Acme Norway")

        older.get_by_label("API password").press_sequentially("practice")

        expect(older.get_by_text("Filled in from another tab")).to_be_visible()
        expect(older.get_by_label("Name", exact=True)).to_have_value("Acme Norway")
        older.get_by_role("button", name="Test ERP connection").last.click()
        expect(older.get_by_role("heading", name="The connection works")).to_be_visible()
        newer.close()


def test_after_the_back_button_the_page_has_what_was_saved_and_saves_on(admin: Visitor, open_page: OpenPage) -> None:
    step, page = open_step_2(admin), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        with page.expect_response("**/draft"):
            page.get_by_label("Name", exact=True).fill("Visma.net Sync")
        page.goto(address)
        page.go_back()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Visma.net Sync")

        with page.expect_response("**/draft"):
            page.get_by_label("Name", exact=True).fill("Visma.net Sync 2")
        page.reload()

        expect(page.get_by_label("Name", exact=True)).to_have_value("Visma.net Sync 2")
        expect(page.get_by_role("alert")).to_have_count(0)
