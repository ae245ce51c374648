"""Sessions of accounts, and the notices that the next one shows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.domain.accounts import NoticeKind
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, now


class AccountSession(Base):
    """An account that is signed in with one browser. Only a hash of the token in its cookie is stored."""

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    address: Mapped[str] = mapped_column(String(64), default="")
    user_agent: Mapped[str] = mapped_column(String(254), default="")


class AccountNotice(Base):
    """What happened to an account and from where, for its next sign-in; `session_id` is the session that shows it.

    `count` says how often the same has happened, `at` when it did so last. `changed_by` names another account that did
    it.
    """

    __tablename__ = "account_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("account_session.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(enum_column(NoticeKind, length=40))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    count: Mapped[int] = mapped_column(default=1)
    detail: Mapped[str] = mapped_column(String(254), default="")
    changed_by: Mapped[str] = mapped_column(String(254), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    user_agent: Mapped[str] = mapped_column(String(254), default="")
