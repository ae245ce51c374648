"""The sync app that step 1 describes: its ERP, where it comes from, whom to contact; and the keys of providers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column, now


class Route(StrEnum):
    """Where the app comes from."""

    STANDARD = "standard"
    PARTNER = "partner"
    OWN = "own"


class SyncApp(Base):
    """An app between SuperOffice and one kind of ERP. `provider` and `contact` address the notes."""

    __tablename__ = "sync_app"

    id: Mapped[int] = mapped_column(primary_key=True)
    erp: Mapped[str] = mapped_column(String(254))
    route: Mapped[Route] = mapped_column(enum_column(Route))
    provider: Mapped[str] = mapped_column(String(254), default="")
    contact: Mapped[str] = mapped_column(String(254), default="")
    installed: Mapped[bool] = mapped_column(default=False)
    registered: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class ProviderKey(Base):
    """A provider's public key that an administrator has accepted: links that are signed with it show its name.

    `key` is in hexadecimal digits, and `fingerprint` what a link names it by.
    """

    __tablename__ = "provider_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(254))
    key: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(16), unique=True)
    accepted_by: Mapped[str] = mapped_column(String(254))
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
