"""Finds accounts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from wizard.errors import NotFound
from wizard.extensions import db
from wizard.models import Account
from wizard.models.columns import name_key


def list_accounts() -> Sequence[Account]:
    """All accounts, by name."""
    return db.session.scalars(select(Account).order_by(Account.name, Account.id)).all()


def find_account(account_id: int) -> Account:
    """Raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound(account_id)
    return account


def find_by_username(username: str) -> Account | None:
    """The account with this user name, regardless of case."""
    return db.session.scalar(select(Account).where(Account.username_key == name_key(username)))
