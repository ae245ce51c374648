"""The sessions of accounts: one a browser, in the database, so that each can be listed and ended."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import delete, select

from wizard.config import Settings
from wizard.domain.accounts import NoticeKind
from wizard.errors import NotFound
from wizard.extensions import db
from wizard.models import Account, AccountSession, LoginLink
from wizard.models.columns import now
from wizard.models.database import DatabaseUnavailable, writing
from wizard.services import audit
from wizard.services.accounts import notices
from wizard.services.source import source_address, source_user_agent

MAX_CLOCK_SKEW = timedelta(days=1)
"""How far ahead the clock may have been that a session has its times from: another machine's, or one set back since."""

TOUCH_INTERVAL = timedelta(minutes=1)
"""How exactly `last_used_at` is kept: writing it with every request would keep others from writing."""


def begin_session(account: Account, *, is_usual: bool = True, shows_notices: bool = True) -> tuple[AccountSession, str]:
    """Begins a session with the browser of this request; also returns its token.

    It shows the waiting notices. Unless its browser and network are usual, the next one shows that it was begun.
    """
    token = secrets.token_urlsafe(32)
    row = AccountSession(
        account_id=account.id, token_hash=_hash(token), address=source_address(), user_agent=source_user_agent()
    )
    db.session.add(row)
    db.session.flush()
    if shows_notices:
        notices.show_in(row)
    if not is_usual:
        notices.add(account, NoticeKind.SIGNED_IN)
    db.session.commit()
    return row, token


def find_session(account_id: int, token: str) -> tuple[Account, AccountSession] | None:
    """The account and the session that this token belongs to, unless the session has ended or expired."""
    query = select(Account, AccountSession).join(AccountSession, AccountSession.account_id == Account.id)
    found = db.session.execute(query.where(AccountSession.token_hash == _hash(token), Account.id == account_id)).first()
    if found is None or not _is_alive(found[1], now()):
        return None
    return found[0], found[1]


def touch_session(session: AccountSession) -> None:
    """Notes that the session is used, once a minute. Times of a clock that was ahead become those of this one."""
    present = now()
    if timedelta(0) <= present - session.last_used_at < TOUCH_INTERVAL:
        return
    db.session.rollback()  # what was read so far must not keep it from the write lock
    try:
        with writing():
            session.last_used_at = present
            session.created_at = min(session.created_at, present)
            db.session.commit()
    except DatabaseUnavailable:  # pages can be read while nothing can be written
        db.session.rollback()


def list_sessions(account: Account) -> Sequence[AccountSession]:
    """The account's sessions that have not expired, the last used first."""
    query = select(AccountSession).where(AccountSession.account_id == account.id)
    rows = db.session.scalars(query.order_by(AccountSession.last_used_at.desc(), AccountSession.id.desc()))
    present = now()
    return [row for row in rows if _is_alive(row, present)]


def end_session(account: Account, session_id: int) -> None:
    """Ends one of the account's sessions, also where a copy of its cookie is used. Raises NotFound."""
    own = AccountSession.account_id == account.id
    ended = delete(AccountSession).where(AccountSession.id == session_id, own).returning(AccountSession.id)
    if db.session.scalar(ended) is None:
        raise NotFound(session_id)
    audit.note(account, "account.signed_out", account.username)
    db.session.commit()


def end_other_sessions(account: Account, session_id: int) -> None:
    """Ends all sessions of the account but one."""
    others = AccountSession.account_id == account.id, AccountSession.id != session_id
    db.session.execute(delete(AccountSession).where(*others))
    audit.note(account, "account.signed_out", account.username)
    db.session.commit()


def revoke_access(account: Account) -> None:
    """Invalidates every way in but the password: sessions and one-time links. The caller commits."""
    db.session.execute(delete(AccountSession).where(AccountSession.account_id == account.id))
    db.session.execute(delete(LoginLink).where(LoginLink.account_id == account.id))


def end_sessions(by: Account, account: Account) -> None:
    """Signs an account out everywhere and invalidates its one-time links."""
    revoke_access(account)
    audit.note(by, "account.signed_out", account.username)
    db.session.commit()


def end_every_session() -> None:
    """Signs every account out everywhere."""
    with writing():
        db.session.execute(delete(AccountSession))
        db.session.commit()


def _is_alive(session: AccountSession, present: datetime) -> bool:
    """Whether it was used lately and is not too old; times of a clock that was ahead are taken as the present."""
    settings: Settings = current_app.config["SETTINGS"]
    idle, age = present - session.last_used_at, present - session.created_at
    if min(idle, age) < -MAX_CLOCK_SKEW:
        return False
    return idle < timedelta(hours=settings.session_hours) and age < timedelta(days=settings.session_days)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
