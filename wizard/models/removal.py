"""Connections that only a connector has, and that it still has to forget."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.extensions import Base
from wizard.models.accounts.account import Account
from wizard.models.columns import UtcDateTime, now


class Removal(Base):
    """An owed call of WSDeleteConnection, at the address that the connector had when it was given the connection.

    `run_id` is the run that tries it now or has tried it last. Until `settles_at` a try that succeeds is not the last
    one: the connector may still be storing the connection.
    """

    __tablename__ = "removal"

    id: Mapped[int] = mapped_column(primary_key=True)
    connector_id: Mapped[int] = mapped_column(ForeignKey("connector.id"))
    guid: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(String(254))
    url: Mapped[str] = mapped_column(String(1023))
    ca_pem: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(String(60))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    settles_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    run_id: Mapped[str | None] = mapped_column(String(32), index=True)

    account: Mapped[Account] = relationship()

    __table_args__ = (UniqueConstraint("connector_id", "guid"),)
