"""Signing in and out, and changing the own password."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.factories import PASSWORD, Visitor, form_fields, make_account, says, sign_in
from tests.functional.accounts.signing_in import NEW, deeds, is_in, login
from wizard.domain.accounts import Role
from wizard.extensions import db
from wizard.models import Account
from wizard.models.columns import now
from wizard.models.database import writing


@pytest.mark.parametrize("typed", ["Ola Nordmann", "ola nordmann", "  OLA  NORDMANN "])
def test_case_and_spaces_of_a_user_name_do_not_count(app: Flask, visitor: Visitor, typed: str) -> None:
    make_account(app, "Ola Nordmann")
    assert login(visitor, typed) == 303
    assert is_in(visitor)


@pytest.mark.parametrize(
    ("username", "password", "text"),
    [
        ("Ola", "wrong password", "The user name or password is wrong."),
        ("Nobody", PASSWORD, "The user name or password is wrong."),
        ("Ola' OR 1=1 --", PASSWORD, "The user name or password is wrong."),
        ("\ud7ff<b>" + "x" * 2000, PASSWORD, "The user name or password is wrong."),
        ("", PASSWORD, "Enter your user name."),
        ("Ola", "", "Enter your password."),
    ],
)
def test_a_wrong_login_is_reported_and_the_password_not_echoed(
    app: Flask, visitor: Visitor, username: str, password: str, text: str
) -> None:
    make_account(app, "Ola")

    answer = visitor.post("/login", {"username": username, "password": password})

    assert answer.status_code == 422
    assert text in answer.text
    assert form_fields(answer.text) == {"username": username, "password": ""}
    assert not is_in(visitor)
    assert login(visitor, "Ola") == 303


def test_an_account_that_is_disabled_cannot_sign_in_and_its_sessions_end(app: Flask, admin: Visitor) -> None:
    with app.app_context(), writing():
        db.session.scalars(select(Account)).one().disabled_at = now()
        db.session.commit()

    assert not is_in(admin)
    assert login(admin, "Ingrid Berg") == 422


def test_logins_are_noted_the_failed_ones_too(app: Flask, visitor: Visitor) -> None:
    make_account(app, "Ola")
    login(visitor, "ola", "wrong password")
    login(visitor, "ola")
    assert deeds(app) == [("", "account.sign_in_failed", "Ola"), ("Ola", "account.signed_in", "Ola")]


def test_after_login_one_is_where_one_was_going(app: Flask, visitor: Visitor) -> None:
    make_account(app, "Ola")
    asked = visitor.get("/users/?q=Ola%20N&page=2")
    assert (asked.status_code, asked.location) == (303, "/login?next=/users/?q%3DOla%2520N%26page%3D2")

    arrived = visitor.post(asked.location, {"username": "Ola", "password": PASSWORD})

    assert arrived.location == "/users/?q=Ola%20N&page=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "",
    ],
)
def test_after_login_nobody_is_led_to_another_site(app: Flask, visitor: Visitor, elsewhere: str) -> None:
    make_account(app, "Ola")
    answer = visitor.post("/login", {"username": "Ola", "password": PASSWORD}, query_string={"next": elsewhere})
    assert (answer.status_code, answer.location) == (303, "/")


def test_who_is_signed_in_already_goes_on(admin: Visitor) -> None:
    answer = admin.get("/login?next=/users/")
    assert (answer.status_code, answer.location) == (303, "/users/")


def test_a_session_from_before_the_login_is_not_kept(app: Flask) -> None:
    make_account(app, "Ola")
    client = app.test_client()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    person = Visitor(app, client)
    before = person.token

    login(person, "Ola")

    with client.session_transaction() as session:
        assert "planted" not in session
    assert person.token != before


def test_signing_out_ends_the_session(admin: Visitor) -> None:
    answer = admin.post("/logout")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert not is_in(admin)


def test_signing_out_takes_a_post(admin: Visitor) -> None:
    assert admin.get("/logout").status_code == 405
    assert is_in(admin)


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(app: Flask, admin: Visitor) -> None:
    other = Visitor(app, app.test_client())
    login(other, "Ingrid Berg")

    answer = admin.send("/account", {"current": PASSWORD, "password": NEW, "again": NEW})

    assert answer.status_code == 200
    assert "Your password is changed." in answer.text
    assert is_in(admin)
    assert not is_in(other)
    assert login(other, "Ingrid Berg", NEW) == 303


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"current": "not this one"}, "This is not your current password."),
        ({"current": ""}, "Enter your current password."),
        ({"password": "short", "again": "short"}, "Use 12 characters or more."),
        ({"again": "something else"}, "The two passwords differ."),
    ],
)
def test_a_password_is_not_changed_by_a_wrong_form(admin: Visitor, wrong: dict[str, str], text: str) -> None:
    answer = admin.send("/account", {"current": PASSWORD, "password": NEW, "again": NEW} | wrong)

    assert answer.status_code == 422
    assert text in answer.text
    assert not any(form_fields(answer.text)[name] for name in ("current", "password", "again"))
    assert login(admin, "Ingrid Berg") == 303


def test_before_there_is_an_account_the_one_time_link_is_asked_for(client: FlaskClient) -> None:
    page = client.get("/", follow_redirects=True).text

    assert "Open the one-time link that was printed when the wizard started." in page
    assert "erp-wizard login-link" in page
    assert "Forgot your password?" not in page
    assert 'name="password"' not in page


def test_whoever_forgot_the_password_is_told_the_whole_command(app: Flask, visitor: Visitor) -> None:
    make_account(app, "Ola")
    page = visitor.get("/login").text

    assert "Forgot your password? An administrator can make a link for a new one" in says(page)
    assert "<code>erp-wizard login-link USERNAME</code>" in page


def test_accounts_are_in_the_bar_for_administrators_only(app: Flask, admin: Visitor) -> None:
    reader = sign_in(app, "Rita Reader", role=Role.READER)

    assert link_to_accounts(admin.get("/").text) == [None]
    assert link_to_accounts(admin.get("/accounts/").text) == ["page"]
    assert link_to_accounts(reader.get("/").text) == []


def link_to_accounts(page: str) -> list[str | None]:
    """Whether each link of the bar says that this is the page."""
    return [each.get("aria-current") for each in html.fromstring(page).xpath("//nav//a[@href='/accounts/']")]
