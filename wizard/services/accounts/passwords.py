"""Verifies and sets the passwords of accounts."""

from __future__ import annotations

from wizard.domain.accounts import NoticeKind
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Account, LoginLink
from wizard.models.columns import now
from wizard.security import hash_password, verify_password
from wizard.services import audit
from wizard.services.accounts import notices
from wizard.services.accounts.failures import report_failed_sign_in
from wizard.services.accounts.find import find_by_username
from wizard.services.accounts.second_factor import has_second_factor, remove_second_factor
from wizard.services.accounts.sessions import revoke_access


def authenticate(username: str, password: str) -> Account | None:
    """The account that the user name and the password belong to, or None, in the same time for unknown user names.

    One with a second factor is not signed in before `complete_sign_in`.
    """
    account = find_by_username(username)
    hashed = account.password_hash if account is not None and account.is_active else None
    db.session.rollback()  # hashing takes a while, during which nobody else could write on SQLite
    is_right = verify_password(hashed, password)
    if account is None or not account.is_active or not is_right:
        report_failed_sign_in(account)
        db.session.commit()
        return None
    if not has_second_factor(account):
        complete_sign_in(account)
    return account


def complete_sign_in(account: Account) -> None:
    account.last_login_at = now()
    audit.note(account, "account.signed_in", account.username)
    db.session.commit()


def is_password_of(account: Account, password: str) -> bool:
    """Whether it is the account's password. Ends the transaction first, as `authenticate` does."""
    hashed = account.password_hash
    db.session.rollback()
    return verify_password(hashed, password)


def change_password(account: Account, current: str, new: str) -> None:
    """Ends every session, the one that asks for it included. Raises InvalidInput unless `current` is the password."""
    stored = account.password_hash
    db.session.rollback()  # hashing takes a while, during which nobody else could write on SQLite
    if not verify_password(stored, current):
        raise InvalidInput({"current": "wrong"})
    _set_password(account, hash_password(new))


def reset_password(account: Account, link: LoginLink, new: str) -> None:
    """Sets the password by a one-time link, which also signs in and does not work again.

    A second factor is asked for all the same, unless the link resets it.
    """
    if link.resets_second_factor:
        remove_second_factor(None, account)
    if not has_second_factor(account):
        account.last_login_at = now()
    _set_password(account, hash_password(new))


def _set_password(account: Account, new_hash: str) -> None:
    account.password_hash = new_hash
    revoke_access(account)
    notices.add(account, NoticeKind.PASSWORD_CHANGED)
    audit.note(account, "account.password_changed", account.username)
    db.session.commit()
