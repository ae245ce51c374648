"""What both sides have of a connection's configuration, and how far SuperOffice has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.domain.check import StageResult
from wizard.domain.configuration import Configuration, Schema
from wizard.extensions import Base
from wizard.models.columns import UtcDateTime
from wizard.models.encrypted import Token
from wizard.models.evidence import Evidence


class _Schema(Evidence[Schema | None]):
    def encode(self, value: Schema | None) -> Any:
        return value and value.to_json()

    def decode(self, data: Any) -> Schema | None:
        return Schema.from_json(data) if data else None


class _Configuration(Evidence[Configuration | None]):
    def encode(self, value: Configuration | None) -> Any:
        return value and value.to_json()

    def decode(self, data: Any) -> Configuration | None:
        return Configuration.from_json(data) if data else None


class _Failure(Evidence[StageResult | None]):
    def encode(self, value: StageResult | None) -> Any:
        return value and value.to_json()

    def decode(self, data: Any) -> StageResult | None:
        return StageResult.from_json(data) if data else None


class ConfigurationState(Base):
    """Beside a connection's settings.

    `schema` are the fields and lists of both sides as they were last read; `failure` is why the last reading failed.
    `written` is what both sides had when SuperOffice was last read back, `theirs` what it had when it was last read;
    `waiting`, that something is saved here and not written there yet; `refused`, SuperOffice's own words by actor type
    and key. `reactivate`: the connection was switched off there for a change, and has to be active again. Until
    `writing_until` one attempt to write works at it; `write_failure` is how the last one has failed. `is_active` is as
    it was last read, None for unknown; `activated_by` is who has activated it here, None for somebody in SuperOffice.
    """

    __tablename__ = "configuration_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("connection.id", ondelete="CASCADE"), unique=True)
    schema_token: Mapped[bytes | None] = mapped_column("schema", Token)
    schema_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure_token: Mapped[bytes | None] = mapped_column("failure", Token)
    written_token: Mapped[bytes | None] = mapped_column("written", Token, deferred=True)
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    theirs_token: Mapped[bytes | None] = mapped_column("theirs", Token, deferred=True)
    theirs_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    writing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    write_failure_token: Mapped[bytes | None] = mapped_column("write_failure", Token)
    waiting: Mapped[bool] = mapped_column(default=False)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retries: Mapped[int] = mapped_column(default=0)
    refused_token: Mapped[bytes | None] = mapped_column("refused", Token)
    reactivate: Mapped[bool] = mapped_column(default=False)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    activated_by: Mapped[str | None] = mapped_column(String(254))
    is_active: Mapped[bool | None]

    schema = _Schema()
    failure = _Failure()
    written = _Configuration()
    theirs = _Configuration()
    write_failure = _Failure()
    refused = Evidence[dict[str, dict[str, str]] | None]()

    @property
    def is_given_up(self) -> bool:
        """Whether what waits is only tried again when somebody asks for it, or saves something."""
        return self.retries > 0 and self.retry_at is None and self.writing_until is None
