"""One's own second factor: setting up an app, recovery codes, taking it away."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from tests.factories import PASSWORD, Visitor, form_fields, in_app, make_account, says, sign_in
from tests.factories.second_factor import code_of, forget_used_codes, require_second_factor, set_up_app
from tests.functional.accounts.signing_in import deeds, is_in, login
from wizard.domain.accounts import Role
from wizard.extensions import db
from wizard.models import Account, AccountFactor, Passkey, RecoveryCode, RequiredFor
from wizard.models.database import writing

PAGE = "/account/second-factor/"
APP = "/account/second-factor/app"
STEP = "/login/second-step"


def key_on(page: str) -> str:
    return re.search(r'id="key"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</li>", page)


def test_an_app_is_set_up_with_a_code_and_the_recovery_codes_are_shown_once(app: Flask, admin: Visitor) -> None:
    page = admin.post("/account/second-factor/app/begin", follow_redirects=True)
    assert page.request.path == APP
    assert "<svg" in page.text
    key = key_on(page.text)

    answer = admin.post(APP, {"code": code_of(key)})

    codes = codes_on(answer.text)
    assert len(set(codes)) == 10
    assert "Your authenticator app is set up." in answer.text
    overview = admin.get(PAGE).text
    assert "10 of 10 left" in overview
    assert not any(code in overview for code in codes)
    assert key not in overview
    assert [action for _, action, _ in deeds(app)] == [
        "account.app_added",
        "account.recovery_codes_made",
        "account.signed_out",
    ]


def test_the_key_stays_the_same_while_the_page_is_reloaded_or_a_code_is_wrong(admin: Visitor) -> None:
    first = key_on(admin.post("/account/second-factor/app/begin", follow_redirects=True).text)
    answer = admin.post(APP, {"code": "12"})
    assert answer.status_code == 422
    assert "This code is not right." in answer.text
    assert key_on(answer.text) == key_on(admin.get(APP).text) == first


def test_nothing_is_asked_for_before_the_app_is_confirmed(app: Flask, admin: Visitor) -> None:
    admin.post("/account/second-factor/app/begin")
    other = Visitor(app, app.test_client())
    login(other, "Ingrid Berg")
    assert is_in(other)


def test_the_first_second_factor_ends_the_other_sessions_and_not_this_one(app: Flask, admin: Visitor) -> None:
    other = Visitor(app, app.test_client())
    login(other, "Ingrid Berg")
    key = key_on(admin.post("/account/second-factor/app/begin", follow_redirects=True).text)

    admin.post(APP, {"code": code_of(key)})

    assert is_in(admin)
    assert not is_in(other)


def test_the_secret_is_encrypted_at_rest(app: Flask, admin: Visitor) -> None:
    secret, _ = set_up_app(app, 1)
    stored = in_app(app, lambda: db.session.execute(text("SELECT app_secret FROM account_factor")).scalar())
    assert secret.encode() not in bytes(stored)


def test_another_app_replaces_the_first_once_its_code_is_right_and_keeps_the_recovery_codes(
    app: Flask, admin: Visitor
) -> None:
    old, codes = set_up_app(app, 1)
    new = key_on(admin.post("/account/second-factor/app/begin", follow_redirects=True).text)
    other = Visitor(app, app.test_client())
    login(other, "Ingrid Berg")
    assert other.post(STEP, {"code": code_of(old)}).status_code == 303

    answer = admin.post(APP, {"code": code_of(new)})

    assert answer.location == PAGE
    forget_used_codes(app)
    login(other, "Ingrid Berg")
    assert other.post(STEP, {"code": code_of(old)}).status_code == 422
    assert other.post(STEP, {"code": codes[0]}).status_code == 303


def test_new_recovery_codes_replace_the_old_ones(app: Flask, admin: Visitor) -> None:
    _, old = set_up_app(app, 1)
    new = codes_on(admin.post("/account/second-factor/codes").text)
    other = Visitor(app, app.test_client())
    login(other, "Ingrid Berg")
    assert other.post(STEP, {"code": old[0]}).status_code == 422
    assert other.post(STEP, {"code": new[0]}).status_code == 303


def test_without_a_second_factor_there_are_no_recovery_codes(admin: Visitor) -> None:
    assert admin.post("/account/second-factor/codes").location == PAGE
    assert "Recovery codes" not in admin.get(PAGE).text


def test_the_codes_are_downloaded_as_a_file_and_only_one_s_own(app: Flask, admin: Visitor) -> None:
    set_up_app(app, 1)
    page = admin.post("/account/second-factor/codes").text
    codes = codes_on(page)

    answer = admin.post("/account/second-factor/codes.txt", {"code": codes})

    assert answer.text == "\n".join(codes) + "\n"
    assert answer.headers["Content-Disposition"] == "attachment; filename=recovery-codes.txt"
    assert answer.headers["Cache-Control"] == "no-store"
    assert sign_in(app, "Ola").post("/account/second-factor/codes.txt", {"code": codes}).status_code == 404
    assert admin.post("/account/second-factor/codes.txt", {"code": ["<script>"]}).status_code == 404
    assert admin.post("/account/second-factor/codes.txt").status_code == 404


def test_an_app_that_is_removed_is_not_asked_for_and_its_codes_end(app: Flask, admin: Visitor) -> None:
    set_up_app(app, 1)

    answer = admin.post("/account/second-factor/app/remove", follow_redirects=True)

    assert "Your authenticator app is removed." in answer.text
    assert in_app(app, lambda: db.session.scalars(select(RecoveryCode)).all()) == []
    other = Visitor(app, app.test_client())
    login(other, "Ingrid Berg")
    assert is_in(other)


def test_the_last_second_factor_of_who_needs_one_is_not_removed(app: Flask, admin: Visitor) -> None:
    set_up_app(app, 1)
    require_second_factor(app, 1, RequiredFor.ADMINISTRATORS)

    answer = admin.post("/account/second-factor/app/remove", follow_redirects=True)

    assert "Add another one before you remove this." in answer.text
    other = Visitor(app, app.test_client())
    login(other, "Ingrid Berg")
    assert not is_in(other)


def test_the_account_page_says_whether_there_is_a_second_factor(app: Flask, admin: Visitor) -> None:
    assert "password alone. Off" in says(admin.get("/account").text)
    set_up_app(app, 1)
    assert "password alone. On" in says(admin.get("/account").text)


def test_an_administrator_sees_and_resets_the_second_factor_of_another(app: Flask, admin: Visitor) -> None:
    ola = sign_in(app, "Ola", role=Role.READER)
    set_up_app(app, 2)
    assert "Authenticator app" in admin.get("/accounts/").text
    assert "Reset the second factor" in admin.get("/accounts/2").text

    answer = admin.post("/accounts/2/second-factor/reset", follow_redirects=True)

    assert "Ola has no second factor now and is signed out everywhere." in answer.text
    assert deeds(app)[-1] == ("Ingrid Berg", "account.second_factor_reset", "Ola")
    assert not is_in(ola)
    assert login(ola, "Ola") == 303
    assert is_in(ola)
    assert "Reset the second factor" not in admin.get("/accounts/2").text


def test_what_an_account_had_as_second_factor_goes_with_it(app: Flask) -> None:
    set_up_app(app, make_account(app, "Ola"))
    with app.app_context(), writing():
        db.session.add(Passkey(account_id=1, name="x", rp_id="x", credential_id="x", public_key="x", sign_count=0))
        db.session.flush()
        db.session.execute(delete(Account))
        db.session.commit()
        assert [db.session.scalars(select(model)).all() for model in (AccountFactor, Passkey, RecoveryCode)] == [[]] * 3


@pytest.mark.parametrize(
    ("whom", "role", "led"),
    [
        (RequiredFor.NOBODY, Role.ADMINISTRATOR, False),
        (RequiredFor.ADMINISTRATORS, Role.ADMINISTRATOR, True),
        (RequiredFor.ADMINISTRATORS, Role.READER, False),
        (RequiredFor.EVERYONE, Role.READER, True),
    ],
)
def test_who_needs_a_second_factor_is_led_to_set_one_up(
    app: Flask, admin: Visitor, visitor: Visitor, whom: RequiredFor, role: Role, led: bool
) -> None:
    make_account(app, "Ola", role)
    admin.post("/accounts/second-factor", {"second_factor": whom.value})

    login(visitor, "Ola")

    assert (visitor.get("/users/").location == PAGE) is led
    assert (visitor.get("/account").location == PAGE) is led


def test_the_choice_of_who_needs_one_is_noted_and_shown(app: Flask, admin: Visitor) -> None:
    admin.send("/accounts/", {"second_factor": "everyone"}, to="/accounts/second-factor")
    assert form_fields(admin.get("/accounts/").text)["second_factor"] == "everyone"
    assert deeds(app)[-1][1] == "accounts.second_factor_required"
    assert admin.post("/accounts/second-factor", {"second_factor": "some"}).status_code == 303
    assert form_fields(admin.get("/accounts/").text)["second_factor"] == "everyone"


def test_who_had_to_set_one_up_goes_on_where_they_were_going(app: Flask, visitor: Visitor) -> None:
    require_second_factor(app, make_account(app, "Ola"), RequiredFor.EVERYONE)
    visitor.post("/login?next=/users/", {"username": "Ola", "password": PASSWORD})
    first = visitor.get(PAGE).text
    assert "Your account needs a second factor." in first
    assert 'href="/users/"' not in first  # nothing else is possible yet
    key = key_on(visitor.post("/account/second-factor/app/begin", follow_redirects=True).text)

    page = visitor.post(APP, {"code": code_of(key)}).text

    assert 'href="/users/"' in page
    assert visitor.get("/users/").status_code == 200


def test_nobody_is_held_up_any_more_once_none_is_needed(app: Flask, visitor: Visitor) -> None:
    require_second_factor(app, make_account(app, "Ola"), RequiredFor.EVERYONE)
    login(visitor, "Ola")
    require_second_factor(app, 1, RequiredFor.NOBODY)
    assert visitor.get("/users/", follow_redirects=True).request.path == "/"
    assert visitor.get("/users/").status_code == 200


def test_who_has_to_set_one_up_can_sign_out(app: Flask, visitor: Visitor) -> None:
    require_second_factor(app, make_account(app, "Ola"), RequiredFor.EVERYONE)
    login(visitor, "Ola")
    assert visitor.post("/logout").location == "/login"
