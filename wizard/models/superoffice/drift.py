"""How what SuperOffice has of a connector or a connection differs from what is here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.domain.superoffice import DriftState
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.encrypted import Token
from wizard.models.evidence import Evidence


class SuperOfficeDrift(Base):
    """The result of the last comparison: the state, and how many values differ.

    `content` has `theirs`, what was read there (None: it is gone), and `readable`, the keys of the secrets that
    SuperOffice shows. `changed_by` and `changed_at` are what SuperOffice says of the last change there.
    """

    __tablename__ = "superoffice_drift"
    __table_args__ = (
        CheckConstraint("(connector_id IS NULL) <> (connection_id IS NULL)", name="connector_or_connection"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    connector_id: Mapped[int | None] = mapped_column(ForeignKey("connector.id", ondelete="CASCADE"), unique=True)
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"), unique=True)
    state: Mapped[DriftState] = mapped_column(enum_column(DriftState))
    differing: Mapped[int] = mapped_column(default=0)
    content_token: Mapped[bytes | None] = mapped_column("content", Token)
    changed_by: Mapped[str] = mapped_column(String(254), default="")
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    content = Evidence[dict[str, Any] | None]()
