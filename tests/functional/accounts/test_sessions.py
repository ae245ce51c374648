"""Sessions in the database: each ends by itself, by its user, or by its age."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import Visitor, age_sessions, close, databases, in_app, make_account, make_app, row_of, sign_in
from tests.functional.accounts.signing_in import is_in, login
from wizard.extensions import db
from wizard.models import AccountSession
from wizard.services.maintenance.expiry import delete_expired


def sessions_of(app: Flask) -> list[AccountSession]:
    query = select(AccountSession).order_by(AccountSession.id)
    return in_app(app, lambda: list(db.session.scalars(query)))  # type: ignore[no-any-return]


def test_only_the_hash_of_a_session_is_stored(app: Flask, visitor: Visitor) -> None:
    make_account(app, "Ola")
    login(visitor, "Ola")

    with visitor.client.session_transaction() as session:
        token = session["_user_id"].partition(".")[2]
    assert len(token) >= 43
    assert token not in str([vars(row) for row in sessions_of(app)])


def test_a_session_has_where_it_was_begun(app: Flask) -> None:
    make_account(app, "Ola")
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": "Firefox/140.0"}

    login(Visitor(app, client), "Ola")

    (session,) = sessions_of(app)
    assert (session.address, session.user_agent) == ("192.0.2.7", "Firefox/140.0")


def test_signing_out_ends_this_session_and_no_other(app: Flask, admin: Visitor) -> None:
    other = Visitor(app, app.test_client())
    login(other, "Ingrid Berg")

    admin.post("/logout")

    assert not is_in(admin)
    assert is_in(other)


def test_one_s_sessions_are_listed_in_words_with_this_one_marked(app: Flask, admin: Visitor) -> None:
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": "Mozilla/5.0 (Windows) Firefox/140.0"}
    login(Visitor(app, client), "Ingrid Berg")
    sign_in(app, "Somebody else")

    page = admin.get("/account/sessions/").text

    assert page.count('<th scope="row">') == 2
    row = row_of(page, "Firefox on Windows")
    assert "192.0.2.7" in row
    assert "Today at" in row
    assert "This one" not in row
    assert page.count("This one") == 1


def test_one_session_is_ended_from_the_list(app: Flask, admin: Visitor) -> None:
    other, third = Visitor(app, app.test_client()), Visitor(app, app.test_client())
    login(other, "Ingrid Berg")
    login(third, "Ingrid Berg")

    answer = admin.post(f"/account/sessions/{sessions_of(app)[1].id}/end", follow_redirects=True)

    assert "That session has ended." in answer.text
    assert [is_in(each) for each in (admin, other, third)] == [True, False, True]


def test_all_other_sessions_are_ended_from_the_list(app: Flask, admin: Visitor) -> None:
    other, stranger = Visitor(app, app.test_client()), sign_in(app, "Somebody else")
    login(other, "Ingrid Berg")

    admin.post("/account/sessions/end-others")

    assert [is_in(each) for each in (admin, other, stranger)] == [True, False, True]


def test_ending_this_session_signs_out(app: Flask, admin: Visitor) -> None:
    assert admin.post(f"/account/sessions/{sessions_of(app)[0].id}/end").location == "/login"
    assert not is_in(admin)


def test_somebody_else_s_session_is_not_found(app: Flask, admin: Visitor) -> None:
    ola = sign_in(app, "Ola")
    assert admin.post(f"/account/sessions/{sessions_of(app)[1].id}/end").status_code == 404
    assert is_in(ola)


@pytest.fixture
def an_hour_long(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(template_instance, tmp_path / "an-hour", session_hours=1)
    yield app
    close(app)


@pytest.mark.parametrize(("minutes", "in_still"), [(59, True), (61, False)])
def test_a_session_that_is_not_used_ends_also_where_its_cookie_is_renewed(
    an_hour_long: Flask, minutes: int, in_still: bool
) -> None:
    ola = sign_in(an_hour_long, "Ola")
    age_sessions(an_hour_long, timedelta(0), timedelta(minutes=minutes))
    assert is_in(ola) is in_still


def test_use_is_noted_once_a_minute(app: Flask, admin: Visitor) -> None:
    age_sessions(app, timedelta(0), timedelta(seconds=50))
    before = sessions_of(app)[0].last_used_at
    admin.get("/account")
    assert sessions_of(app)[0].last_used_at == before
    age_sessions(app, timedelta(0), timedelta(seconds=20))

    admin.get("/account")

    assert sessions_of(app)[0].last_used_at > before


@pytest.fixture
def _of_sqlite() -> None:
    if databases:
        pytest.skip("It is about SQLite's file.")


@pytest.mark.usefixtures("_of_sqlite")
def test_a_session_goes_on_while_the_database_takes_no_changes(app: Flask, admin: Visitor) -> None:
    age_sessions(app, timedelta(0), timedelta(minutes=2))
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    assert admin.get("/account").status_code == 200


@pytest.mark.parametrize("ahead", [timedelta(seconds=2), timedelta(hours=2)])
def test_a_session_of_a_clock_that_was_ahead_goes_on_and_ends_no_later_for_it(
    app: Flask, admin: Visitor, ahead: timedelta
) -> None:
    age_sessions(app, -ahead, -ahead)

    assert is_in(admin)

    (session,) = sessions_of(app)
    assert session.last_used_at.timestamp() <= time.time()
    assert session.created_at.timestamp() <= time.time()


def test_a_session_from_the_day_after_tomorrow_is_none(app: Flask, admin: Visitor) -> None:
    age_sessions(app, timedelta(days=-2), timedelta(days=-2))
    assert not is_in(admin)


@pytest.mark.parametrize(("seconds", "in_still"), [(2, True), (7200, True), (90_000, False), (-43_300, False)])
def test_a_cookie_that_was_signed_by_a_clock_ahead_is_taken(
    app: Flask, admin: Visitor, monkeypatch: pytest.MonkeyPatch, seconds: int, in_still: bool
) -> None:
    with admin.client.session_transaction() as session:
        values = dict(session)
    present = time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: present + seconds)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    admin.client.set_cookie("session", serializer.dumps(values))
    monkeypatch.undo()

    assert is_in(admin) is in_still


def test_an_expired_session_is_deleted_after_a_day_for_a_clock_that_is_ahead(app: Flask, admin: Visitor) -> None:
    age_sessions(app, timedelta(0), timedelta(hours=35))
    in_app(app, delete_expired)
    assert len(sessions_of(app)) == 1
    age_sessions(app, timedelta(0), timedelta(hours=2))

    in_app(app, delete_expired)

    assert sessions_of(app) == []
