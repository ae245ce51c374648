"""Recent requests, for rate limits."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.extensions import Base


class RateEntry(Base):
    """A request; times are seconds since the epoch. `key` is a hash of an address, a user name or an account."""

    __tablename__ = "rate_entry"
    __table_args__ = (Index("ix_rate_entry_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[float]
    expires_at: Mapped[float] = mapped_column(index=True)
