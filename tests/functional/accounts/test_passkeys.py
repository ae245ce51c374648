"""Passkeys: what is accepted, and what is refused however it was made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.factories import Visitor, in_app, make_account, sign_in
from tests.factories.second_factor import ORIGIN, Authenticator, set_up_app
from tests.functional.accounts.signing_in import deeds, is_in, login
from wizard.extensions import db
from wizard.models import AccountFactor, Passkey
from wizard.models.columns import now
from wizard.models.database import writing

PAGE = "/account/second-factor/"
STEP = "/login/second-step"


def create(person: Visitor, authenticator: Authenticator, name: str = "Work laptop", **how: Any) -> Any:
    options = person.post(PAGE + "passkeys/options").json
    return person.post(PAGE + "passkeys", {"name": name, "credential": authenticator.create(options, **how)})


def ask(person: Visitor) -> Any:
    return person.post("/login/passkey").json


@pytest.fixture
def key(admin: Visitor) -> Authenticator:
    """The passkey of the administrator, Ingrid Berg."""
    authenticator = Authenticator()
    assert "Your recovery codes" in create(admin, authenticator).text
    return authenticator


@pytest.fixture
def half_in(app: Flask, key: Authenticator) -> Visitor:
    """Somebody who has given Ingrid Berg's password."""
    visitor = Visitor(app, app.test_client())
    login(visitor, "Ingrid Berg")
    return visitor


def stored(app: Flask) -> list[Passkey]:
    return in_app(app, lambda: list(db.session.scalars(select(Passkey).order_by(Passkey.id))))  # type: ignore[no-any-return]


def test_a_passkey_signs_in(app: Flask, half_in: Visitor, key: Authenticator) -> None:
    assert not is_in(half_in)
    answer = half_in.post(STEP, {"credential": key.get(ask(half_in))})
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_in(half_in)
    (passkey,) = stored(app)
    assert (passkey.sign_count, passkey.name, passkey.rp_id) == (1, "Work laptop", "localhost")
    assert passkey.last_used_at is not None


def test_the_browser_is_asked_to_verify_who_uses_the_passkey(admin: Visitor, half_in: Visitor) -> None:
    options = admin.post(PAGE + "passkeys/options").json
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["rp"]["id"] == "localhost"
    assert len(options["excludeCredentials"]) == 1
    assert ask(half_in)["userVerification"] == "required"


