"""Sessions in the database: each ends by itself, by its user, or by its age."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import Visitor, age_sessions, close, in_app, make_account, make_app, sign_in
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
