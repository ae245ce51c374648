"""The journal of what was written to SuperOffice: each write is a row before it is sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.extensions import Base
from wizard.models.accounts.account import Account
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.encrypted import UNSET, Encrypted, Token


class WriteOperation(StrEnum):
    """What is written, named as SuperOffice's operation is."""

    SAVE_CONNECTOR = "SaveErpSyncConnectorEntity"
    DELETE_CONNECTOR = "DeleteErpSyncConnectorEntity"
    SAVE_CONNECTION = "SaveConnection"
    UPDATE_FIELDS = "UpdateConnectionFields"
    TOGGLE_ACTIVE = "ToggleErpConnectionActive"
    DELETE_CONNECTION = "DeleteConnection"
    SAVE_MAPPING = "SaveActorTypeMapping"
    SAVE_LISTS = "SaveConnectionListMappings"
    SAVE_DEFAULT = "SaveDefaultValueInfo"
    MOVE_FIELD = "MoveErpFieldItem"
    SAVE_PRIORITIES = "SaveErpConnectionSyncPriorities"


CONFIGURING = frozenset(
    {
        WriteOperation.SAVE_MAPPING,
        WriteOperation.SAVE_LISTS,
        WriteOperation.SAVE_DEFAULT,
        WriteOperation.MOVE_FIELD,
        WriteOperation.SAVE_PRIORITIES,
    }
)
"""Writes of what a connection synchronises; they make no row in SuperOffice."""


class WriteState(StrEnum):
    """`open` until it is known whether SuperOffice has done it; `unclear` when several rows there may be the result."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    UNCLEAR = "unclear"


class SuperOfficeWrite(Base):
    """One write. `intended` is a keyed hash of the carrier that was sent, which may hold passwords.

    `target_id` is SuperOffice's id of what is written, null while it has none; `name` and `parent_id`, the id of the
    connector of a connection, find a new one. `before` is what was read before the write, `found` what was answered and
    what was read back. Until `settles_at`, SuperOffice may still be doing what it has not answered.
    """

    __tablename__ = "superoffice_write"

    id: Mapped[int] = mapped_column(primary_key=True)
    operation: Mapped[WriteOperation] = mapped_column(enum_column(WriteOperation, 40))
    state: Mapped[WriteState] = mapped_column(enum_column(WriteState), default=WriteState.OPEN)
    connector_id: Mapped[int | None] = mapped_column(ForeignKey("connector.id"), index=True)
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id", ondelete="SET NULL"), index=True)
    setup_id: Mapped[int | None] = mapped_column(ForeignKey("setup.id", ondelete="SET NULL"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    target_id: Mapped[int | None]
    parent_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(254), default="")
    intended: Mapped[str] = mapped_column(String(64))
    before_token: Mapped[bytes] = mapped_column("before", Token, default=UNSET)
    found_token: Mapped[bytes | None] = mapped_column("found", Token)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    settles_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    before = Encrypted[dict[str, Any]]()
    found = Encrypted[dict[str, Any] | None]()

    account: Mapped[Account] = relationship()

    __table_args__ = (Index("ix_superoffice_write_state", "state", "settles_at"),)
