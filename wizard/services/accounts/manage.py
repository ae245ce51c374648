"""Adds and changes accounts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wizard.domain.accounts import NoticeKind, Role
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Account, LoginLink
from wizard.models.columns import now
from wizard.security import NO_PASSWORD, hash_password
from wizard.services import audit
from wizard.services.accounts import notices
from wizard.services.accounts.sessions import revoke_access
from wizard.services.versions import require_version


def create_first_account(link: LoginLink, name: str, username: str, password: str) -> Account:
    """Creates the first administrator; the link does not work again."""
    account = Account(
        name=name,
        username=username,
        password_hash=hash_password(password),
        role=Role.ADMINISTRATOR,
        last_login_at=now(),
    )
    db.session.add(account)
    link.used_at = now()
    audit.note(account, "account.created", username)
    db.session.commit()
    return account


def add_account(by: Account, name: str, username: str, role: Role) -> Account:
    """Adds an account without a password, which a one-time link sets.

    Raises InvalidInput for a user name that is taken.
    """
    account = Account(
        name=name,
        username=username,
        password_hash=NO_PASSWORD,
        role=role,
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
    """Changes the name, the role and whether the account is disabled, which ends its sessions and one-time links.

    Raises StaleVersion when it is not at `version` any more, and InvalidInput when no administrator would be left.
    """
    administrators = select(Account).where(Account.role == Role.ADMINISTRATOR, Account.disabled_at.is_(None))
    others = [each for each in db.session.scalars(administrators.with_for_update()) if each is not account]
    require_version(account, version)
    if not others and (disabled or role != Role.ADMINISTRATOR):
        raise InvalidInput({"role": "last"})
    detail = _changes(account, name, role, disabled=disabled)
    if role != account.role:
        notices.add(account, NoticeKind.ROLE_CHANGED, role, by)
    account.name, account.role = name, role
    account.version += 1
    if disabled != (account.disabled_at is not None):
        account.disabled_at = now() if disabled else None
        revoke_access(account)
    audit.note(by, "account.changed", account.username, detail)
    db.session.commit()


def _changes(account: Account, name: str, role: Role, *, disabled: bool) -> str:
    """Every changed value, from what to what."""
    state = ("enabled", "disabled")
    pairs = (
        (account.name, name),
        (account.role, role),
        (state[account.disabled_at is not None], state[disabled]),
    )
    return ", ".join(f"{before} → {after}" for before, after in pairs if before != after)


def set_language(account: Account, language: str) -> None:
    account.language = language
    db.session.commit()


def set_time_zone(account: Account, name: str | None) -> None:
    """Without a name it is the browser's."""
    account.time_zone = name
    db.session.commit()
