"""A new password is judged while it is typed, and again by the form, which decides."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from tests.factories import PASSWORD, Visitor, make_account, make_welcome_path, sign_in
from tests.functional.accounts.signing_in import login

WEAK = "superoffice2026"


def judged(person: Visitor, password: str, **words: str) -> str:
    answer = person.post("/password", {"password": password, **words}, htmx=True)
    assert answer.status_code == 200
    return answer.text


def test_it_is_said_in_words_while_it_is_typed(admin: Visitor) -> None:
    assert "Use 12 characters or more." in judged(admin, "short")
    assert "Too easy to guess. It is a very common password." in judged(admin, "password1234")
    assert "Very hard to guess." in judged(admin, PASSWORD)
    assert judged(admin, "").strip() == ""


def test_an_answer_that_comes_after_a_sign_in_does_not_undo_it(visitor: Visitor) -> None:
    """The browser has sent the request without a session, and takes the cookie of whichever answer comes last."""
    answer = visitor.post("/password", {"password": PASSWORD}, htmx=True)

    assert "Set-Cookie" not in answer.headers


def test_an_answer_that_overlaps_with_the_first_page_after_a_sign_in_leaves_its_token_valid(
    app: Flask, visitor: Visitor
) -> None:
    """The page of the sign-in sends it while the browser waits for the next one; both have the same, new session."""
    make_account(app, "Ola")
    old = visitor.token
    login(visitor, "Ola")
    signed_in = visitor.client.get_cookie("session").value
    token = visitor.token
    visitor.client.set_cookie("session", signed_in)

    late = visitor.client.post("/password", data={"csrf_token": old}, headers={"HX-Request": "true"})

    assert late.status_code == 400
    assert visitor.client.post("/setup/new", data={"csrf_token": token}).status_code == 303


def test_the_account_s_own_words_count(app: Flask, admin: Visitor, visitor: Visitor) -> None:
    assert "It is made of your name" in judged(admin, "Ingrid Berg 2024!")
    assert "It is made of your name" in judged(visitor, "Ola Nordmann 2024!", name="Ola Nordmann", username="x")
    assert "ard to guess." in judged(visitor, "Ola Nordmann 2024!")


def test_an_easy_password_is_refused_by_each_form(app: Flask, admin: Visitor) -> None:
    weak = {"password": WEAK, "again": WEAK}
    stranger = Visitor(app, app.test_client())

    own = admin.send("/account", weak | {"current": PASSWORD})
    link = stranger.send(make_welcome_path(app, "Ingrid Berg"), weak)

    for answer in (own, link):
        assert answer.status_code == 422
        assert "Too easy to guess." in answer.text
    assert login(stranger, "Ingrid Berg") == 303


def test_the_first_administrator_s_own_name_is_no_password(app: Flask, visitor: Visitor) -> None:
    typed = {"name": "Ola Nordmann", "username": "ola", "password": "Ola Nordmann 2024!", "again": "Ola Nordmann 2024!"}
    assert "It is made of your name" in visitor.send(make_welcome_path(app), typed).text


def test_the_words_are_in_the_reader_s_language(app: Flask) -> None:
    assert "Te gemakkelijk te raden." in judged(sign_in(app, "Kees", "nl"), "password1234")


def test_it_is_judged_so_many_times_a_minute(throttled: Flask) -> None:
    make_account(throttled, "Ola")
    person = Visitor(throttled, throttled.test_client())
    token = {"csrf_token": person.token, "password": "short"}
    sent = [person.client.post("/password", data=token).status_code for _ in range(61)]
    assert (sent[59], sent[60]) == (200, 204)


def test_a_password_is_neither_shown_nor_logged_when_it_is_judged(
    admin: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = judged(admin, WEAK)
    assert WEAK not in page
    assert WEAK not in caplog.text


def test_it_takes_a_token(app: Flask) -> None:
    assert app.test_client().post("/password", data={"password": WEAK}).status_code == 400
