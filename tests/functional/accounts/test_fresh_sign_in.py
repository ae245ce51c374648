"""Sensitive acts ask to sign in again when that is long ago, and go on with what was typed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import PASSWORD, Visitor, form_fields, in_app, says, sign_in
from tests.factories.second_factor import Authenticator, code_of, set_up_app
from tests.functional.accounts.signing_in import is_in
from wizard.extensions import db
from wizard.models import Account

NEW = {"name": "Kari <Nordmann>", "username": "kari", "role": "reader"}
ASKS = "Confirm that it is you"


@pytest.fixture
def stale(admin: Visitor) -> Visitor:
    """The administrator, who signed in a while ago."""
    return grow_stale(admin)


def grow_stale(person: Visitor) -> Visitor:
    with person.client.session_transaction() as session:
        session["confirmed_at"] -= 601
    return person


def names(app: Flask) -> list[str]:
    return in_app(app, lambda: list(db.session.scalars(select(Account.name).order_by(Account.id))))  # type: ignore[no-any-return]


def test_what_was_typed_is_kept_and_goes_on_after_the_password(app: Flask, stale: Visitor) -> None:
    page = stale.post("/accounts/new", NEW)
    assert ASKS in page.text
    assert names(app) == ["Ingrid Berg"]
    kept = form_fields(page.text)
    assert {name: kept[name] for name in NEW} == NEW

    answer = stale.post("/accounts/new", kept | {"confirm_password": PASSWORD})

    assert "A one-time link for Kari &lt;Nordmann&gt;" in answer.text
    assert names(app) == ["Ingrid Berg", "Kari <Nordmann>"]


def test_a_wrong_password_is_refused_and_what_was_typed_still_kept(app: Flask, stale: Visitor) -> None:
    kept = form_fields(stale.post("/accounts/new", NEW).text)
    answer = stale.post("/accounts/new", kept | {"confirm_password": "a guess"})
    assert answer.status_code == 422
    assert "This is not your password." in answer.text
    assert "a guess" not in answer.text
    assert form_fields(answer.text)["username"] == "kari"
    assert names(app) == ["Ingrid Berg"]


def test_once_confirmed_it_is_not_asked_again_for_ten_minutes(app: Flask, stale: Visitor) -> None:
    kept = form_fields(stale.post("/accounts/new", NEW).text)
    stale.post("/accounts/new", kept | {"confirm_password": PASSWORD})
    assert ASKS not in stale.post("/accounts/2/link").text
    assert ASKS in grow_stale(stale).post("/accounts/2/link").text


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/new",
        "/accounts/1",
        "/accounts/1/link",
        "/accounts/1/sign-out",
        "/accounts/1/second-factor/reset",
        "/accounts/second-factor",
        "/account/sessions/1/end",
        "/account/sessions/end-others",
        "/account/second-factor/app/begin",
        "/account/second-factor/app",
        "/account/second-factor/app/remove",
        "/account/second-factor/codes",
        "/account/second-factor/passkeys",
        "/account/second-factor/passkeys/1/name",
        "/account/second-factor/passkeys/1/remove",
    ],
)
def test_every_sensitive_act_asks(stale: Visitor, path: str) -> None:
    assert ASKS in stale.post(path).text
    assert is_in(stale)


def test_reading_does_not_ask(stale: Visitor) -> None:
    for path in ("/accounts/", "/accounts/1", "/accounts/new", "/account", "/account/second-factor/", "/users/"):
        assert ASKS not in stale.get(path).text, path


def test_a_page_that_shows_a_secret_opens_after_it(app: Flask, admin: Visitor) -> None:
    admin.post("/account/second-factor/app/begin")
    page = grow_stale(admin).get("/account/second-factor/app")
    assert ASKS in page.text
    assert "<svg" not in page.text.partition("<main")[2].replace('<svg class="icon', "")

    answer = admin.post(page.request.path, form_fields(page.text) | {"confirm_password": PASSWORD})

    assert (answer.status_code, answer.location) == (303, "/account/second-factor/app")
    assert "Scan the picture" in admin.get(answer.location).text


def test_the_second_factor_is_asked_for_too(app: Flask, admin: Visitor) -> None:
    secret, codes = set_up_app(app, 1)
    kept = form_fields(grow_stale(admin).post("/accounts/new", NEW).text) | {"confirm_password": PASSWORD}

    assert "This code is not right." in admin.post("/accounts/new", kept).text
    assert admin.post("/accounts/new", kept | {"confirm_code": "000000"}).status_code == 422
    assert names(app) == ["Ingrid Berg"]
    assert "A one-time link" in admin.post("/accounts/new", kept | {"confirm_code": code_of(secret)}).text
    page = grow_stale(admin).post("/accounts/2/sign-out", kept | {"confirm_code": codes[0]}, follow_redirects=True)
    assert "You used a recovery code. 9 are left." in says(page.text)


def test_a_passkey_confirms_with_the_password(app: Flask, admin: Visitor) -> None:
    key = Authenticator()
    options = admin.post("/account/second-factor/passkeys/options").json
    admin.post("/account/second-factor/passkeys", {"name": "Laptop", "credential": key.create(options)})
    page = grow_stale(admin).post("/accounts/new", NEW).text
    assert "Use a passkey" in page
    kept = form_fields(page) | {"confirm_credential": key.get(admin.post("/login/passkey").json)}

    assert admin.post("/accounts/new", kept).status_code == 422
    kept |= {"confirm_password": PASSWORD, "confirm_credential": key.get(admin.post("/login/passkey").json)}
    assert "A one-time link" in admin.post("/accounts/new", kept).text


def test_the_name_of_a_new_passkey_is_kept_while_it_is_asked(app: Flask, stale: Visitor) -> None:
    assert stale.post("/account/second-factor/passkeys/options").status_code == 401
    page = stale.post("/account/second-factor/passkeys", {"name": "Work laptop", "credential": ""})
    kept = form_fields(page.text) | {"confirm_password": PASSWORD}

    answer = stale.post("/account/second-factor/passkeys", kept)

    assert form_fields(answer.text)["name"] == "Work laptop"
    assert "Press Add a passkey once more." in answer.text


def test_guessing_the_password_of_an_open_session_is_slowed_down_over_all_acts(throttled: Flask) -> None:
    person = grow_stale(sign_in(throttled, "Ingrid Berg"))
    guess = {"confirm_password": "a guess"}
    paths = ["/accounts/new", "/accounts/1/link"] * 5
    assert {person.post(path, guess).status_code for path in paths} == {422}
    assert person.post("/accounts/1/sign-out", {"confirm_password": PASSWORD}).status_code == 429
    assert is_in(person)
