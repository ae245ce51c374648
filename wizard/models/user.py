"""SuperOffice's users and user groups: read from there, added by hand, or imported from a CSV file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, name_key

group_membership = Table(
    "crm_group_membership",
    Base.metadata,
    Column("group_id", ForeignKey("crm_user_group.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("crm_user.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class UserGroup(Base):
    """A SuperOffice user group; `name_key` is unique among the undeleted.

    `superoffice_id` is that of a group that was read there. `left_at`: when it was not there any more.
    """

    __tablename__ = "crm_user_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(254))
    name_key: Mapped[str] = mapped_column(String(1023))
    superoffice_id: Mapped[int | None]
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    users: Mapped[list[User]] = relationship(secondary=group_membership, back_populates="groups")

    __table_args__ = (
        Index(
            "uq_crm_user_group_current_name",
            "name_key",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
        Index(
            "uq_crm_user_group_superoffice_id",
            "superoffice_id",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
    )

    @validates("name")
    def _set_name_key(self, _: str, name: str) -> str:
        self.name_key = name_key(name)
        return name


class User(Base):
    """A SuperOffice user. `username_key` is unique among the undeleted; `name` is the full name, which need not be.

    `superoffice_id` is the associate id of one who was read there, who may be without a user name. `left_at`: when that
    user was not there any more, or not as one who works there.
    """

    __tablename__ = "crm_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(254))
    name_key: Mapped[str] = mapped_column(String(1023), index=True)
    username: Mapped[str] = mapped_column(String(254))
    username_key: Mapped[str] = mapped_column(String(1023))
    superoffice_id: Mapped[int | None]
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    groups: Mapped[list[UserGroup]] = relationship(secondary=group_membership, back_populates="users")

    __table_args__ = (
        Index(
            "uq_crm_user_current_username",
            "username_key",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
        Index(
            "uq_crm_user_superoffice_id",
            "superoffice_id",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
    )

    @validates("name", "username")
    def _set_key(self, attribute: str, text: str) -> str:
        setattr(self, f"{attribute}_key", name_key(text))
        return text
