"""Accounts, and the one-time links that sign in without a password."""

from __future__ import annotations

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, validates

from wizard.domain.accounts import Role
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, name_key, now


class Account(UserMixin, Base):  # type: ignore[misc]
    """Signs in to the wizard. `version` counts changes of the name, the role and whether the account is disabled."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(254))
    username: Mapped[str] = mapped_column(String(254))
    username_key: Mapped[str] = mapped_column(String(1023), unique=True)
    password_hash: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role] = mapped_column(enum_column(Role), default=Role.ADMINISTRATOR)
    language: Mapped[str | None] = mapped_column(String(5))
    time_zone: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    @validates("username")
    def _set_username_key(self, _: str, username: str) -> str:
        self.username_key = name_key(username)
        return username

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class LoginLink(Base):
    """A link that works once. Only a hash of its token is stored. Without an account it creates the first one.

    `resets_second_factor` is for who has lost it, recovery codes included; only the command line makes such a link.
    """

    __tablename__ = "login_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resets_second_factor: Mapped[bool] = mapped_column(default=False, server_default=false())
