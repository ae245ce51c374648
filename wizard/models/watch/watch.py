"""What is tested by itself, how often, and how that went: its last test, its days, its outages."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.domain.check import Stage
from wizard.domain.watch import FAILURES_TOLD, Day, Interval
from wizard.extensions import Base
from wizard.models.columns import DayNumber, UtcDateTime, enum_column
from wizard.models.connection import Connection
from wizard.models.connector import Connector
from wizard.models.encrypted import Token
from wizard.models.evidence import Stages


class Watch(Base):
    """A connector or a connection that is tested by itself; `stage` and `reason` are why its last test has failed.

    Until `claimed_until` one process tests it. `failures` are those in a row, `outage_id` is the outage that they are
    of. `certificate_until` is when the certificate ends that was presented in the last test that has seen one. Until
    `muted_until` nobody is told that it fails.
    """

    __tablename__ = "watch"
    __table_args__ = (
        CheckConstraint("(connector_id IS NULL) <> (connection_id IS NULL)", name="connector_or_connection"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    connector_id: Mapped[int | None] = mapped_column(ForeignKey("connector.id", ondelete="CASCADE"), unique=True)
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"), unique=True)
    interval: Mapped[Interval] = mapped_column(enum_column(Interval))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stage: Mapped[Stage | None] = mapped_column(enum_column(Stage))
    reason: Mapped[str | None] = mapped_column(String(64))
    outage_id: Mapped[int | None]
    certificate_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    muted_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    muted_by: Mapped[str | None] = mapped_column(String(254))

    connector: Mapped[Connector | None] = relationship()
    connection: Mapped[Connection | None] = relationship()

    @property
    def target(self) -> Connector | Connection:
        """What is tested."""
        return cast(Connector | Connection, self.connection or self.connector)

    @property
    def is_down(self) -> bool:
        """Whether it has failed so often that it was told."""
        return self.failures >= FAILURES_TOLD

    def is_muted(self, at: datetime) -> bool:
        return self.muted_until is not None and self.muted_until > at


class WatchDay(Base):
    """The tests of one day in UTC.

    `watched_seconds` is the time between tests that were so close that it is known how it was.
    """

    __tablename__ = "watch_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    watch_id: Mapped[int] = mapped_column(
        ForeignKey("watch.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    day: Mapped[date] = mapped_column(DayNumber, primary_key=True, autoincrement=False)
    tests: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    down_seconds: Mapped[int] = mapped_column(default=0)
    watched_seconds: Mapped[int] = mapped_column(default=0)

    def to_day(self) -> Day:
        return Day(self.day, self.tests, self.failed, self.down_seconds, self.watched_seconds)


class Outage(Base):
    """From the first of several failures in a row to the test that passed again.

    `stage` and `reason` are those of the first failure, as are `stages`, which older outages do not keep. `notified` is
    how many were told.
    """

    __tablename__ = "outage"
    __table_args__ = (Index("ix_outage_watch_id", "watch_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    watch_id: Mapped[int] = mapped_column(ForeignKey("watch.id", ondelete="CASCADE"))
    stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    reason: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(default=1)
    notified: Mapped[int] = mapped_column(default=0)
    stages_token: Mapped[bytes | None] = mapped_column("stages", Token, deferred=True)

    stages = Stages()

    watch: Mapped[Watch] = relationship()
