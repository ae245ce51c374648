"""The dialog that chooses users and groups, and the same page without script."""

from __future__ import annotations

import re

import pytest
from lxml import html
from werkzeug.test import TestResponse

from tests.factories import Visitor, form_fields, in_app, make_users
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Setup


def open_scope(admin: Visitor) -> str:
    """The scope page of a new connection form."""
    return str(admin.post("/connections/new").location).replace("/connection", "/scope")


def ticked(answer: TestResponse) -> set[tuple[str, str]]:
    """What the form would send as chosen: boxes that are ticked, and hidden ones."""
    inputs = html.fromstring(answer.text).xpath("//form[@id='scope-form']//input[@name='group' or @name='user']")
    sent = [each for each in inputs if each.get("type") == "hidden" or each.get("checked") is not None]
    return {(str(each.get("name")), str(each.get("value"))) for each in sent}


def drafted(admin: Visitor) -> tuple[list[int], list[int]]:
    typed = in_app(admin.app, lambda: db.session.scalars(db.select(Setup)).one().typed(Step.CONNECTION))
    return typed.get("group_ids", []), typed.get("user_ids", [])


def test_a_dialog_without_users_and_groups_says_where_they_are_added_and_offers_nothing_else(admin: Visitor) -> None:
    page = admin.get(open_scope(admin)).text

    assert page.count("None yet. Add them under") == 1
    assert '<a href="/users/">Users and groups</a>' in page.partition("<h1>")[2]
    assert html.fromstring(page).xpath("//form[@id='scope-form']//button") == []


def test_it_is_said_that_the_list_is_not_superoffice_s(admin: Visitor) -> None:
    make_users(admin.app, "Anna")

    assert "The wizard cannot see the users of SuperOffice." in admin.get(open_scope(admin)).text


