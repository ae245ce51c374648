"""Check runs: the request, the progress and the results of each, so that any process can render it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.domain.check import Health, Outcome, RunKind, RunState, Stage, StageResult, Verdict
from wizard.domain.fields import ConfigField
from wizard.extensions import Base
from wizard.models.accounts.account import Account
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.encrypted import UNSET, Encrypted, Token
from wizard.models.evidence import Evidence, Stages


class Continuation(StrEnum):
    """What follows a pass: nothing, or that the connector is registered and the page leads to the next step.

    `asked` becomes `followed` once the page has led there, or `refused` if the form cannot be registered by then.
    """

    NONE = "none"
    ASKED = "asked"
    FOLLOWED = "followed"
    REFUSED = "refused"


UNFINISHED = (RunState.WAITING, RunState.RUNNING)
PASSED = (Verdict.PASSED, Verdict.WARNING)


class CheckRun(Base):
    """One run. `request` has what is checked, tested or saved; `receipt_signature` signs what a pass of it proves.

    `stages` are the results of the stages that have ended, in their order.
    `heartbeat_at` is renewed by the process that runs it; when that stops, the run is interrupted.
    """

    __tablename__ = "check_run"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[RunKind] = mapped_column(enum_column(RunKind))
    setup_id: Mapped[int | None] = mapped_column(ForeignKey("setup.id", ondelete="CASCADE"), index=True)
    connector_id: Mapped[int | None] = mapped_column(ForeignKey("connector.id"), index=True)
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id", ondelete="SET NULL"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    request_token: Mapped[bytes] = mapped_column("request", Token, default=UNSET)
    receipt_signature: Mapped[str] = mapped_column(String(64), index=True)
    continuation: Mapped[Continuation] = mapped_column(
        enum_column(Continuation), default=Continuation.NONE, server_default=Continuation.NONE
    )
    state: Mapped[RunState] = mapped_column(enum_column(RunState), default=RunState.WAITING)
    stage: Mapped[Stage | None] = mapped_column(enum_column(Stage))
    stages_token: Mapped[bytes | None] = mapped_column("stages", Token)
    verdict: Mapped[Verdict | None] = mapped_column(enum_column(Verdict))
    fields_token: Mapped[bytes | None] = mapped_column("fields", Token)
    limit_seconds: Mapped[float]
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stage_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    request = Encrypted[dict[str, Any]]()
    stages = Stages()
    fields = Evidence[list[dict[str, Any]] | None]()

    account: Mapped[Account] = relationship()

    __table_args__ = (Index("ix_check_run_state_heartbeat", "state", "heartbeat_at"),)

    @property
    def unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def passed(self) -> bool:
        return self.verdict in PASSED

    @property
    def failure(self) -> StageResult | None:
        """The result of the stage that has failed."""
        return self._first(Outcome.FAILED)

    def config_fields(self) -> tuple[ConfigField, ...]:
        """The fields that the connector asked for in this run; none before that stage."""
        return tuple(map(ConfigField.from_json, self.fields or ()))

    @property
    def health(self) -> Health:
        """The health of what was checked, once the run is finished."""
        return Health(
            verdict=cast(Verdict, self.verdict),
            stage=self.failure or self._first(Outcome.WARNING),
            at=self.finished_at or now(),
            elapsed_ms=self.elapsed_ms,
            run_id=self.id,
        )

    @property
    def elapsed_ms(self) -> int:
        """The total time of its stages."""
        return sum(result.elapsed_ms for result in self.stages)

    def _first(self, outcome: Outcome) -> StageResult | None:
        return next((result for result in self.stages if result.outcome == outcome), None)
