"""Accounts: who has one and what they may do, signing in and out, passwords."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from wizard.errors import InvalidInput, NotFound
from wizard.extensions import db
from wizard.models import Account, LoginLink, Role
from wizard.models.columns import name_key, now
from wizard.models.database import writing
from wizard.security.passwords import hash_password, verify_password
from wizard.services import audit
from wizard.services.versions import require_version


def create_first_account(link: LoginLink, name: str, username: str, password: str) -> Account:
    """The first administrator; the link does not work again."""
    account = Account(
        name=name,
        username=username,
        password_hash=hash_password(password),
        role=Role.ADMINISTRATOR,
        session_key=new_session_key(),
        last_login_at=now(),
    )
    db.session.add(account)
    link.used_at = now()
    audit.note(account, "account.created", username)
    db.session.commit()
    return account


def list_accounts() -> Sequence[Account]:
    """All, by name."""
    return db.session.scalars(select(Account).order_by(Account.name, Account.id)).all()


def get_account(account_id: int) -> Account:
    """Raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound(account_id)
    return account


def add_account(by: Account, name: str, username: str, role: Role) -> Account:
    """An account that nobody can sign in with before a one-time link has set its password.

    Raises InvalidInput for a user name that another one has.
    """
    account = Account(
        name=name,
        username=username,
        password_hash=hash_password(secrets.token_urlsafe(32)),
        role=role,
        session_key=new_session_key(),
    )
    db.session.add(account)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise InvalidInput({"username": "taken"}) from error
    audit.note(by, "account.created", username, role)
    db.session.commit()
    return account


def change_account(
    by: Account, account: Account, version: int | None, name: str, role: Role, *, disabled: bool
) -> None:
    """Changes the name, the role and whether it is disabled, which ends its sessions and one-time links.

    Raises StaleVersion when it is not at `version` any more, and InvalidInput when no administrator would be left.
    """
    administrators = select(Account).where(Account.role == Role.ADMINISTRATOR, Account.disabled_at.is_(None))
    others = [each for each in db.session.scalars(administrators.with_for_update()) if each is not account]
    require_version(account, version)
    if not others and (disabled or role != Role.ADMINISTRATOR):
        raise InvalidInput({"role": "last"})
    detail = _changes(account, name, role, disabled=disabled)
    account.name, account.role = name, role
    account.version += 1
    if disabled != (account.disabled_at is not None):
        account.disabled_at = now() if disabled else None
        _shut_out(account)
    audit.note(by, "account.changed", account.username, detail)
    db.session.commit()


def _changes(account: Account, name: str, role: Role, *, disabled: bool) -> str:
    """What is changed, from what to what."""
    state = ("enabled", "disabled")
    pairs = (
        (account.name, name),
        (account.role, role),
        (state[account.disabled_at is not None], state[disabled]),
    )
    return ", ".join(f"{before} → {after}" for before, after in pairs if before != after)


def end_sessions(by: Account, account: Account) -> None:
    """Signs a person out everywhere: neither a copy of the cookie nor a one-time link works any more."""
    _shut_out(account)
    audit.note(by, "account.signed_out", account.username)
    db.session.commit()


def end_every_session() -> None:
    """Signs everybody out everywhere."""
    with writing():
        for account in db.session.scalars(select(Account)):
            account.session_key = new_session_key()
        db.session.commit()


def find_account(username: str) -> Account | None:
    """The account of a user name; case does not count."""
    return db.session.scalar(select(Account).where(Account.username_key == name_key(username)))


def sign_in(username: str, password: str) -> Account | None:
    """The account, or None; the time that it takes does not tell whether the name exists."""
    account = find_account(username)
    hashed = account.password_hash if account is not None and account.is_active else None
    db.session.rollback()  # a look at a password takes its time, and on SQLite nobody else could write meanwhile
    right = verify_password(hashed, password)
    if account is None or not account.is_active or not right:
        # what belongs to nobody is not noted: a password may have been typed there
        audit.note(None, "account.sign_in_failed", account.username if account else "")
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


def reset_password(account: Account, new: str) -> None:
    """Sets a password by a one-time link, which does not work again and signs in."""
    account.last_login_at = now()
    _set_password(account, new)


def _set_password(account: Account, new: str) -> None:
    account.password_hash = hash_password(new)
    _shut_out(account)
    audit.note(account, "account.password_changed", account.username)
    db.session.commit()


def _shut_out(account: Account) -> None:
    """Ends every way in but the password: sessions and one-time links."""
    account.session_key = new_session_key()
    db.session.execute(delete(LoginLink).where(LoginLink.account_id == account.id))


def set_language(account: Account, language: str) -> None:
    account.language = language
    db.session.commit()


def new_session_key() -> str:
    return secrets.token_hex(16)
