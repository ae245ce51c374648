"""The journal: every write to SuperOffice is a row before it is sent, and the row knows what became of it.

A write whose answer did not come is looked at later and never sent again: SuperOffice may have done it. No transaction
is open while SuperOffice is called. That a row begins waits for the disk; that it ends does not, because a row that a
power cut has left open is looked at like one without an answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select

from wizard.extensions import db
from wizard.models import CONFIGURING, Connection, Connector, SuperOfficeWrite, WriteOperation, WriteState
from wizard.models.columns import now
from wizard.models.database import asynchronous_commit, insert_row, update_row
from wizard.outside.superoffice import SuperOfficeError
from wizard.services.checks import persistently, sign_payload

SETTLING_TIME = timedelta(minutes=5)
"""How long SuperOffice may still be doing what it has not answered."""

_ANSWERS = ("superoffice.no_answer", "superoffice.misread", "superoffice.refused")
"""Reasons of an answer that does not say whether it was done, or that does not say so for sure."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Target:
    """What a write is about: our row, and how SuperOffice's is found. `before` is what was read before the write."""

    account_id: int
    name: str
    connector_id: int | None = None
    connection_id: int | None = None
    setup_id: int | None = None
    target_id: int | None = None
    parent_id: int | None = None
    before: dict[str, Any] = field(default_factory=dict)


def written(
    operation: WriteOperation,
    target: Target,
    carrier: Any,
    call: Callable[[], Answer],
    store: Callable[[Answer], dict[str, Any]] = lambda _: {},
) -> Answer:
    """Calls SuperOffice between the two halves of a row of the journal. `store` writes to our rows what was answered.

    It is carried out in the transaction that ends the row, and returns what the row keeps of the answer. Raises what
    `call` does; the row stays open then, unless SuperOffice has certainly done nothing.
    """
    write_id = persistently(lambda: _begin(operation, target, carrier))
    try:
        answer = call()
    except SuperOfficeError as error:
        state = WriteState.OPEN if error.may_be_done else WriteState.NOT_DONE
        reason, is_over = error.reason, error.reason in _ANSWERS
        with asynchronous_commit():
            persistently(lambda: end_write(write_id, state, {"reason": reason}, is_over=is_over))
        raise
    with asynchronous_commit():
        persistently(lambda: end_write(write_id, WriteState.DONE, store(answer)))
    return answer


def _begin(operation: WriteOperation, target: Target, carrier: Any) -> int:
    write_id: int = insert_row(
        SuperOfficeWrite,
        operation=operation,
        account_id=target.account_id,
        connector_id=target.connector_id,
        connection_id=target.connection_id,
        setup_id=target.setup_id,
        target_id=target.target_id,
        parent_id=target.parent_id,
        name=target.name,
        intended=sign_payload(json.dumps(carrier, sort_keys=True).encode()),
        settles_at=now() + SETTLING_TIME,
    )
    update_row(SuperOfficeWrite, write_id, before=SuperOfficeWrite.before.token_of(write_id, target.before))
    db.session.commit()
    return write_id


def end_write(write_id: int, state: WriteState, found: dict[str, Any], *, is_over: bool = False) -> None:
    """Writes down what became of a write. Commits. `is_over`: SuperOffice works at it no longer."""
    columns: dict[str, Any] = {"settles_at": now()} if is_over else {}
    ended_at = now() if state in (WriteState.DONE, WriteState.NOT_DONE) else None
    token = SuperOfficeWrite.found.token_of(write_id, found)
    update_row(SuperOfficeWrite, write_id, state=state, found=token, ended_at=ended_at, **columns)
    db.session.commit()


def open_writes(*, connection_id: int | None = None, setup_id: int | None = None) -> Sequence[SuperOfficeWrite]:
    """What is not known to be done, of a connection or of a setup's connector, the oldest first.

    Without the writes of what a connection synchronises, which make nothing that may be there twice.
    """
    about: ColumnElement[bool] = (
        SuperOfficeWrite.connection_id == connection_id
        if connection_id is not None
        else (SuperOfficeWrite.setup_id == setup_id) & SuperOfficeWrite.connection_id.is_(None)
    )
    is_open = SuperOfficeWrite.state.in_((WriteState.OPEN, WriteState.UNCLEAR))
    makes_rows = SuperOfficeWrite.operation.not_in(CONFIGURING)
    found = select(SuperOfficeWrite).where(about, is_open, makes_rows)
    return db.session.scalars(found.order_by(SuperOfficeWrite.id)).all()


def made_for(setup_id: int | None) -> int | None:
    """SuperOffice's id of the connector that was saved there for a setup and is not registered here yet."""
    made = select(SuperOfficeWrite).where(
        SuperOfficeWrite.setup_id == setup_id,
        SuperOfficeWrite.operation == WriteOperation.SAVE_CONNECTOR,
        SuperOfficeWrite.state == WriteState.DONE,
        SuperOfficeWrite.connector_id.is_(None),
    )
    write = db.session.scalar(made.order_by(SuperOfficeWrite.id.desc()).limit(1))
    return None if write is None else (write.found or {}).get("id")


def is_unsettled(connection_id: int) -> bool:
    """Whether SuperOffice may have done what it was asked for this connection, and nobody has looked yet."""
    return bool(open_writes(connection_id=connection_id))


def remember(row: Connector | Connection, superoffice_id: int, carrier: dict[str, Any]) -> None:
    """Writes to our row what SuperOffice has: what differs from it later, somebody else has changed there."""
    row.superoffice_id = superoffice_id
    row.superoffice_seen, row.superoffice_seen_at = carrier, now()


def remember_of(model: type[Connector | Connection], row_id: int, superoffice_id: int, carrier: dict[str, Any]) -> None:
    """The same of a row that is not loaded."""
    token = model.superoffice_seen.token_of(row_id, carrier)
    update_row(model, row_id, superoffice_id=superoffice_id, superoffice_seen=token, superoffice_seen_at=now())
