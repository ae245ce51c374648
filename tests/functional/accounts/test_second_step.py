"""The second step of signing in, with codes of an authenticator app and recovery codes."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import PASSWORD, Visitor, form_fields, in_app, make_account, make_welcome_path
from tests.factories.second_factor import code_of, forget_used_codes, set_up_app
from tests.functional.accounts.signing_in import NEW, deeds, is_in, login
from wizard.extensions import db
from wizard.models import Account, RecoveryCode
from wizard.models.columns import now
from wizard.models.database import writing

STEP = "/login/second-step"


@pytest.fixture
def ola(app: Flask) -> tuple[str, list[str]]:
    """The secret of Ola's authenticator app, and the recovery codes."""
    return set_up_app(app, make_account(app, "Ola"))


def test_the_password_alone_does_not_sign_in(app: Flask, visitor: Visitor, ola: tuple[str, list[str]]) -> None:
    answer = visitor.post("/login", {"username": "Ola", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, STEP)
    assert not is_in(visitor)
    assert in_app(app, lambda: db.session.scalar(select(Account.last_login_at))) is None
    assert "account.signed_in" not in [action for _, action, _ in deeds(app)]


def test_a_code_of_the_app_signs_in_and_leads_where_one_was_going(
    app: Flask, visitor: Visitor, ola: tuple[str, list[str]]
) -> None:
    login(visitor, "Ola", query="?next=/users/")

    answer = visitor.post(STEP, {"code": code_of(ola[0])})

    assert (answer.status_code, answer.location) == (303, "/users/")
    assert is_in(visitor)
    assert deeds(app)[-1] == ("Ola", "account.signed_in", "Ola")


def test_who_has_lost_everything_is_told_the_whole_command(visitor: Visitor, ola: tuple[str, list[str]]) -> None:
    login(visitor, "Ola")
    assert "<code>erp-wizard login-link --reset-second-factor USERNAME</code>" in visitor.get(STEP).text


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_may_be_half_a_minute_off(visitor: Visitor, ola: tuple[str, list[str]], seconds: int) -> None:
    login(visitor, "Ola")
    code = code_of(ola[0], seconds)
    assert visitor.post(STEP, {"code": f" {code[:3]} {code[3:]} "}).status_code == 303


@pytest.mark.parametrize("seconds", [-120, 120])
def test_a_code_of_another_time_is_refused_with_what_may_be_wrong(
    visitor: Visitor, ola: tuple[str, list[str]], seconds: int
) -> None:
    login(visitor, "Ola")
    answer = visitor.post(STEP, {"code": code_of(ola[0], seconds)})
    assert answer.status_code == 422
    assert "the clock of your phone is wrong" in answer.text
    assert not is_in(visitor)


@pytest.mark.parametrize("wrong", ["", "12345", "1234567", "abcdef", "\N{FULLWIDTH DIGIT ONE}" * 6, "x" * 5000])
def test_what_is_no_code_is_refused(app: Flask, visitor: Visitor, ola: tuple[str, list[str]], wrong: str) -> None:
    login(visitor, "Ola")
    assert visitor.post(STEP, {"code": wrong}).status_code == 422
    assert not is_in(visitor)
    assert visitor.post(STEP, {"code": code_of(ola[0])}).status_code == 303


def test_a_code_counts_once(app: Flask, visitor: Visitor, ola: tuple[str, list[str]]) -> None:
    code = code_of(ola[0])
    login(visitor, "Ola")
    visitor.post(STEP, {"code": code})
    other = Visitor(app, app.test_client())
    login(other, "Ola")

    answer = other.post(STEP, {"code": code})

    assert answer.status_code == 422
    assert "This code has been used already." in answer.text
    assert not is_in(other)
    forget_used_codes(app)
    assert other.post(STEP, {"code": code}).status_code == 303


def test_an_earlier_code_does_not_count_after_a_later_one(
    app: Flask, visitor: Visitor, ola: tuple[str, list[str]]
) -> None:
    login(visitor, "Ola")
    visitor.post(STEP, {"code": code_of(ola[0], 30)})
    other = Visitor(app, app.test_client())
    login(other, "Ola")
    assert other.post(STEP, {"code": code_of(ola[0])}).status_code == 422


def test_a_wrong_second_factor_is_noted(app: Flask, visitor: Visitor, ola: tuple[str, list[str]]) -> None:
    login(visitor, "Ola")
    visitor.post(STEP, {"code": "000 000"})
    assert deeds(app)[-1] == ("", "account.second_factor_failed", "Ola")


def test_a_recovery_code_signs_in_once_and_the_page_says_how_many_are_left(
    app: Flask, visitor: Visitor, ola: tuple[str, list[str]]
) -> None:
    code = ola[1][3].upper().replace("-", " ")
    login(visitor, "Ola")

    answer = visitor.post(STEP, {"code": code}, follow_redirects=True)

    assert "You used a recovery code. 9 are left." in answer.text
    assert "9 of 10 left" in visitor.get("/account/second-factor/").text
    assert ("Ola", "account.recovery_code_used", "Ola") in deeds(app)
    other = Visitor(app, app.test_client())
    login(other, "Ola")
    assert other.post(STEP, {"code": code}).status_code == 422


def test_only_the_hash_of_a_recovery_code_is_kept(app: Flask, ola: tuple[str, list[str]]) -> None:
    rows = in_app(app, lambda: db.session.scalars(select(RecoveryCode)).all())
    assert len(rows) == len(set(ola[1])) == 10
    assert not any(code in str(vars(row)) for row in rows for code in ola[1])


def test_the_recovery_code_of_somebody_else_is_refused(
    app: Flask, visitor: Visitor, ola: tuple[str, list[str]]
) -> None:
    set_up_app(app, make_account(app, "Kari"))
    login(visitor, "Kari")
    assert visitor.post(STEP, {"code": ola[1][0]}).status_code == 422


def test_a_half_session_ends_after_ten_minutes(visitor: Visitor, ola: tuple[str, list[str]]) -> None:
    login(visitor, "Ola")
    with visitor.client.session_transaction() as session:
        session["half"] = session["half"] | {"since": session["half"]["since"] - 601}

    answer = visitor.post(STEP, {"code": code_of(ola[0])}, follow_redirects=True)

    assert answer.request.path == "/login"
    assert "Your session has ended." in answer.text
    assert not is_in(visitor)


def test_a_half_session_ends_when_the_password_changes(
    app: Flask, visitor: Visitor, ola: tuple[str, list[str]]
) -> None:
    login(visitor, "Ola")
    Visitor(app, app.test_client()).send(make_welcome_path(app, "Ola"), {"password": NEW, "again": NEW})
    assert visitor.post(STEP, {"code": code_of(ola[0])}).location == "/login?ended=1"
    assert not is_in(visitor)


def test_an_account_that_was_disabled_meanwhile_is_not_signed_in(
    app: Flask, visitor: Visitor, ola: tuple[str, list[str]]
) -> None:
    login(visitor, "Ola")
    with app.app_context(), writing():
        db.session.scalars(select(Account)).one().disabled_at = now()
        db.session.commit()
    assert visitor.post(STEP, {"code": code_of(ola[0])}).location == "/login?ended=1"


def test_the_back_button_after_signing_in_leads_home(visitor: Visitor, ola: tuple[str, list[str]]) -> None:
    login(visitor, "Ola")
    visitor.post(STEP, {"code": code_of(ola[0])})
    assert visitor.get(STEP, follow_redirects=True).request.path == "/"


def test_the_second_step_of_nobody_leads_to_the_first(visitor: Visitor) -> None:
    assert visitor.get(STEP).location == "/login?ended=1"
    assert visitor.post("/login/passkey").status_code == 401


def test_a_new_password_by_link_does_not_replace_the_second_factor(
    app: Flask, visitor: Visitor, ola: tuple[str, list[str]]
) -> None:
    answer = visitor.send(make_welcome_path(app, "Ola"), {"password": NEW, "again": NEW})
    assert answer.request.path == STEP
    assert not is_in(visitor)
    assert visitor.post(STEP, {"code": code_of(ola[0])}).status_code == 303


def test_a_link_of_the_command_line_resets_the_second_factor_when_it_is_used(
    app: Flask, visitor: Visitor, ola: tuple[str, list[str]]
) -> None:
    path = make_welcome_path(app, "Ola", resets_second_factor=True)
    other = Visitor(app, app.test_client())
    login(other, "Ola")
    assert not is_in(other)  # not before

    visitor.send(path, {"password": NEW, "again": NEW})

    assert is_in(visitor)
    assert ("", "account.second_factor_reset", "Ola") in deeds(app)
    assert login(other, "Ola", NEW) == 303
    assert is_in(other)


def test_wrong_codes_are_slowed_down_by_account_and_the_owner_can_still_use_a_recovery_code(throttled: Flask) -> None:
    secret, codes = set_up_app(throttled, make_account(throttled, "Ola"))
    statuses = []
    for number in range(11):
        guesser = Visitor(throttled, throttled.test_client())
        guesser.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        login(guesser, "Ola")
        statuses.append(guesser.post(STEP, {"code": "000000"}).status_code)
    assert statuses == [422] * 10 + [429]
    assert guesser.post(STEP, {"code": code_of(secret)}).status_code == 429
    assert guesser.post(STEP, {"code": codes[0]}).status_code == 303


def test_no_secret_is_on_the_page_of_the_second_step(visitor: Visitor, ola: tuple[str, list[str]]) -> None:
    login(visitor, "Ola")
    page = visitor.get(STEP)
    assert form_fields(page.text) == {"code": ""}
    assert ola[0] not in page.text
