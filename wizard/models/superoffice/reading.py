"""What was last read from SuperOffice, and why it could not be read since."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from wizard.domain.check import StageResult
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime, enum_column
from wizard.models.encrypted import Token
from wizard.models.evidence import Evidence


class Source(StrEnum):
    """What is read: users and groups; or the licence, connectors and connections that are registered there."""

    USERS = "users"
    REGISTRY = "registry"


class Failure(Evidence[StageResult | None]):
    """The stage that has failed."""

    def encode(self, value: StageResult | None) -> Any:
        return value and value.to_json()

    def decode(self, data: Any) -> StageResult | None:
        return StageResult.from_json(data) if data else None


class SuperOfficeReading(Base):
    """The last reading of a source; `before_at` is the one before it. It outlives the link.

    `seen` is what was read, of users what has changed by it. `failure` is why the last attempt failed, if it did.
    """

    __tablename__ = "superoffice_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[Source] = mapped_column(enum_column(Source), unique=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    before_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_token: Mapped[bytes | None] = mapped_column("seen", Token)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure_token: Mapped[bytes | None] = mapped_column("failure", Token)

    seen = Evidence[dict[str, Any] | None]()
    failure = Failure()