FORGERIES: dict[str, Callable[[Authenticator, Any], str]] = {
    "another site": lambda key, options: key.get(options, origin="http://evil.example"),
    "another port": lambda key, options: key.get(options, origin=ORIGIN + ":8001"),
    "the answer to a registration": lambda key, options: key.get(options, kind="webauthn.create"),
    "nobody was there": lambda key, options: key.get(options, flags=0x04),
    "nobody was verified": lambda key, options: key.get(options, flags=0x01),
    "a challenge of its own": lambda key, options: key.get(options | {"challenge": "AAAA"}),
    "another key": lambda key, options: Authenticator(key.id).get(options),
    "another passkey": lambda key, options: Authenticator(b"another").get(options),
    "a made-up signature": lambda key, options: key.get(options).replace('"signature": "', '"signature": "AAAA'),
    "no JSON": lambda key, options: "{",
    "a list": lambda key, options: "[]",
    "no response": lambda key, options: '{"id": "x", "rawId": "x", "type": "public-key"}',
    "a number": lambda key, options: "1",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_answer_is_refused_and_the_right_one_still_accepted(
    app: Flask, half_in: Visitor, key: Authenticator, forgery: str
) -> None:
    answer = half_in.post(STEP, {"credential": FORGERIES[forgery](key, ask(half_in))})

    assert answer.status_code == 422
    assert "The passkey was not accepted." in answer.text
    assert not is_in(half_in)
    assert deeds(app)[-1] == ("", "account.second_factor_failed", "Ingrid Berg")
    assert half_in.post(STEP, {"credential": key.get(ask(half_in))}).status_code == 303


def test_an_answer_that_was_used_is_refused_even_with_the_cookie_it_was_used_with(
    app: Flask, half_in: Visitor, key: Authenticator
) -> None:
    answer = key.get(ask(half_in))
    copy = app.test_client()
    copy.set_cookie("session", half_in.client.get_cookie("session").value)
    with app.app_context(), writing():  # most passkeys do not count
        db.session.execute(update(Passkey).values(sign_count=-1))
        db.session.commit()
    assert half_in.post(STEP, {"credential": answer}).status_code == 303
    with app.app_context(), writing():
        db.session.execute(update(Passkey).values(sign_count=-1))
        db.session.commit()

    thief = Visitor(app, copy)

    assert thief.post(STEP, {"credential": answer}).status_code == 422
    assert not is_in(thief)


def test_a_refused_answer_ends_the_challenge_too(half_in: Visitor, key: Authenticator) -> None:
    options = ask(half_in)
    half_in.post(STEP, {"credential": key.get(options, flags=0x01)})
    assert half_in.post(STEP, {"credential": key.get(options)}).status_code == 422


def test_a_challenge_ends_after_five_minutes(app: Flask, half_in: Visitor, key: Authenticator) -> None:
    answer = key.get(ask(half_in))
    with app.app_context(), writing():
        db.session.execute(update(AccountFactor).values(challenge_until=now() - timedelta(seconds=1)))
        db.session.commit()
    assert half_in.post(STEP, {"credential": answer}).status_code == 422


def test_a_cloned_passkey_is_noticed_by_its_sign_count(app: Flask, half_in: Visitor, key: Authenticator) -> None:
    clone = Authenticator(key.id)
    clone.key = key.key
    for _ in range(2):
        login(half_in, "Ingrid Berg")
        assert half_in.post(STEP, {"credential": key.get(ask(half_in))}).status_code == 303
        half_in = Visitor(app, app.test_client())
    login(half_in, "Ingrid Berg")
    assert half_in.post(STEP, {"credential": clone.get(ask(half_in))}).status_code == 422
    assert not is_in(half_in)


def test_the_passkey_of_another_account_is_refused(app: Flask, half_in: Visitor, key: Authenticator) -> None:
    other = Authenticator(b"of Ola")
    create(sign_in(app, "Ola"), other)
    assert half_in.post(STEP, {"credential": other.get(ask(half_in))}).status_code == 422
    assert not is_in(half_in)


@pytest.mark.parametrize(
    "how", [{"origin": "http://evil.example"}, {"flags": 0x41}, {"flags": 0x44}], ids=["origin", "verified", "present"]
)
def test_a_forged_new_passkey_is_refused(app: Flask, admin: Visitor, how: dict[str, Any]) -> None:
    answer = create(admin, Authenticator(), **how)
    assert answer.status_code == 422
    assert "The passkey was not accepted. Try again." in answer.text
    assert 'value="Work laptop"' in answer.text
    assert stored(app) == []


def test_a_new_passkey_for_another_host_or_of_another_account_is_refused(
    app: Flask, admin: Visitor, key: Authenticator
) -> None:
    assert create(admin, Authenticator(b"other", rp_id="evil.example")).status_code == 422
    assert create(sign_in(app, "Ola"), key).status_code == 422
    assert len(stored(app)) == 1


def test_several_passkeys_have_names_that_can_be_changed(app: Flask, admin: Visitor, key: Authenticator) -> None:
    assert create(admin, Authenticator(b"second"), name="Security key").location == PAGE
    admin.post(PAGE + "passkeys/2/name", {"name": " Blue key "})
    page = admin.post(PAGE + "passkeys/2/name", {"name": ""}, follow_redirects=True).text
    assert "Enter a name." in page
    assert [passkey.name for passkey in stored(app)] == ["Work laptop", "Blue key"]
    assert "2 passkeys" in admin.get("/accounts/").text


def test_a_removed_passkey_does_not_sign_in(app: Flask, admin: Visitor, half_in: Visitor, key: Authenticator) -> None:
    create(admin, Authenticator(b"second"))
    admin.post(PAGE + "passkeys/1/remove")
    assert half_in.post(STEP, {"credential": key.get(ask(half_in))}).status_code == 422


@pytest.mark.parametrize("what", ["remove", "name"])
def test_nobody_touches_the_passkey_of_somebody_else(app: Flask, key: Authenticator, what: str) -> None:
    ola = sign_in(app, "Ola")
    assert ola.post(f"{PAGE}passkeys/1/{what}", {"name": "Mine"}).status_code == 404
    assert [passkey.name for passkey in stored(app)] == ["Work laptop"]


def test_a_passkey_works_at_its_own_host_only_and_the_page_says_so(
    app: Flask, admin: Visitor, half_in: Visitor, key: Authenticator
) -> None:
    with app.app_context(), writing():
        db.session.execute(update(Passkey).values(rp_id="old.example"))
        db.session.commit()
    assert "Works at old.example only." in admin.get(PAGE).text
    page = half_in.get(STEP).text
    assert "Use a passkey" not in page
    assert "Recovery code" in page


def test_over_plain_http_the_page_says_what_passkeys_need(app: Flask, admin: Visitor) -> None:
    assert "Add a passkey" in admin.get(PAGE).text
    admin.client.set_cookie("session", admin.client.get_cookie("session").value, domain="127.0.0.1")
    page = admin.client.get(PAGE, base_url="http://127.0.0.1").text
    assert "Passkeys need https://" in page
    assert "Add a passkey" not in page


def test_a_passkey_needs_a_name(app: Flask, admin: Visitor) -> None:
    assert create(admin, Authenticator(), name=" ").status_code == 422
    assert stored(app) == []


def test_a_passkey_beside_an_app_leaves_the_recovery_codes(app: Flask, admin: Visitor) -> None:
    set_up_app(app, 1)
    assert create(admin, Authenticator()).location == PAGE
    assert "10 of 10 left" in admin.get(PAGE).text


def test_passkeys_of_nobody_are_not_asked_for(app: Flask, visitor: Visitor) -> None:
    set_up_app(app, make_account(app, "Ola"))
    login(visitor, "Ola")
    assert "Use a passkey" not in visitor.get(STEP).text
    assert ask(visitor)["allowCredentials"] == []
