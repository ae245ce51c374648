"""SuperOffice's users and groups, kept by hand or from a CSV file until a tenant can be read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, name_key

group_member = Table(
    "group_member",
    Base.metadata,
    Column("group_id", ForeignKey("user_group.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class UserGroup(Base):
    """A SuperOffice user group."""

    __tablename__ = "user_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(254))
    name_key: Mapped[str] = mapped_column(String(1023))
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    people: Mapped[list[Person]] = relationship(secondary=group_member, back_populates="groups")

    __table_args__ = (
        Index(
            "uq_user_group_current_name",
            "name_key",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
    )

    @validates("name")
    def _set_name_key(self, _: str, name: str) -> str:
        self.name_key = name_key(name)
        return name


class Person(Base):
    """A SuperOffice user. `login` is the user name in SuperOffice; it tells namesakes apart."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(254))
    name_key: Mapped[str] = mapped_column(String(1023), index=True)
    login: Mapped[str] = mapped_column(String(254))
    login_key: Mapped[str] = mapped_column(String(1023))
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    groups: Mapped[list[UserGroup]] = relationship(secondary=group_member, back_populates="people")

    __table_args__ = (
        Index(
            "uq_person_current_login",
            "login_key",
            unique=True,
            sqlite_where=deleted_at.is_(None),
            postgresql_where=deleted_at.is_(None),
        ),
    )

    @validates("name", "login")
    def _set_key(self, attribute: str, text: str) -> str:
        setattr(self, f"{attribute}_key", name_key(text))
        return text
