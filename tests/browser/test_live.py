"""What a page does while it is open: whom was chosen, where the focus goes, what the title and the marks say."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import begin_a_test, go
from tests.factories import PASSWORD, Visitor, in_app, make_users
from tests.steps import open_step_2, open_step_3, run_what_waits
from wizard.services.accounts.sessions import end_every_session

WIDTHS = (641, 700, 1090, 1280)


def test_whom_was_chosen_in_the_dialog_is_the_scope_from_then_on(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    make_users(admin.app, "Lars Nilsson", groups=("Sales",))
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        page.get_by_role("button", name="Choose users and groups").click()
        page.get_by_role("dialog").get_by_label("Sales").check()
        page.get_by_role("dialog").get_by_role("button", name="OK").click()
        expect(page.get_by_label("Specific users + groups")).to_be_checked()
        with page.expect_response("**/draft"):
            page.get_by_label("Name", exact=True).fill("Acme Norway")

        page.reload()

        expect(page.get_by_label("Specific users + groups")).to_be_checked()
        expect(page.get_by_text("1 group: 1 user")).to_be_visible()


def test_clear_selection_empties_the_dialog_and_leaves_the_step_behind_it_alone(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    make_users(admin.app, "Lars Nilsson", groups=("Sales",))
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        page.get_by_role("button", name="Choose users and groups").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Sales").check()
        expect(dialog.get_by_text("1 group: 1 user")).to_be_visible()

        dialog.get_by_role("button", name="Clear selection").click()

        expect(dialog.get_by_label("Sales")).not_to_be_checked()
        expect(dialog.get_by_text("Nobody chosen yet")).to_be_visible()
        dialog.get_by_role("link", name="Cancel").click()
        expect(page.get_by_role("radio", name="Everyone")).to_be_checked()
        expect(page.get_by_role("button", name="Choose users and groups")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_after_a_test_the_page_stands_at_what_it_found_and_the_title_says_it(
    admin: Visitor, practice_url: str, open_page: OpenPage, width: int
) -> None:
    step, page = open_step_3(admin, practice_url), open_page()
    page.set_viewport_size({"width": width, "height": 600})
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        page.get_by_label("API password").fill("practice")
        page.get_by_role("button", name="Test ERP connection").last.click()

        found = page.get_by_role("heading", name="The connection works")
        expect(found).to_be_focused()
        expect(found).to_be_in_viewport()
        expect(page).to_have_title("Step 3 of 3: Add an ERP connection, test passed - ERP Sync Setup")


def test_a_failure_takes_the_focus_to_its_summary_and_the_title_begins_with_it(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        page.get_by_label("API password").fill("wrong")
        page.get_by_role("button", name="Test ERP connection").last.click()

        expect(page.get_by_role("alert")).to_be_focused()
        expect(page).to_have_title("Error: Step 3 of 3: Add an ERP connection - ERP Sync Setup")


def test_a_test_that_fails_while_somebody_types_does_not_take_the_focus_away(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        begin_a_test(page, admin, address, step, "wrong")
        page.get_by_label("Name", exact=True).press_sequentially("Acme")

        run_what_waits(admin)
        expect(page.get_by_role("alert")).to_contain_text("The ERP refused the API password.")
        page.keyboard.type(" Norway")

        expect(page.get_by_label("Name", exact=True)).to_be_focused()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Acme Norway")


def test_red_and_green_never_stand_beside_each_other_about_the_same_address(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, page = open_step_2(admin), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        page.get_by_label("Sync Connector URL").fill(practice_url)
        page.get_by_role("button", name="Check the connector").click()
        page.get_by_label("Sync Connector URL").fill("http://")
        page.get_by_role("button", name="Check again").click()
        expect(page.get_by_role("alert")).to_contain_text("This connector cannot be used yet")
        page.wait_for_load_state()  # the script that notices the change is there

        page.get_by_label("Sync Connector URL").fill(practice_url)

        expect(page.get_by_role("heading", name="The connector works")).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_label("Sync Connector URL")).not_to_have_attribute("aria-invalid", "true")
        expect(page.get_by_label("Sync Connector URL")).to_be_focused()


def test_a_field_is_marked_as_soon_as_it_is_changed_and_clean_again_once_it_is_put_back(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    step, page = open_step_3(admin, practice_url), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        page.get_by_label("API password").fill("practice")
        page.get_by_role("button", name="Test ERP connection").last.click()
        field = page.get_by_label("Company code")
        before = field.input_value()

        field.fill("ACME-SE")

        expect(page.get_by_text("Changed since the test", exact=True)).to_be_visible()
        expect(page.get_by_text("Test again, because Company code was changed")).to_be_visible()
        expect(field).to_have_accessible_description(re.compile("Changed since the test$"))
        field.fill(before)
        expect(page.get_by_text("Changed since the test", exact=True)).to_be_hidden()
        expect(page.get_by_text("Everything is ready to save")).to_be_hidden()  # a name is missing


def test_what_is_typed_after_the_session_has_ended_stays_and_is_saved_after_signing_in_in_another_tab(
    admin: Visitor, open_page: OpenPage
) -> None:
    step, page = str(admin.post("/setup/new").location), open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, step)
        in_app(admin.app, end_every_session)
        page.get_by_label("Which ERP do you use?").fill("Visma")
        expect(page.get_by_role("alert")).to_contain_text("Your session has ended.")
        expect(page.get_by_label("Which ERP do you use?")).to_be_focused()

        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Sign in in a new tab").click()
        opened.value.get_by_label("User name").fill("Ingrid Berg")
        opened.value.get_by_label("Password").fill(PASSWORD)
        opened.value.get_by_role("button", name="Sign in").click()
        expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Connect SuperOffice")
        page.get_by_label("Which ERP do you use?").fill("Visma.net")

        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_text("Saved as draft today at")).to_be_visible()
        page.get_by_role("button", name="Continue", exact=True).click()
        expect(page.get_by_label("Which ERP do you use?")).to_have_value("Visma.net")
        expect(page.get_by_role("alert")).to_contain_text("Choose what you found.")


def test_a_button_that_was_pressed_is_busy_until_the_answer_comes(
    admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    page = open_page()
    with serving(admin.app, page) as address:
        go(page, admin, address, "/")
        page.evaluate("addEventListener('submit', event => event.preventDefault())")  # an answer that never comes

        page.get_by_role("button", name="Start setup").click()

        expect(page.get_by_role("button", name="Start setup")).to_have_attribute("aria-busy", "true")


def test_a_long_label_of_a_card_breaks_and_does_not_reach_into_what_it_says(
    admin: Visitor, open_page: OpenPage
) -> None:
    page = open_page()
    page.set_viewport_size({"width": 390, "height": 800})
    with serving(admin.app, page) as address:
        page.context.add_cookies([{"name": "language", "value": "sv", "url": address}])
        go(page, admin, address, "/accounts/")

        cell = page.get_by_text("Aldrig")

        assert cell.evaluate("cell => getComputedStyle(cell, '::before').whiteSpace") == "normal"


def test_a_phone_shows_many_people_at_once_each_with_its_actions(admin: Visitor, open_page: OpenPage) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales",))
    page = open_page()
    page.set_viewport_size({"width": 390, "height": 800})
    with serving(admin.app, page) as address:
        go(page, admin, address, "/users/")

        for name in ("Anna", "Sales"):
            row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))
            box = row.bounding_box()
            assert box is not None
            assert box["height"] < 100
            expect(row.get_by_role("button", name=f"Delete {name}")).to_be_visible()


@pytest.mark.parametrize("language", ["de", "nl"])
def test_no_page_scrolls_sideways_between_a_phone_and_a_desktop(
    admin: Visitor, practice_url: str, open_page: OpenPage, language: str
) -> None:
    step, page = open_step_3(admin, practice_url), open_page()
    admin.send(step, {"name": "Acme Norway", "cf:ApiPassword": "practice", "action": "test"})
    admin.send(step, {"action": "ok"})
    with serving(admin.app, page) as address:
        page.context.add_cookies([{"name": "language", "value": language, "url": address}])
        for path in ("/login", "/", "/activity/", "/users/"):
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                go(page, admin, address, path)
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert over <= 0, f"{path} at {width}: {over} px too wide"
                page.context.clear_cookies(name="session")
