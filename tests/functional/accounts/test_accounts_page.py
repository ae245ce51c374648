"""Administrators care for the accounts of others; sessions end when they should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import (
    PASSWORD,
    Visitor,
    age_sessions,
    close,
    form_fields,
    in_app,
    make_app,
    make_welcome_path,
    row_of,
    sign_in,
)
from tests.functional.accounts.signing_in import is_in
from wizard.domain.accounts import Role
from wizard.extensions import db
from wizard.models import Account, AuditEvent

NEW = {"name": "Kari Nordmann", "username": "kari", "role": "reader"}


def account_of(app: Flask, name: str) -> Account:
    return in_app(app, lambda: db.session.scalar(select(Account).where(Account.name == name)))  # type: ignore[no-any-return]


def link_in(page: str) -> str:
    return re.search(r"http://localhost(/welcome/[\w-]+)", page)[1]  # type: ignore[index]


def test_a_sign_in_by_a_one_time_link_counts_as_one(app: Flask, admin: Visitor) -> None:
    link = link_in(admin.post("/accounts/new", NEW).text)
    assert "Never" in row_of(admin.get("/accounts/").text, "Kari Nordmann")

    Visitor(app, app.test_client()).send(link, {"password": PASSWORD, "again": PASSWORD})

    assert re.search(r"Today at \d\d:\d\d", row_of(admin.get("/accounts/").text, "Kari Nordmann"))


def test_somebody_new_gets_a_link_sets_a_password_and_is_in(app: Flask, admin: Visitor) -> None:
    page = admin.post("/accounts/new", NEW)
    link = link_in(page.text)
    kari = Visitor(app, app.test_client())

    answer = kari.send(link, {"password": PASSWORD, "again": PASSWORD})

    assert answer.request.path == "/"
    assert "You can read and test." in answer.text
    assert kari.get(link).status_code == 404
    assert "Kari Nordmann" in admin.get("/accounts/").text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "Enter a name."),
        ({"username": " "}, "Enter a user name."),
        ({"username": "INGRID berg"}, "Another account has this user name."),
        ({"role": "owner"}, "Choose a role."),
        ({"name": "x" * 255}, "Too long: 254 characters at most."),
    ],
)
def test_a_wrong_entry_is_refused_and_the_right_one_is_taken(
    admin: Visitor, wrong: dict[str, str], message: str
) -> None:
    answer = admin.post("/accounts/new", NEW | wrong)
    assert answer.status_code == 422
    assert message in answer.text
    assert admin.post("/accounts/new", NEW).status_code == 200


def test_another_role_holds_at_once(app: Flask, admin: Visitor) -> None:
    ola = sign_in(app, "Ola", role=Role.READER)
    assert ola.get("/users/import").status_code == 403

    admin.send(f"/accounts/{account_of(app, 'Ola').id}", {"role": "administrator", "name": "Ola Nordmann"})

    assert ola.get("/users/import").status_code == 200
    assert "Ola Nordmann" in ola.get("/account").text


def test_a_disabled_account_is_out_at_once_and_back_when_it_is_enabled(app: Flask, admin: Visitor) -> None:
    ola = sign_in(app, "Ola")
    page = f"/accounts/{account_of(app, 'Ola').id}"
    link = link_in(admin.post(f"{page}/link").text)

    admin.send(page, {"disabled": "y"})

    assert not is_in(ola)
    assert ola.post("/login", {"username": "Ola", "password": PASSWORD}).status_code == 422
    assert ola.get(link).status_code == 404
    fields = form_fields(admin.get(page).text)
    del fields["disabled"]
    admin.post(page, fields)
    assert ola.post("/login", {"username": "Ola", "password": PASSWORD}).status_code == 303
    assert is_in(ola)


@pytest.mark.parametrize("change", [{"role": "reader"}, {"disabled": "y"}])
def test_the_last_administrator_stays_one(app: Flask, admin: Visitor, change: dict[str, str]) -> None:
    page = f"/accounts/{account_of(app, 'Ingrid Berg').id}"

    answer = admin.send(page, change)

    assert answer.status_code == 422
    assert "Nobody else could manage accounts then." in answer.text
    sign_in(app, "Ola")
    assert admin.send(page, change).request.path != page


def test_two_administrators_who_demote_each_other_leave_one(app: Flask, admin: Visitor) -> None:
    people = {"Ola": admin, "Ingrid Berg": sign_in(app, "Ola")}
    together, answers = Barrier(2, timeout=60), []

    def demote(whom: str, by: Visitor) -> None:
        page = f"/accounts/{account_of(app, whom).id}"
        fields = form_fields(by.get(page).text) | {"role": "reader"}
        together.wait()
        answers.append(by.post(page, fields).status_code)

    threads = [Thread(target=demote, args=each) for each in people.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) in ([303, 403], [303, 422])


def test_somebody_else_s_change_is_shown_and_not_overwritten_unseen(app: Flask, admin: Visitor) -> None:
    sign_in(app, "Ola")
    page = f"/accounts/{account_of(app, 'Ola').id}"
    mine = form_fields(admin.get(page).text) | {"name": "Ola Two"}
    sign_in(app, "Kari").send(page, {"name": "Ola One"})

    answer = admin.post(page, mine)

    assert answer.status_code == 409
    assert "It is now: Ola One, Administrator." in answer.text
    assert account_of(app, "Ola One") is not None
    admin.post(page, form_fields(answer.text))
    assert account_of(app, "Ola Two") is not None


def test_an_account_that_signs_in_meanwhile_can_still_be_changed(app: Flask, admin: Visitor) -> None:
    ola = sign_in(app, "Ola")
    page = f"/accounts/{account_of(app, 'Ola').id}"
    form = form_fields(admin.get(page).text)
    ola.post("/login", {"username": "Ola", "password": PASSWORD})

    assert admin.post(page, form).status_code == 303


def test_signing_out_ends_a_stolen_copy_of_the_cookie_too(app: Flask, admin: Visitor) -> None:
    thief = Visitor(app, app.test_client())
    cookie = admin.client.get_cookie("session")
    assert cookie is not None
    thief.client.set_cookie("session", cookie.value)
    assert is_in(thief)

    admin.post("/logout")

    assert not is_in(admin)
    assert not is_in(thief)


def test_an_administrator_signs_somebody_out_everywhere(app: Flask, admin: Visitor) -> None:
    ola = sign_in(app, "Ola")

    answer = admin.post(f"/accounts/{account_of(app, 'Ola').id}/sign-out", follow_redirects=True)

    assert "Ola is signed out everywhere." in answer.text
    assert not is_in(ola)
    assert ola.post("/login", {"username": "Ola", "password": PASSWORD}).status_code == 303


@pytest.fixture
def a_day_long(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(template_instance, tmp_path / "a-day", session_days=1)
    yield app
    close(app)


@pytest.mark.parametrize(("seconds", "in_still"), [(86000, True), (86500, False)])
def test_a_session_ends_after_its_days_however_busy_it_is(a_day_long: Flask, seconds: int, in_still: bool) -> None:
    ola = sign_in(a_day_long, "Ola")
    age_sessions(a_day_long, timedelta(seconds=seconds))

    assert is_in(ola) is in_still

    ola.post("/login", {"username": "Ola", "password": PASSWORD})
    assert is_in(ola)


def test_an_account_that_is_not_there_is_not_found(admin: Visitor) -> None:
    assert admin.get("/accounts/99").status_code == 404


def test_who_did_what_to_an_account_is_distinguished_from_others_of_the_same_name(app: Flask, admin: Visitor) -> None:
    sign_in(app, "Ola")
    page = f"/accounts/{account_of(app, 'Ola').id}"
    admin.send("/accounts/1", {"name": "Ola"})

    admin.send(page, {"role": "reader", "name": "Ola Nordmann"})
    admin.post(f"{page}/link")

    rows = in_app(app, lambda: db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all())
    entries = [(row.who, row.action, row.detail) for row in rows][-2:]
    assert entries == [
        ("Ola (Ingrid Berg)", "account.changed", "Ola → Ola Nordmann, administrator → reader"),
        ("Ola (Ingrid Berg)", "account.link_made", ""),
    ]


def test_who_is_signed_out_everywhere_or_disabled_has_no_link_left(app: Flask, admin: Visitor) -> None:
    kari = link_in(admin.post("/accounts/new", NEW).text)
    stranger = app.test_client()
    assert stranger.get(kari).status_code == 200
    account = account_of(app, "Kari Nordmann").id

    admin.post(f"/accounts/{account}/sign-out")

    assert stranger.get(kari).status_code == 404
    again = link_in(admin.post(f"/accounts/{account}/link").text)
    assert stranger.get(again).status_code == 200
    page = f"/accounts/{account}"
    admin.send(page, {"disabled": "y"})
    fields = form_fields(admin.get(page).text)
    del fields["disabled"]
    admin.post(page, fields)
    assert account_of(app, "Kari Nordmann").is_active
    assert stranger.get(again).status_code == 404


def test_a_changed_password_ends_the_links_of_its_person_and_no_other_s(app: Flask, admin: Visitor) -> None:
    other = link_in(admin.post("/accounts/new", NEW).text)
    own = make_welcome_path(app, "Ingrid Berg")

    admin.send("/account", {"current": PASSWORD, "password": "another long one", "again": "another long one"})

    assert app.test_client().get(own).status_code == 404
    assert app.test_client().get(other).status_code == 200