def test_each_user_has_their_groups_below_the_name_and_is_told_to_be_included_already(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales", "Finance"))

    text = admin.post(open_scope(admin), {"group": "1"}).text

    hints = html.fromstring(text).xpath("//li[starts-with(@id, 'scope-user-')]//p/text()")
    assert {tuple(sorted(hint.split(", "))) for hint in hints} == {("Finance", "Sales", "already included")}
    assert "1 of 2 selected" in text
    assert "0 of 2 selected" in text


def test_everyone_is_not_counted_from_the_wizard_s_own_list(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob")

    page = admin.get(str(admin.post("/connections/new").location)).text

    assert "All users of SuperOffice" in page
    assert "2 people" not in page


def test_chosen_groups_and_users_stand_first(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Finance", "Sales"))

    page = html.fromstring(admin.post(open_scope(admin), {"group": "2", "user": "2"}).text)

    for name in ("group", "user"):
        assert page.xpath(f"//input[@type='checkbox' and @name='{name}']/@value") == ["2", "1"]


def test_the_page_is_whole_without_script_and_a_dialog_for_htmx(admin: Visitor) -> None:
    page = open_scope(admin)

    assert "<html" in admin.get(page).text
    dialog = admin.htmx(page).text
    assert "<html" not in dialog
    assert "hx-post" in dialog
    assert "hx-post" not in admin.get(page).text.partition('<form id="scope-form"')[2]


def test_ok_keeps_the_choice_and_leads_back_to_the_step(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales",))
    page = open_scope(admin)

    answer = admin.post(page, {"group": "1", "user": "2", "done": "1"}, follow_redirects=True)

    assert answer.request.path.endswith("/connection")
    assert "1 group + 1 user" in answer.text
    assert form_fields(answer.text)["scope"] == "specific"
    assert drafted(admin) == ([1], [2])
    assert ticked(admin.get(page)) == {("group", "1"), ("user", "2")}


def test_ok_in_the_dialog_closes_it_and_puts_the_count_beside_the_radio_button(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    page = open_scope(admin)

    answer = admin.post(page, {"group": "1", "done": "1"}, htmx=True)

    assert answer.headers["HX-Trigger"] == "close-dialog"
    assert answer.headers["HX-Retarget"] == "#people"
    assert "1 group" in answer.text
    assert 'id="people"' in answer.text


def test_a_change_counts_anew_and_keeps_nothing_yet(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales", "Finance"))
    page = open_scope(admin)

    answer = admin.post(page, {"group": ["1", "2"], "user": "1"}, htmx=True)

    assert "2 groups + 1 user" in answer.text
    assert re.search(r"<b>2 users</b>", answer.text)
    assert "3 users are in several of them and count once." in answer.text
    assert drafted(admin) == ([], [])


def test_a_search_shows_what_is_found_and_keeps_what_is_ticked(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales", "Finance"))
    page = open_scope(admin)

    answer = admin.post(page, {"group": "1", "user": "2", "query": "ANN", "search": "1"}, htmx=True)

    assert "Anna" in answer.text
    assert "Bob" not in answer.text
    assert ticked(answer) == {("group", "1"), ("user", "2")}
    assert 'value="ANN"' in answer.text


def test_a_search_that_finds_nobody_says_so(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    answer = admin.post(open_scope(admin), {"query": "%", "search": "1"})

    assert answer.text.count("Nothing found.") == 2


def test_clear_takes_every_tick_away(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    answer = admin.post(open_scope(admin), {"group": "1", "user": "1", "clear": "1"}, htmx=True)

    assert ticked(answer) == set()
    assert "Nobody chosen yet" in answer.text


@pytest.mark.parametrize("number", ["7", "-1", "x", "99999999999999999999", "9" * 5000, "٣"])
def test_unknown_ids_are_ignored(admin: Visitor, number: str) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    page = open_scope(admin)

    admin.post(page, {"group": [number, "1"], "user": [number], "done": "1"})

    assert drafted(admin) == ([1], [])


def test_deleted_users_and_groups_are_not_offered_and_do_not_count(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales",))
    page = open_scope(admin)
    admin.post("/users/2/delete")

    answer = admin.post(page, {"group": "1", "user": "2"})

    assert ticked(answer) == {("group", "1")}
    assert "<b>1 user</b>" in answer.text


def test_of_ten_thousand_users_the_first_are_shown_and_the_others_found(admin: Visitor) -> None:
    make_users(admin.app, *(f"User {number:05}" for number in range(10_000)))
    page = open_scope(admin)

    everyone = admin.get(page).text
    assert "Showing the first 50. Search for others." in everyone
    assert "10000 users, 0 groups found" in everyone
    found = admin.post(page, {"user": ["1", "9999"], "query": "09998", "search": "1"})
    assert "User 09998" in found.text
    assert ticked(found) == {("user", "1"), ("user", "9999")}
    everybody = [str(number) for number in range(1, 10_001)]
    chosen = admin.post(page, {"user": everybody, "done": "1"}, follow_redirects=True)
    assert "10,000 users" in chosen.text.replace("10000 users", "10,000 users")
    people = admin.get("/users/?p=9999").text
    assert "User 09999" in people


def test_the_button_of_the_step_leads_to_the_page_and_keeps_what_was_typed(admin: Visitor) -> None:
    page = str(admin.post("/connections/new").location)

    answer = admin.send(page, {"name": "Acme", "action": "scope"})

    assert answer.request.path.endswith("/scope")
    assert form_fields(admin.get(page).text)["name"] == "Acme"


def test_an_unknown_setup_is_a_page_that_says_so(admin: Visitor) -> None:
    assert admin.get("/setup/7/scope").status_code == 404
    assert admin.post("/setup/7/scope").status_code == 404


def test_a_setup_that_was_discarded_takes_no_choice(admin: Visitor) -> None:
    make_users(admin.app, "Anna")
    page = open_scope(admin)
    admin.post(page.replace("/scope", "/discard"))

    answer = admin.post(page, {"user": "1", "done": "1"}, follow_redirects=True)

    assert answer.request.path == "/"
    assert drafted(admin) == ([], [])
