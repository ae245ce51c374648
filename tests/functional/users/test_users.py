"""Users and groups: users and groups by hand."""

from __future__ import annotations

import pytest

from tests.factories import Visitor, form_fields, make_connection, make_connector, make_users
from tests.steps import users
from wizard.models import ScopeEntry


def test_an_empty_directory_says_how_to_fill_it(admin: Visitor) -> None:
    page = admin.get("/users/").text

    assert "No users yet. Add them one by one, or import them" in page
    assert "No groups yet." in page


def test_a_group_and_a_user_in_it_are_added_by_hand(admin: Visitor) -> None:
    group = admin.send("/users/groups/new", {"name": " Sales "})
    assert "Sales is saved." in group.text

    answer = admin.send("/users/new", {"name": "Anna Lind", "username": "anna", "groups": "1"})

    assert "Anna Lind is saved." in answer.text
    assert users(admin) == {"anna": ["Sales"]}


def test_a_user_is_changed_and_leaves_a_group(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    page = "/users/1"
    fields = form_fields(admin.get(page).text)
    assert fields == {"name": "Anna", "username": "anna", "groups": "1", "version": fields["version"]}

    admin.post(page, {"name": "Anna Lind", "username": "anna", "version": fields["version"]})

    assert users(admin) == {"anna": []}
    assert "Anna Lind" in admin.get("/users/").text


def test_a_group_is_renamed(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    admin.send("/users/groups/1", {"name": "Sales North"})

    assert users(admin) == {"anna": ["Sales North"]}


def test_names_are_needed_and_limited(admin: Visitor) -> None:
    empty = admin.send("/users/new", {"name": " ", "username": ""})
    long = admin.send("/users/groups/new", {"name": "x" * 255})

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Enter a name." in empty.text
    assert "Enter the user name in SuperOffice." in empty.text
    assert "254 characters at most" in long.text
    assert form_fields(long.text)["name"] == "x" * 255


@pytest.mark.parametrize("username", ["ANNA", " anna ", "\uff41nna"])
def test_a_user_name_that_differs_only_in_case_width_or_space_is_taken(admin: Visitor, username: str) -> None:
    make_users(admin.app, "Anna")

    answer = admin.send("/users/new", {"name": "Another Anna", "username": username})

    assert answer.status_code == 422
    assert "Another user has this user name." in answer.text
    assert form_fields(answer.text)["name"] == "Another Anna"


def test_changing_a_user_to_a_taken_user_name_changes_nothing(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob")

    answer = admin.send("/users/2", {"name": "Robert", "username": "Anna"})

    assert answer.status_code == 422
    assert set(users(admin)) == {"anna", "bob"}
    assert "Robert" not in admin.get("/users/").text


def test_a_group_name_that_differs_only_in_case_is_taken(admin: Visitor) -> None:
    make_users(admin.app, groups=("Sales",))

    answer = admin.send("/users/groups/new", {"name": "SALES"})

    assert answer.status_code == 422
    assert "Another group has this name." in answer.text


@pytest.mark.parametrize("group", ["abc", "99999999999999999999", "7"])
def test_a_forged_group_is_not_joined(admin: Visitor, group: str) -> None:
    admin.post("/users/new", {"name": "Anna", "username": "anna", "groups": group})

    assert users(admin) in ({}, {"anna": []})


def test_users_are_searched_by_name_and_by_user_name(admin: Visitor) -> None:
    make_users(admin.app, "Anna Lind", "Bob 50%")

    assert "Bob" not in admin.get("/users/?q=LIND").text
    assert "Bob 50%" in admin.get("/users/?q=50%25").text
    assert "Nothing found." in admin.get("/users/?q=_nna").text


def test_a_user_is_deleted_and_taken_back(admin: Visitor) -> None:
    make_users(admin.app, "Anna")

    gone = admin.post("/users/1/delete", follow_redirects=True)

    assert "Anna is deleted." in gone.text
    assert 'action="/users/1/restore"' in gone.text
    assert users(admin) == {}
    assert "Anna" in admin.get("/users/?d=1").text
    back = admin.post("/users/1/restore", follow_redirects=True)
    assert "Anna is restored." in back.text
    assert set(users(admin)) == {"anna"}


def test_a_group_is_deleted_and_taken_back_with_its_members(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    gone = admin.post("/users/groups/1/delete", follow_redirects=True)

    assert "Sales is deleted." in gone.text
    assert "Sales" not in admin.get("/users/").text
    assert "Sales is restored." in admin.post("/users/groups/1/restore", follow_redirects=True).text
    assert users(admin) == {"anna": ["Sales"]}


@pytest.mark.parametrize(("path", "name"), [("/users", "Anna"), ("/users/groups", "Sales")])
def test_what_a_scope_names_is_not_deleted_and_the_connection_is_named(admin: Visitor, path: str, name: str) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    entries = [ScopeEntry(user_id=1), ScopeEntry(group_id=1)]
    make_connection(admin.app, make_connector(admin.app), "Acme Norway", all_access=False, scope_entries=entries)

    answer = admin.post(f"{path}/1/delete", follow_redirects=True)

    assert f"{name} is not deleted: the scope of Acme Norway needs it." in answer.text
    assert users(admin) == {"anna": ["Sales"]}


@pytest.mark.parametrize(("path", "name"), [("/users", "Anna"), ("/users/groups", "Sales")])
def test_what_is_deleted_cannot_come_back_under_a_name_that_was_taken(admin: Visitor, path: str, name: str) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    admin.post(f"{path}/1/delete")
    admin.post(f"{path}/new", {"name": name, "username": "anna"})

    answer = admin.post(f"{path}/1/restore", follow_redirects=True)

    assert f"{name} is not restored: another one has this name now." in answer.text


@pytest.mark.parametrize("page", ["users/9", "groups/9", "users/99999999999999999999", "groups/x"])
def test_somebody_unknown_is_a_page_that_says_so(admin: Visitor, page: str) -> None:
    answer = admin.get(f"/users/{page}")

    assert answer.status_code == 404
    assert "Page not found" in answer.text


@pytest.mark.parametrize("path", ["/users", "/users/groups"])
def test_a_stale_page_does_not_save_into_what_was_deleted_meanwhile(admin: Visitor, path: str) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    admin.post(f"{path}/1/delete")

    answer = admin.post(f"{path}/1", {"name": "Late", "username": "late"})

    assert answer.status_code == 404
    assert "Late" not in admin.get("/users/?d=1").text


@pytest.mark.parametrize("path", ["/users", "/users/groups"])
def test_delete_and_undo_pressed_twice_do_no_harm(admin: Visitor, path: str) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    twice = [admin.post(f"{path}/1/{deed}", follow_redirects=True) for deed in ("delete", "delete")]
    twice += [admin.post(f"{path}/1/{deed}", follow_redirects=True) for deed in ("restore", "restore")]

    assert [answer.status_code for answer in twice] == [200] * 4
    assert users(admin) == {"anna": ["Sales"]}


def test_somebody_else_s_change_of_a_user_is_shown_and_not_overwritten_unseen(admin: Visitor) -> None:
    make_users(admin.app, "Per", groups=("Sales",))
    form = form_fields(admin.get("/users/1").text)
    admin.send("/users/1", {"name": "Per Hansen"})

    conflict = admin.post("/users/1", form | {"username": "per2"})

    assert conflict.status_code == 409
    assert admin.post("/users/1", {"name": "Unseen", "username": "per"}).status_code == 409
    assert "It is now: Per Hansen, per, Sales." in conflict.text
    assert users(admin) == {"per": ["Sales"]}
    admin.post("/users/1", form_fields(conflict.text))
    assert users(admin) == {"per2": ["Sales"]}


def test_somebody_else_s_change_of_a_group_is_shown_and_not_overwritten_unseen(admin: Visitor) -> None:
    make_users(admin.app, groups=("Sales",))
    form = form_fields(admin.get("/users/groups/1").text)
    admin.send("/users/groups/1", {"name": "Sales North"})

    conflict = admin.post("/users/groups/1", form | {"name": "Sales South"})

    assert conflict.status_code == 409
    assert "It is now: Sales North." in conflict.text
    saved = admin.post("/users/groups/1", form_fields(conflict.text), follow_redirects=True)
    assert "Sales South is saved." in saved.text


@pytest.mark.parametrize("path", ["/users", "/users/groups"])
def test_a_form_that_is_older_than_a_deletion_and_its_undo_is_stale(admin: Visitor, path: str) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    form = form_fields(admin.get(f"{path}/1").text)
    admin.post(f"{path}/1/delete")
    admin.post(f"{path}/1/restore")

    assert admin.post(f"{path}/1", form).status_code == 409


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000])
@pytest.mark.parametrize("path", ["/users", "/users/groups"])
def test_a_forged_version_is_stale(admin: Visitor, path: str, version: str) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    assert admin.send(f"{path}/1", {"version": version}).status_code == 409


def test_the_groups_can_be_jumped_to_from_above_the_users(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales",))

    page = admin.get("/users/").text

    assert '<a href="#users">2 users</a>' in page
    assert '<a href="#groups">1 group</a>' in page


def test_a_user_name_with_a_character_that_nobody_sees_is_refused(admin: Visitor) -> None:
    answer = admin.send("/users/new", {"name": "Anna Lind", "username": "an\u200bna"})

    assert "There is an invisible character inside." in answer.text
    assert users(admin) == {}
