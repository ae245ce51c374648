"""Ends sessions: a session is valid while it has the key of its account."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, select

from wizard.extensions import db
from wizard.models import Account, LoginLink
from wizard.models.database import writing
from wizard.services import audit


def new_session_key() -> str:
    return secrets.token_hex(16)


def revoke_access(account: Account) -> None:
    """Invalidates every way in but the password: sessions and one-time links. The caller commits."""
    account.session_key = new_session_key()
    db.session.execute(delete(LoginLink).where(LoginLink.account_id == account.id))


def end_sessions(by: Account, account: Account) -> None:
    """Signs an account out everywhere, also where a copy of its cookie is used, and invalidates its one-time links."""
    revoke_access(account)
    audit.note(by, "account.signed_out", account.username)
    db.session.commit()


def end_every_session() -> None:
    """Signs every account out everywhere."""
    with writing():
        for account in db.session.scalars(select(Account)):
            account.session_key = new_session_key()
        db.session.commit()
