"""Accounts of the wizard, signed in or not."""

from __future__ import annotations

import secrets
import time
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from tests.factories.visitors import Visitor
from wizard.domain.accounts import Role
from wizard.extensions import db
from wizard.models import Account, AccountSession
from wizard.models.database import writing
from wizard.server.first_link import welcome_link
from wizard.services.accounts.login_links import find_login_link, make_login_link
from wizard.services.accounts.manage import create_first_account
from wizard.services.accounts.sessions import begin_session

PASSWORD = "correct horse battery"


def sign_in(app: Flask, name: str, language: str = "en", role: Role = Role.ADMINISTRATOR) -> Visitor:
    """Somebody new with a session, as the login makes it."""
    account_id = make_account(app, name, role)
    person = Visitor(app, app.test_client(), language)
    with person.client.session_transaction() as session:
        session.permanent = True
        session["_user_id"], session["_fresh"] = f"{account_id}.{_begin_session(app, account_id)}", True
        session["csrf_token"], session["confirmed_at"] = secrets.token_hex(), time.time()
    return person


def _begin_session(app: Flask, account_id: int) -> str:
    with app.app_context(), writing():
        return begin_session(db.session.get_one(Account, account_id))[1]


def age_sessions(app: Flask, created: timedelta, used: timedelta = timedelta(0)) -> None:
    """As if every session had begun, and had been used last, so much earlier; or later, by a clock that was ahead."""
    with app.app_context(), writing():
        for session in db.session.scalars(select(AccountSession)):
            session.created_at -= created
            session.last_used_at -= used
        db.session.commit()


def make_account(app: Flask, name: str, role: Role = Role.ADMINISTRATOR) -> int:
    """Somebody whose user name is the name."""
    with app.app_context(), writing():
        account = Account(name=name, username=name, password_hash=_hashed(PASSWORD), role=role)
        db.session.add(account)
        db.session.commit()
        return account.id


_hashed = cache(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash)
"""Verified in no time, as the parameters are in the hash; the program's own take a tenth of a second on purpose."""


def make_first_account(app: Flask) -> int:
    """As the one-time link makes it."""
    with app.app_context(), writing():
        link = find_login_link(make_login_link(None))
        assert link is not None
        return create_first_account(link, "Ingrid Berg", "ingrid", PASSWORD).id


def make_welcome_path(app: Flask, username: str | None = None, *, resets_second_factor: bool = False) -> str:
    """The path of a new one-time link."""
    link = welcome_link(app, "http://localhost", username, resets_second_factor=resets_second_factor)
    assert link is not None
    return link.removeprefix("http://localhost")
