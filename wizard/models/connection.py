"""ERP connections: one company in the ERP, reached through a connector."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from wizard.domain.connection import TEXTS, ConnectionInput, Scope
from wizard.domain.fields import ConfigField, secret_keys
from wizard.domain.next_steps import NextStep, Progress, progress_of
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, name_key, now, search_key
from wizard.models.connector import Connector, Owed
from wizard.models.encrypted import UNSET, Encrypted, Token
from wizard.models.evidence import Evidence, Fields, LastHealth
from wizard.models.user import User, UserGroup


class ConnectionState(StrEnum):
    """`saving` while the connector is called to store it; a row in that state has `pending`."""

    SAVING = "saving"
    SAVED = "saved"


class SuperOfficeState(StrEnum):
    """How far a connection is in SuperOffice, while one is linked that may save there.

    `waiting`: it is saved here and not known to be there yet, `by_hand`: somebody enters it there.
    """

    WAITING = "waiting"
    SAVED = "saved"
    BY_HAND = "by_hand"


class ScopeEntry(Base):
    """A user or a group that may use a connection."""

    __tablename__ = "scope_entry"
    __table_args__ = (CheckConstraint("(user_id IS NULL) <> (group_id IS NULL)", name="user_or_group"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("crm_user.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("crm_user_group.id"))

    user: Mapped[User | None] = relationship()
    group: Mapped[UserGroup | None] = relationship()


class DoneStep(Base):
    """A step in SuperOffice that an administrator has ticked, and who that was."""

    __tablename__ = "done_step"

    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[NextStep] = mapped_column(enum_column(NextStep), primary_key=True)
    who: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Connection(Base):
    """A saved ERP connection; limits as SuperOffice's table ErpConnection: name and description 254.

    `config` holds every configuration value by field key, encoded as it travels. `fields` is what the connector asked
    for when the connection was saved. `origin` is whom its secrets were given to then, see `Connector.origin`.
    `pending` is what is being stored at the connector in state `saving`: a `ConnectionInput` and what came with it.
    `entered` is what SuperOffice has, as far as it is known: see `wizard.services.connections.entered`.
    `superoffice_id` is SuperOffice's own number for it, and `superoffice_seen` its carrier as it was last read back
    after a save or taken over: what differs from that, somebody else has changed there. `sync_priority` is its place
    among the active connections, the lowest first; None until somebody has set it.
    """

    __tablename__ = "connection"

    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(String(36), unique=True)
    connector_id: Mapped[int] = mapped_column(ForeignKey("connector.id"))
    name: Mapped[str] = mapped_column(String(254))
    name_key: Mapped[str] = mapped_column(String(1023))
    description: Mapped[str] = mapped_column(Text, default="")
    search_key: Mapped[str] = mapped_column(Text, server_default="")
    state: Mapped[ConnectionState] = mapped_column(enum_column(ConnectionState, 10), default=ConnectionState.SAVING)
    all_access: Mapped[bool] = mapped_column(default=True)
    config_token: Mapped[bytes] = mapped_column("config", Token, default=UNSET)
    fields_token: Mapped[bytes | None] = mapped_column("fields", Token)
    origin: Mapped[str] = mapped_column(Text, default="", server_default="")
    pending_token: Mapped[bytes | None] = mapped_column("pending", Token)
    entered_token: Mapped[bytes | None] = mapped_column("entered", Token)
    superoffice_id: Mapped[int | None]
    superoffice_state: Mapped[SuperOfficeState | None] = mapped_column(enum_column(SuperOfficeState))
    superoffice_seen_token: Mapped[bytes | None] = mapped_column("superoffice_seen", Token, deferred=True)
    superoffice_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    superoffice_owed: Mapped[Owed | None] = mapped_column(enum_column(Owed))
    catalog_token: Mapped[bytes | None] = mapped_column("catalog", Token, deferred=True)
    receipt_token: Mapped[bytes | None] = mapped_column("receipt", Token, deferred=True)
    health_token: Mapped[bytes | None] = mapped_column("health", Token)
    health_run_id: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_by: Mapped[str] = mapped_column(String(254), default="")
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    sync_priority: Mapped[int | None]

    config = Encrypted[dict[str, str]]()
    pending = Encrypted[dict[str, Any] | None]()
    entered = Encrypted[dict[str, Any] | None]()
    superoffice_seen = Evidence[dict[str, Any] | None]()
    fields = Fields[list[dict[str, Any]] | None]()
    catalog = Evidence[dict[str, Any] | None]()
    receipt = Evidence[dict[str, Any] | None]()
    health = LastHealth()

    connector: Mapped[Connector] = relationship()
    scope_entries: Mapped[list[ScopeEntry]] = relationship(cascade="all, delete-orphan", order_by=ScopeEntry.id)
    done_steps: Mapped[list[DoneStep]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        Index(
            "uq_connection_current_name",
            "name_key",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
        Index(
            "uq_connection_superoffice_id",
            "superoffice_id",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
        Index("ix_connection_connector_id", "connector_id", "deleted_at"),
        Index("ix_connection_searched", "deleted_at", "name_key", "id", "connector_id", "search_key").ddl_if(
            dialect="sqlite"
        ),
    )

    @validates("name", "description")
    def _set_keys(self, column: str, text: str) -> str:
        if column == "name":
            self.name_key = name_key(text)
        texts = {"name": self.name, "description": self.description, column: text}
        self.search_key = search_key(*texts.values())
        return text

    @property
    def waits_for_superoffice(self) -> bool:
        """Whether it is saved here, and SuperOffice will be asked again: see `retry_at` of its pending values."""
        return isinstance(self.pending, dict) and "retry_at" in self.pending

    @property
    def done(self) -> dict[NextStep, DoneStep]:
        """The ticked steps in SuperOffice."""
        return {each.step: each for each in self.done_steps}

    @property
    def progress(self) -> Progress:
        return progress_of(self.done)

    @property
    def is_active(self) -> bool:
        """Whether it is active in SuperOffice, as it was last seen there or as somebody has said."""
        return self.is_active_there or self.progress == Progress.ACTIVE

    @property
    def scope(self) -> Scope:
        groups = (entry.group_id for entry in self.scope_entries if entry.group_id)
        users = (entry.user_id for entry in self.scope_entries if entry.user_id)
        return Scope.of(groups, users, everyone=self.all_access)

    def to_input(self) -> ConnectionInput:
        """The row as it would be typed."""
        texts = {name: getattr(self, name) for name in TEXTS}
        return ConnectionInput(**texts, connector_id=self.connector_id, scope=self.scope, config=self.config)

    def assign(self, values: ConnectionInput) -> None:
        """Writes to the row what was typed."""
        self.scope_entries = [
            *(ScopeEntry(group_id=each) for each in values.scope.group_ids),
            *(ScopeEntry(user_id=each) for each in values.scope.user_ids),
        ]
        self.all_access = values.scope.everyone
        for column in (*TEXTS, "connector_id", "config"):
            setattr(self, column, getattr(values, column))

    def config_fields(self) -> tuple[ConfigField, ...]:
        """What the connector asked for when this connection was saved."""
        return tuple(map(ConfigField.from_json, () if self.fields is None else self.fields))

    def secret_keys(self) -> set[str]:
        """What was a password when this connection was saved."""
        return secret_keys(self.config_fields())

    @property
    def is_there(self) -> bool:
        """Whether the wizard has saved it in SuperOffice itself."""
        return self.superoffice_state == SuperOfficeState.SAVED

    @property
    def is_active_there(self) -> bool:
        """Whether it was active in SuperOffice when it was last seen there."""
        return self.is_there and bool((self.superoffice_seen or {}).get("Active"))

    @property
    def has_secrets_of_another(self) -> bool:
        """Whether its connector has moved since its secrets were given to it: they may not be sent to the new place."""
        return self.origin != self.connector.origin and any(self.config.get(key) for key in self.secret_keys())
