"""Accounts: the first one, signing in, a new password."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Account, LoginLink, Role
from wizard.models.columns import name_key, now
from wizard.services import audit
from wizard.services.passwords import hash_password, verify_password


def create_first_account(link: LoginLink, name: str, username: str, password: str) -> Account:
    """The first administrator; the link does not work again."""
    account = Account(
        name=name,
        username=username,
        password_hash=hash_password(password),
        role=Role.ADMINISTRATOR.value,
        session_key=secrets.token_hex(16),
        last_login_at=now(),
    )
    db.session.add(account)
    link.used_at = now()
    audit.note(account, "account.created", username)
    db.session.commit()
    return account


def find_account(username: str) -> Account | None:
    """The account of a user name; case does not count."""
    return db.session.scalar(select(Account).where(Account.username_key == name_key(username)))


def sign_in(username: str, password: str) -> Account | None:
    """The account, or None; the time that it takes does not tell whether the name exists."""
    account = find_account(username)
    if account is not None and not account.is_active:
        account = None
    right = verify_password(account.password_hash if account else None, password)
    if account is None or not right:
        audit.note(None, "account.sign_in_failed", username[:254])
        db.session.commit()
        return None
    account.last_login_at = now()
    audit.note(account, "account.signed_in", account.username)
    db.session.commit()
    return account


def change_password(account: Account, current: str, new: str) -> None:
    """Ends every session, this one too: sign in again. Raises InvalidInput when `current` is not the password."""
    if not verify_password(account.password_hash, current):
        raise InvalidInput({"current": "wrong"})
    _set_password(account, new)


def reset_password(link: LoginLink, account: Account, new: str) -> None:
    """Sets a password by a one-time link, which does not work again."""
    link.used_at = now()
    _set_password(account, new)


def _set_password(account: Account, new: str) -> None:
    account.password_hash = hash_password(new)
    account.session_key = secrets.token_hex(16)
    audit.note(account, "account.password_changed", account.username)
    db.session.commit()


def set_language(account: Account, language: str) -> None:
    account.language = language
    db.session.commit()
