"""What there is to tell, and to whom it was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.domain.notices import DeliveryState, NoticeKind, Undelivered
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.connector import Connector
from wizard.models.notices.recipient import Recipient
from wizard.models.watch.watch import Outage


class Notice(Base):
    """Something that is told once: `key` is of what it is about, so that nobody can note the same twice.

    `ends_at` is when a certificate, that of `connector`, or the right to SuperOffice ends.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(enum_column(NoticeKind))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    outage_id: Mapped[int | None] = mapped_column(ForeignKey("outage.id", ondelete="CASCADE"), index=True)
    connector_id: Mapped[int | None] = mapped_column(ForeignKey("connector.id", ondelete="CASCADE"))
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)

    outage: Mapped[Outage | None] = relationship()
    connector: Mapped[Connector | None] = relationship()


class Delivery(Base):
    """A notice to a recipient. `error` and `detail` are why the last of `attempts` has failed.

    `due_at` is when it was to be sent first, `next_at` when it is to be sent now; until `claimed_until` one process is
    at it.
    """

    __tablename__ = "notice_delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"))
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipient.id", ondelete="CASCADE"))
    state: Mapped[DeliveryState] = mapped_column(enum_column(DeliveryState), default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[Undelivered | None] = mapped_column(enum_column(Undelivered))
    detail: Mapped[str] = mapped_column(String(64), default="")

    notice: Mapped[Notice] = relationship()
    recipient: Mapped[Recipient] = relationship()

    __table_args__ = (
        UniqueConstraint("notice_id", "recipient_id"),
        Index("ix_notice_delivery_due", "state", "next_at"),
        Index("ix_notice_delivery_recipient_id", "recipient_id", "id"),
    )
