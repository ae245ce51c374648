"""The audit log. It never contains secret values."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wizard.domain.check import Verdict
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, now


class AuditEvent(Base):
    """What an account did: `action` is a code (`connector.added`), `subject` the name of what it was done to.

    `address` is where the request came from, `command line` for a command, and empty for background work.
    Where a check was started, `run_id` is the check and `verdict` its result, which stay when the check is deleted.
    """

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    who: Mapped[str] = mapped_column(String(254))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(Text, default="")
    detail: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(64), default="", server_default="")
    run_id: Mapped[str | None] = mapped_column(String(32), index=True)
    verdict: Mapped[Verdict | None] = mapped_column(enum_column(Verdict))
