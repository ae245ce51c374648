"""The settings of a connection's actor types and fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wizard.domain.configuration import MAX_KEY_LENGTH, FieldSettings
from wizard.domain.mapping import Direction
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.encrypted import Token
from wizard.models.evidence import Evidence


class ActorTypeRow(Base):
    """An actor type of a connection, by the connector's name for it."""

    __tablename__ = "actor_type"
    __table_args__ = (UniqueConstraint("connection_id", "name", name="uq_actor_type_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(MAX_KEY_LENGTH))
    is_synced: Mapped[bool] = mapped_column(default=False)
    updated_by: Mapped[str] = mapped_column(String(254), default="")
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ActorFieldRow(Base):
    """A field of an actor type: what `FieldSettings` says of it, and its place."""

    __tablename__ = "actor_field"
    __table_args__ = (UniqueConstraint("connection_id", "actor_type", "key", name="uq_actor_field_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"))
    actor_type: Mapped[str] = mapped_column(String(MAX_KEY_LENGTH))
    key: Mapped[str] = mapped_column(String(MAX_KEY_LENGTH))
    rank: Mapped[int] = mapped_column(default=0)
    crm_key: Mapped[str] = mapped_column(String(254), default="")
    direction: Mapped[Direction] = mapped_column(enum_column(Direction), default=Direction.NONE)
    show_in_search: Mapped[bool] = mapped_column(default=False)
    show_in_tab: Mapped[bool] = mapped_column(default=False)
    items_token: Mapped[bytes | None] = mapped_column("items", Token)
    default: Mapped[str | None] = mapped_column(Text)
    ask_user: Mapped[bool] = mapped_column(default=False)
    mandatory: Mapped[bool] = mapped_column(default=False)
    updated_by: Mapped[str] = mapped_column(String(254), default="")
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    items = Evidence[dict[str, int] | None]()

    @classmethod
    def with_items(cls, row_id: int, settings: FieldSettings) -> dict[str, Any]:
        """What the other column holds, for a row that is not loaded."""
        items = dict(settings.items)
        return {"id": row_id, "items": cls.items.token_of(row_id, items) if items else None}


PLAIN = ("crm_key", "direction", "show_in_search", "show_in_tab", "default", "ask_user", "mandatory")
"""The columns that hold a member of `FieldSettings` as it is."""
