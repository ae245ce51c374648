"""Sync Connectors: where an app can be reached."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from wizard.domain.connector import ConnectorInput
from wizard.domain.fields import ConfigField, FieldType, secret_keys
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, name_key, now, search_key
from wizard.models.encrypted import Token
from wizard.models.evidence import Evidence, Fields, LastHealth
from wizard.models.sync_app import SyncApp


class Owed(StrEnum):
    """What SuperOffice has to be told yet of a row that was deleted or restored here."""

    DELETE = "delete"
    RESTORE = "restore"


class DeclaredFields(Fields[list[dict[str, Any]] | None]):
    """What a connector asked for when it last answered, in which what was a password before is one still."""

    def __set__(self, row: Any, value: list[dict[str, Any]] | None) -> None:
        before = self.__get__(row, type(row))
        secret = secret_keys(map(ConfigField.from_json, before)) if isinstance(before, list) else set()
        secret_type = {"type": FieldType.PASSWORD}
        super().__set__(row, value and [each | secret_type if each["key"] in secret else each for each in value])


class Connector(Base):
    """A registered Sync Connector; limits as SuperOffice's table ErpConnector: name 254, URL 1023.

    `real_url` is the real address behind an `app://` URL, else empty. `fields` is what the connector asked for when it
    last answered (None: never); what has once been a password stays one there, so that no secret is displayed.
    `health` is of its last check. `superoffice_id` and `superoffice_seen` are as those of a connection.
    """

    __tablename__ = "connector"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(254))
    name_key: Mapped[str] = mapped_column(String(1023))
    url: Mapped[str] = mapped_column(String(1023))
    real_url: Mapped[str] = mapped_column(String(1023), default="")
    search_key: Mapped[str] = mapped_column(Text, server_default="")
    ca_pem: Mapped[str] = mapped_column(Text, default="")
    sync_app_id: Mapped[int | None] = mapped_column(ForeignKey("sync_app.id"))
    fields_token: Mapped[bytes | None] = mapped_column("fields", Token)
    health_token: Mapped[bytes | None] = mapped_column("health", Token)
    health_run_id: Mapped[str | None] = mapped_column(String(32))
    superoffice_id: Mapped[int | None]
    superoffice_seen_token: Mapped[bytes | None] = mapped_column("superoffice_seen", Token, deferred=True)
    superoffice_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    superoffice_owed: Mapped[Owed | None] = mapped_column(enum_column(Owed))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_by: Mapped[str] = mapped_column(String(254), default="")
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    fields = DeclaredFields()
    health = LastHealth()
    superoffice_seen = Evidence[dict[str, Any] | None]()

    sync_app: Mapped[SyncApp | None] = relationship()

    __table_args__ = (
        Index(
            "uq_connector_current_name",
            "name_key",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
        Index(
            "uq_connector_superoffice_id",
            "superoffice_id",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
        # what a list is ordered by and searched in; PostgreSQL, which reads the rows anyhow, cannot index long texts
        Index("ix_connector_searched", "deleted_at", "name_key", "id", "search_key").ddl_if(dialect="sqlite"),
    )

    @validates("name", "url", "real_url")
    def _set_keys(self, column: str, text: str) -> str:
        if column == "name":
            self.name_key = name_key(text)
        texts = {"name": self.name, "url": self.url, "real_url": self.real_url, column: text}
        self.search_key = search_key(*texts.values())
        return text

    def to_input(self) -> ConnectorInput:
        """The row as it would be typed."""
        return ConnectorInput(self.name, self.url, self.real_url, self.ca_pem)

    def assign(self, values: ConnectorInput) -> None:
        """Writes to the row what was typed."""
        for column, text in values.to_json().items():
            setattr(self, column, text)

    @property
    def reachable_at(self) -> str:
        """The address that can be called."""
        return self.real_url or self.url

    @property
    def origin(self) -> str:
        """Whom a secret is given to now."""
        return origin_of(self.id, self.reachable_at)

    def config_fields(self) -> tuple[ConfigField, ...] | None:
        """What it asked for when it last answered, or None."""
        return None if self.fields is None else tuple(map(ConfigField.from_json, self.fields))


def origin_of(connector_id: int, url: str) -> str:
    """Whom a secret is given to. Another connector, host or port has to be given it anew."""
    parts = urlsplit(url)
    return f"{connector_id} {parts.scheme}://{parts.netloc}".lower()
