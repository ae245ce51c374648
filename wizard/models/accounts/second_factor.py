"""The second factor of accounts: an authenticator app, passkeys, recovery codes, and who has to have one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.encrypted import Encrypted, Token


class AccountFactor(Base):
    """What an account has besides its password.

    `app_since` says that an authenticator app is set up, `app_last_step` which of its codes was used last. The secret
    of one that is being set up is `pending_secret`. `user_handle` names the account to authenticators, and `challenge`
    is what the next answer of one has to sign, once.
    """

    __tablename__ = "account_factor"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    user_handle: Mapped[str] = mapped_column(String(64))
    app_secret_token: Mapped[bytes | None] = mapped_column("app_secret", Token)
    app_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    app_last_step: Mapped[int | None] = mapped_column(BigInteger)
    pending_secret_token: Mapped[bytes | None] = mapped_column("pending_secret", Token)
    challenge: Mapped[str | None] = mapped_column(String(128))
    challenge_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    app_secret = Encrypted[str | None]()
    pending_secret = Encrypted[str | None]()


class Passkey(Base):
    """A passkey; `rp_id` is the host name that it was made for, and the only one where browsers offer it."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(254))
    rp_id: Mapped[str] = mapped_column(String(254))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A code that replaces the second factor once. Only its hash is stored."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RequiredFor(StrEnum):
    """Which accounts have to have a second factor."""

    NOBODY = "nobody"
    ADMINISTRATORS = "administrators"
    EVERYONE = "everyone"


class SignInPolicy(Base):
    """One row at most; without it nobody has to have a second factor."""

    __tablename__ = "sign_in_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    second_factor: Mapped[RequiredFor] = mapped_column(enum_column(RequiredFor))
