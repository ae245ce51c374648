"""One-time links, which create the first administrator or set a new password."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, select

from wizard.extensions import db
from wizard.models import Account, LoginLink
from wizard.models.columns import now
from wizard.services import audit

LINK_LIFETIME = timedelta(hours=1)


def make_login_link(account: Account | None, by: Account | None = None, *, resets_second_factor: bool = False) -> str:
    """Returns a token for `/welcome/<token>`. Without an account it creates the first administrator.

    `by` is None for the command line, which alone may have the second factor reset by the link. The account's earlier
    links become invalid; those for the first administrator do not, because two processes may start at once.
    """
    ended = LoginLink.expires_at < now()
    db.session.execute(delete(LoginLink).where(ended | (LoginLink.account_id == account.id) if account else ended))
    token = secrets.token_urlsafe(32)
    db.session.add(
        LoginLink(
            token_hash=_hash(token),
            account_id=account.id if account else None,
            expires_at=now() + LINK_LIFETIME,
            resets_second_factor=resets_second_factor,
        )
    )
    if account is not None:
        audit.note(by, "account.link_made", account.username)
    db.session.commit()
    return token


def find_login_link(token: str) -> LoginLink | None:
    """The link with this token if it is still valid, locked until the transaction ends."""
    link = db.session.scalar(select(LoginLink).where(LoginLink.token_hash == _hash(token)).with_for_update())
    if link is None or link.used_at is not None or link.expires_at < now():
        return None
    if link.account_id is None and any_account():
        return None
    return link


def any_account() -> bool:
    """Whether there is an account."""
    return db.session.scalar(select(Account.id).limit(1)) is not None


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
