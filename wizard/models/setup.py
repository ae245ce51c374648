"""A setup: one run through the steps, or one form opened from a list, with everything typed so far.

And the links by which a colleague fills in its secrets.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wizard.domain.steps import Step
from wizard.extensions import Base
from wizard.models.accounts.account import Account
from wizard.models.columns import UtcDateTime, enum_column, now
from wizard.models.connection import Connection
from wizard.models.connector import Connector
from wizard.models.encrypted import UNSET, Encrypted, Token
from wizard.models.evidence import Evidence
from wizard.models.sync_app import SyncApp

Content = TypeVar("Content", str, list[str])


class SetupKind(StrEnum):
    """`guided` walks all steps; the others are one step, opened from a list."""

    GUIDED = "guided"
    CONNECTOR = "connector"
    CONNECTION = "connection"


class Setup(Base):
    """One run and its draft.

    `draft` maps a step to what was typed there, as it was typed, and has the name and the id of the connection that it
    is a copy of. `connector_id` and `connection_id` are what the run has made, or edits; `base_version` is the version
    of the edited row that the draft began from. `connection_guid` is what a new connection is saved under, however
    often OK is pressed: a connector that has stored it already stores it over itself.
    """

    __tablename__ = "setup"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SetupKind] = mapped_column(enum_column(SetupKind))
    step: Mapped[Step] = mapped_column(enum_column(Step))
    sync_app_id: Mapped[int | None] = mapped_column(ForeignKey("sync_app.id"))
    connector_id: Mapped[int | None] = mapped_column(ForeignKey("connector.id"))
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id", ondelete="SET NULL"))
    connection_guid: Mapped[str] = mapped_column(String(36), default=lambda: str(uuid.uuid4()))
    base_version: Mapped[int | None]
    draft_token: Mapped[bytes] = mapped_column("draft", Token, default=UNSET)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    draft = Encrypted[dict[str, dict[str, Any]]]()

    sync_app: Mapped[SyncApp | None] = relationship()
    connector: Mapped[Connector | None] = relationship()
    connection: Mapped[Connection | None] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=account_id)
    updated_by: Mapped[Account] = relationship(foreign_keys=updated_by_id)

    @property
    def edits(self) -> bool:
        """Whether it changes what was in a list before."""
        return self.kind != SetupKind.GUIDED and self.base_version is not None

    @property
    def name(self) -> str:
        """What was typed as the name in the last step that has one; empty before."""
        drafts = (self.typed(step) for step in reversed(Step))
        return next((name for draft in drafts if (name := draft.get("name") or draft.get("erp"))), "")

    def complete(self, step: Step) -> None:
        """Opens the step after this one, unless it is open already."""
        if step.next is not None and self.step.number <= step.number:
            self.step = step.next

    def typed(self, step: Step) -> dict[str, Any]:
        """The draft of a step; empty before anything was typed."""
        return self.draft.get(step, {})


class SecretRequest(Base):
    """A link by which a colleague fills in secrets of a setup, once. Only a hash of its token is stored.

    `content` has `keys`, the fields that it asks for, `who` it is for, the `message`, and in the end `filled`, the keys
    that were filled in. `origin` is the host that the secrets are for: see `Connector.origin`. `run_id` is their test.
    """

    __tablename__ = "secret_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    setup_id: Mapped[int] = mapped_column(ForeignKey("setup.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    origin: Mapped[str] = mapped_column(Text)
    content_token: Mapped[bytes] = mapped_column("content", Token, default=UNSET)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    filled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    run_id: Mapped[str | None] = mapped_column(String(32))

    content = Evidence[dict[str, Any] | None]()

    setup: Mapped[Setup] = relationship()
    account: Mapped[Account] = relationship()

    @property
    def keys(self) -> list[str]:
        return self._content("keys", [])

    @property
    def filled(self) -> list[str]:
        return self._content("filled", [])

    @property
    def who(self) -> str:
        return self._content("who", "")

    @property
    def message(self) -> str:
        return self._content("message", "")

    def _content(self, name: str, missing: Content) -> Content:
        return cast(Content, (self.content or {}).get(name, missing))
