"""One-time links, signing in and out, the own account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import (
    PASSWORD,
    Visitor,
    close,
    form_fields,
    in_app,
    make_account,
    make_app,
    make_welcome_path,
    sign_in,
)
from wizard.extensions import db
from wizard.models import Account, AuditEvent, LoginLink
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.server.first_link import welcome_link
from wizard.services.accounts import passwords

NEW = "another long password"
FIRST = {"name": "Ingrid Berg", "username": "ingrid", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app, app.test_client())


@pytest.fixture
def throttled(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(template_instance, tmp_path / "throttled", throttled=True)
    yield app
    close(app)


def login(person: Visitor, username: str, password: str = PASSWORD, query: str = "") -> int:
    return person.post("/login" + query, {"username": username, "password": password}).status_code


def is_in(person: Visitor) -> bool:
    return person.get("/account").status_code == 200


def deeds(app: Flask) -> list[tuple[str, str, str]]:
    events = in_app(app, lambda: db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all())
    return [(event.who, event.action, event.subject) for event in events]


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
    shown = form_fields(answer.text)
    typed = FIRST | wrong
    assert (shown["name"], shown["username"]) == (typed["name"].strip(), typed["username"])
    assert (shown["password"], shown["again"]) == ("", "")
    assert PASSWORD not in answer.text
    assert visitor.send(path, FIRST).status_code == 200


@pytest.mark.parametrize(
    "name", ["Ærlig Ødegård", "山田 太郎", "<script>alert(1)</script>", "x" * 254, "Ingrid\N{ZERO WIDTH JOINER}"]
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
def test_a_wrong_login_is_told_and_the_password_not_echoed(
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


def test_a_password_typed_as_user_name_is_neither_noted_nor_logged(
    template_instance: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(template_instance, tmp_path / "throttled", throttled=True)
    visitor = Visitor(app, app.test_client())

    with caplog.at_level("INFO", "flask-limiter"):
        statuses = [login(visitor, "MyPassw0rd!", "x") for _ in range(12)]

    assert statuses[-1] == 429
    assert set(deeds(app)) == {("", "account.sign_in_failed", "")}
    assert "login " in caplog.text
    assert "mypassw0rd" not in caplog.text.lower()
    close(app)


def test_what_is_tried_too_often_is_logged_without_the_key_of_the_session(
    template_instance: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(template_instance, tmp_path / "throttled", throttled=True)
    admin = sign_in(app, "The session's key")
    wrong = {"current": "wrong", "password": NEW, "again": NEW}

    with caplog.at_level("INFO", "flask-limiter"):
        statuses = [admin.post("/account", wrong).status_code for _ in range(11)]

    assert statuses[-1] == 429
    assert "account 1" in caplog.text
    assert "The session's key" not in caplog.text
    close(app)


def test_after_login_one_is_where_one_wanted_to_go(app: Flask, visitor: Visitor) -> None:
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


def test_guessing_a_password_is_slowed_down_by_account(throttled: Flask) -> None:
    make_account(throttled, "Ola")
    guesser = Visitor(throttled, throttled.test_client())
    variants = ["ola", "OLA", " ola ", "Ola", "\N{FULLWIDTH LATIN SMALL LETTER O}la"]
    tried = [login(guesser, name, "a wrong password") for name in variants * 2]
    assert set(tried) == {422}

    refused = guesser.post("/login", {"username": "Ola", "password": PASSWORD})

    assert refused.status_code == 429
    assert "Wait a minute" in refused.text
    assert not is_in(guesser)


def test_guessing_a_password_is_slowed_down_by_address(throttled: Flask) -> None:
    make_account(throttled, "Ola")
    guesser = Visitor(throttled, throttled.test_client())
    assert {login(guesser, f"somebody {number}") for number in range(20)} == {422}
    assert login(guesser, "Ola") == 429
    elsewhere = throttled.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert login(Visitor(throttled, elsewhere), "Ola") == 303


def at(app: Flask, address: str) -> Visitor:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return Visitor(app, client)


def test_nobody_is_shut_out_by_somebody_else_who_guesses(throttled: Flask) -> None:
    make_account(throttled, "Ola")
    guesser = at(throttled, "192.0.2.1")
    assert [login(guesser, "Ola", "a wrong password") for _ in range(11)] == [422] * 10 + [429]
    assert login(at(throttled, "192.0.2.7"), "Ola") == 303


def test_guessing_a_password_from_many_addresses_is_slowed_down(
    throttled: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account(throttled, "Ola")
    monkeypatch.setattr(passwords, "verify_password", lambda *_: False)  # it takes its time, on purpose
    for number in range(10):
        guesser = at(throttled, f"192.0.2.{number}")
        assert {login(guesser, "Ola", "a wrong password") for _ in range(10)} == {422}
    assert login(at(throttled, "192.0.2.10"), "Ola", "a wrong password") == 429


def test_signing_in_rightly_counts_for_no_guess(throttled: Flask) -> None:
    make_account(throttled, "Ola")
    person = Visitor(throttled, throttled.test_client())
    for _ in range(15):
        assert login(person, "Ola") == 303
        person.client.delete_cookie("session")


def test_guessing_the_present_password_is_slowed_down_in_a_session_that_was_left_open(throttled: Flask) -> None:
    guesser = sign_in(throttled, "Ola")
    form = {"current": "a guess", "password": NEW, "again": NEW}
    assert {guesser.post("/account", form).status_code for _ in range(10)} == {422}
    assert guesser.post("/account", form | {"current": PASSWORD}).status_code == 429
    assert is_in(guesser)


def test_guessing_a_link_is_slowed_down(throttled: Flask) -> None:
    client = throttled.test_client()
    assert {client.get(f"/welcome/{number}").status_code for number in range(20)} == {404}
    assert client.get("/welcome/20").status_code == 429


def test_behind_a_proxy_each_person_has_an_own_count(template_instance: Path, tmp_path: Path) -> None:
    app = make_app(template_instance, tmp_path / "proxied", throttled=True, behind_tls=True)
    make_account(app, "Ola")

    def status(address: str) -> int:
        headers = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
        return app.test_client().get("/welcome/x", headers=headers).status_code

    assert {status("192.0.2.1") for _ in range(20)} == {404}
    assert status("192.0.2.1") == 429
    assert status("192.0.2.2") == 404
    close(app)


def test_nobody_can_pretend_an_address_without_a_proxy(throttled: Flask) -> None:
    visits = [throttled.test_client().get("/welcome/x", headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(21)]
    assert visits[-1].status_code == 429
