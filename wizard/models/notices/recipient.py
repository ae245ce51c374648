"""Those who are told when something breaks."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.domain.notices import Channel, QuietHours
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.connection import Connection
from wizard.models.encrypted import UNSET, Encrypted, Token
from wizard.time_zones import find_time_zone, of_machine

recipient_target = Table(
    "recipient_target",
    Base.metadata,
    Column("recipient_id", ForeignKey("recipient.id", ondelete="CASCADE"), primary_key=True),
    Column("connection_id", ForeignKey("connection.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Recipient(Base):
    """Somebody, or a channel, by one address, which is a secret: `address` is encrypted, and no page shows it.

    Without `is_for_everything` it is told of `connections` and of their connectors. `quiet_from` and `quiet_until` are
    times of its clock, or empty.
    """

    __tablename__ = "recipient"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(254))
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    address_token: Mapped[bytes] = mapped_column("address", Token, default=UNSET)
    language: Mapped[str] = mapped_column(String(8))
    time_zone: Mapped[str] = mapped_column(String(64))
    quiet_from: Mapped[str] = mapped_column(String(5), default="")
    quiet_until: Mapped[str] = mapped_column(String(5), default="")
    is_for_everything: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_by: Mapped[str] = mapped_column(String(254), default="")
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    address = Encrypted[str]()

    connections: Mapped[list[Connection]] = relationship(secondary=recipient_target)

    @property
    def quiet_hours(self) -> QuietHours | None:
        """When it is not told anything."""
        if not (self.quiet_from and self.quiet_until):
            return None
        zone = find_time_zone(self.time_zone) or of_machine()
        return QuietHours(time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until), zone)
