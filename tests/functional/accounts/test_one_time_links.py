"""One-time links: the first administrator, and a new password for an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import PASSWORD, Visitor, form_fields, in_app, make_account, make_welcome_path, sign_in
from tests.functional.accounts.signing_in import NEW, deeds, is_in, login
from wizard.extensions import db
from wizard.models import Account, LoginLink
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.server.first_link import welcome_link

FIRST = {"name": "Ingrid Berg", "username": "ingrid", "password": PASSWORD, "again": PASSWORD}


def test_the_one_time_link_creates_the_first_administrator_and_signs_in(app: Flask, visitor: Visitor) -> None:
    answer = visitor.send(make_welcome_path(app), FIRST)

    assert answer.request.path == "/"
    assert "Ingrid Berg" in answer.text
    account = in_app(app, lambda: db.session.scalar(select(Account)))
    assert (account.username, account.role) == ("ingrid", "administrator")
    assert account.password_hash.startswith("$argon2id$")
    assert deeds(app) == [("Ingrid Berg (ingrid)", "account.created", "ingrid")]


def test_the_link_works_once(app: Flask, visitor: Visitor) -> None:
    link = make_welcome_path(app)
    visitor.send(link, FIRST)

    again = Visitor(app, app.test_client()).get(link)

    assert again.status_code == 404
    assert "This link does not work any more" in again.text


def test_only_the_hash_of_a_link_is_kept(app: Flask) -> None:
    token = make_welcome_path(app).rpartition("/")[2]
    link = in_app(app, lambda: db.session.scalar(select(LoginLink)))
    assert token not in str(vars(link))


def test_a_link_ends_after_an_hour(app: Flask, visitor: Visitor) -> None:
    path = make_welcome_path(app)
    with app.app_context(), writing():
        link = db.session.scalars(select(LoginLink)).one()
        assert timedelta(minutes=59) < link.expires_at - now() <= timedelta(hours=1)
        link.expires_at = now() - timedelta(seconds=1)
        db.session.commit()

    assert visitor.get(path).status_code == 404
    assert visitor.post(path, FIRST).status_code == 404


def test_a_link_that_does_not_work_says_how_to_get_another(app: Flask, visitor: Visitor) -> None:
    before = visitor.get("/welcome/x")
    make_account(app, "Ola")
    after = visitor.get("/welcome/x")

    assert before.status_code == after.status_code == 404
    assert "<code>erp-wizard login-link</code>" in before.text
    assert "<code>erp-wizard login-link USERNAME</code>" in after.text


def test_no_link_for_a_first_administrator_works_once_there_is_an_account(app: Flask, visitor: Visitor) -> None:
    path = make_welcome_path(app)
    make_account(app, "Somebody")
    assert visitor.get(path).status_code == 404
    assert welcome_link(app, "") is None


def test_two_processes_that_start_at_once_both_print_a_link_that_works(app: Flask, visitor: Visitor) -> None:
    first, second = make_welcome_path(app), make_welcome_path(app)
    assert visitor.get(first).status_code == visitor.get(second).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"name": "  "}, "Enter your name."),
        ({"username": ""}, "Enter a user name."),
        ({"username": "x" * 255}, "Too long: 254 characters at most."),
        ({"name": "x" * 255}, "Too long: 254 characters at most."),
        ({"password": "", "again": ""}, "Enter a password."),
        ({"password": "eleven char", "again": "eleven char"}, "Use 12 characters or more."),
        ({"again": PASSWORD.upper()}, "The two passwords differ."),
    ],
)
def test_a_wrong_first_administrator_is_shown_as_typed_without_the_passwords(
    app: Flask, visitor: Visitor, wrong: dict[str, str], text: str
) -> None:
    path = make_welcome_path(app)

    answer = visitor.send(path, FIRST | wrong)

    assert answer.status_code == 422
    assert text in answer.text
    rendered = form_fields(answer.text)
    typed = FIRST | wrong
    assert (rendered["name"], rendered["username"]) == (typed["name"].strip(), typed["username"])
    assert (rendered["password"], rendered["again"]) == ("", "")
    assert PASSWORD not in answer.text
    assert visitor.send(path, FIRST).status_code == 200


@pytest.mark.parametrize(
    "name", ["Ærlig Ødegård", "山田 太郎", "<script>alert(1)</script>", "x" * 254, "می\N{ZERO WIDTH NON-JOINER}خواهم"]
)
def test_an_odd_name_is_kept_and_shown_as_text(app: Flask, visitor: Visitor, name: str) -> None:
    home = visitor.send(make_welcome_path(app), FIRST | {"name": f" {name} "}).text

    assert in_app(app, lambda: db.session.scalar(select(Account.name))) == name
    assert "<script>alert" not in home


def test_a_link_for_an_account_sets_a_new_password_and_ends_its_sessions(app: Flask) -> None:
    elsewhere = sign_in(app, "Ola")
    person = Visitor(app, app.test_client())
    path = make_welcome_path(app, "ola")
    assert "For Ola." in person.get(path).text

    answer = person.send(path, {"password": NEW, "again": NEW})

    assert answer.request.path == "/"
    assert is_in(person)
    assert not is_in(elsewhere)
    assert login(elsewhere, "Ola") == 422
    assert login(elsewhere, "Ola", NEW) == 303
    assert person.get(path).status_code == 404
    noted = [deed[1:] for deed in deeds(app)]
    assert noted[:2] == [("account.link_made", "Ola"), ("account.password_changed", "Ola")]


def test_a_new_link_for_an_account_ends_the_one_before(app: Flask, visitor: Visitor) -> None:
    make_account(app, "Ola")
    first, second = make_welcome_path(app, "Ola"), make_welcome_path(app, "Ola")
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200


def test_a_new_password_by_link_has_to_be_long_enough(app: Flask, visitor: Visitor) -> None:
    make_account(app, "Ola")
    path = make_welcome_path(app, "Ola")

    answer = visitor.send(path, {"password": "short", "again": "short"})

    assert answer.status_code == 422
    assert "Use 12 characters or more." in answer.text
    assert visitor.send(path, {"password": NEW, "again": NEW}).status_code == 200
