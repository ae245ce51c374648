"""The link to SuperOffice, and sign-ins that have been begun at it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.domain.superoffice import Environment, LinkAccess, LinkKind
from wizard.extensions import Base
from wizard.models.accounts.account import Account
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.encrypted import UNSET, Encrypted, Token
from wizard.models.evidence import LastHealth


class SuperOfficeLink(Base):
    """One row at most. Without `linked_at` it is only what was typed: its first check has not passed yet.

    `address` is what on-site was typed, or where the made-up SuperOffice is; `api` is the last known base of the web
    API, without /v1, and empty until it is known. `credentials` has `client_secret`, `access_token` and
    `refresh_token`, or `username` and `password`. `health` is of the last check. `ids_of` names the
    SuperOffice that the ids in other tables are of; it outlives the link.
    """

    __tablename__ = "superoffice_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(enum_column(LinkKind))
    environment: Mapped[Environment] = mapped_column(enum_column(Environment), default=Environment.ONLINE)
    tenant: Mapped[str] = mapped_column(String(254), default="")
    company: Mapped[str] = mapped_column(String(254), default="")
    address: Mapped[str] = mapped_column(String(1023), default="")
    api: Mapped[str] = mapped_column(String(1023), default="")
    ca_pem: Mapped[str] = mapped_column(Text, default="")
    client_id: Mapped[str] = mapped_column(String(254), default="")
    credentials_token: Mapped[bytes] = mapped_column("credentials", Token, default=UNSET)
    token_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    access: Mapped[LinkAccess] = mapped_column(enum_column(LinkAccess), default=LinkAccess.READ_ONLY)
    associate_id: Mapped[int | None]
    signed_in_as: Mapped[str] = mapped_column(String(254), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    product_version: Mapped[str] = mapped_column(String(254), default="")
    linked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    linked_by: Mapped[str] = mapped_column(String(254), default="")
    health_token: Mapped[bytes | None] = mapped_column("health", Token)
    health_run_id: Mapped[str | None] = mapped_column(String(32))
    users_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    engine_running: Mapped[bool | None]
    ids_of: Mapped[str] = mapped_column(String(1300), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)

    credentials = Encrypted[dict[str, str]]()
    health = LastHealth()

    @property
    def may_save(self) -> bool:
        """Whether the wizard saves in SuperOffice; else a sheet says what to enter there."""
        return self.linked_at is not None and self.access == LinkAccess.FULL


class SuperOfficeSignIn(Base):
    """A sign-in at SuperOffice that was begun, found by a hash of its state.

    `request` has what was typed, the nonce and the verifier. It can be ended once, by the account that has begun it.
    """

    __tablename__ = "superoffice_sign_in"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    request_token: Mapped[bytes] = mapped_column("request", Token, default=UNSET)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    request = Encrypted[dict[str, Any]]()

    account: Mapped[Account] = relationship()
