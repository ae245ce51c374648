"""How often a password or a link can be guessed before it is slowed down."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.factories import PASSWORD, Visitor, close, make_account, make_app, sign_in
from tests.functional.accounts.signing_in import NEW, deeds, is_in, login
from wizard.services.accounts import passwords

pytestmark = pytest.mark.no_cover


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


def test_a_browser_that_signed_in_before_is_let_through_when_others_have_guessed_too_often(
    throttled: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account(throttled, "Ola")
    make_account(throttled, "Kari")
    known, stranger = at(throttled, "192.0.2.200"), at(throttled, "192.0.2.201")
    login(known, "Ola")
    login(stranger, "Kari")
    monkeypatch.setattr(passwords, "verify_password", lambda *_: False)  # it takes its time, on purpose
    for number in range(10):
        guesser = at(throttled, f"192.0.2.{number}")
        assert {login(guesser, "Ola", "a wrong password") for _ in range(10)} == {422}
    monkeypatch.undo()

    for visitor in (known, stranger):
        visitor.client.delete_cookie("session")

    assert login(stranger, "Ola") == 429
    assert login(known, "Ola") == 303
    assert [login(known, "Ola", "a wrong password") for _ in range(11)] == [422] * 10 + [429]


def test_a_made_up_cookie_makes_no_known_browser(throttled: Flask) -> None:
    make_account(throttled, "Ola")
    guesser = at(throttled, "192.0.2.1")
    guesser.client.set_cookie("browser", "eyJpZCI6IngifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert [login(guesser, "Ola", "a wrong password") for _ in range(11)] == [422] * 10 + [429]


def test_the_addresses_of_one_ipv6_network_count_together(throttled: Flask) -> None:
    make_account(throttled, "Ola")
    tried = [login(at(throttled, f"2001:db8:1:2::{number:x}"), "Ola", "a wrong password") for number in range(11)]
    assert tried == [422] * 10 + [429]
    assert login(at(throttled, "2001:db8:1:3::1"), "Ola") == 303


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
