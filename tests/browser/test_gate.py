"""What stands before OK is true at any moment, whatever is pressed and however a dialog closes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import begin_a_test, go
from tests.factories import Visitor, make_users
from tests.steps import RIGHT, open_step_2, open_step_3, run_what_waits


def choose_users(page: Page) -> None:
    page.get_by_role("button", name="users and groups").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_group_chosen_after_the_test_opens_ok_at_once(admin: Visitor, practice_url: str, open_page: OpenPage) -> None:
    make_users(admin.app, "Lars Nilsson", groups=("Sales",))
    step, page = open_step_3(admin, practice_url), open_page()
    admin.send(step, RIGHT | {"scope": "specific", "action": "test"})
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        expect(page.get_by_text("Nobody is chosen yet")).to_be_visible()

        choose_users(page)
        page.get_by_role("dialog").get_by_label("Sales").check()
        page.get_by_role("dialog").get_by_role("button", name="OK").click()

        expect(page.get_by_text("Everything is ready to save")).to_be_visible()
        page.get_by_role("button", name="OK", exact=True).click()
        expect(page.get_by_role("heading", name="Acme Norway is saved")).to_be_visible()


def test_a_selection_cleared_after_the_test_closes_ok_at_once(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    make_users(admin.app, "Lars Nilsson", groups=("Sales",))
    step, page = open_step_3(admin, practice_url), open_page()
    admin.post(step.replace("/connection", "/scope"), {"group": "1", "done": "1"})
    admin.send(step, RIGHT | {"action": "test"})
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        expect(page.get_by_text("Everything is ready to save")).to_be_visible()

        choose_users(page)
        page.get_by_role("dialog").get_by_role("button", name="Clear selection").click()
        expect(page.get_by_role("dialog").get_by_text("Nobody chosen yet")).to_be_visible()
        page.get_by_role("dialog").get_by_role("button", name="OK").click()

        expect(page.get_by_text("Nobody is chosen yet")).to_be_visible()
        expect(page.get_by_role("button", name="OK", exact=True)).to_have_attribute("aria-disabled", "true")


def test_a_dialog_that_is_closed_by_the_escape_key_saves_what_was_typed_before_it(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    make_users(admin.app, "Lars Nilsson", groups=("Sales",))
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        choose_users(page)

        with page.expect_response("**/draft"):
            page.keyboard.press("Escape")

        expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_click_on_ok_while_the_test_runs_does_not_hold_back_its_end(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        begin_a_test(page, admin, address, step, "practice", name="Acme Norway")

        page.get_by_role("button", name="OK", exact=True).click(force=True)
        run_what_waits(admin)

        expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
        expect(page.get_by_text("Everything is ready to save")).to_be_visible()


def test_a_button_that_is_held_down_with_any_finger_does_not_hold_back_the_page(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        begin_a_test(page, admin, address, step, "practice")
        page.get_by_role("button", name="Cancel the test").click(button="right")
        page.get_by_role("button", name="Cancel the test").hover()
        page.mouse.down()

        run_what_waits(admin)

        expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
        page.mouse.up()


def test_on_a_phone_the_step_after_continue_begins_at_its_top(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, page = open_step_2(admin), open_page()
    page.set_viewport_size({"width": 390, "height": 800})
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        page.get_by_label("Name", exact=True).fill("Practice")
        page.get_by_label("Sync Connector URL").fill(practice_url)

        page.get_by_role("button", name="Continue").last.click()

        expect(page.get_by_role("heading", name="Add an ERP connection")).to_be_in_viewport()
        assert page.evaluate("scrollY") == 0
