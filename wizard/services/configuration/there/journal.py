"""Reads the journal: which writes of a configuration are not known to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from wizard.extensions import db
from wizard.models import SuperOfficeWrite, WriteOperation, WriteState

ANY_TYPE = ""
_IS_OPEN = SuperOfficeWrite.state.in_((WriteState.OPEN, WriteState.UNCLEAR))


def open_writes_of(connection_id: int, operation: WriteOperation) -> Sequence[SuperOfficeWrite]:
    """What is not known to be done. Ends the transaction."""
    found = db.session.scalars(
        select(SuperOfficeWrite)
        .where(
            SuperOfficeWrite.connection_id == connection_id,
            SuperOfficeWrite.operation == operation,
            _IS_OPEN,
        )
        .order_by(SuperOfficeWrite.id)
    ).all()
    for each in found:
        db.session.expunge(each)
    db.session.commit()
    return found


def last_of(connection_id: int, operation: WriteOperation) -> str | None:
    """What the newest write of an operation intended, as the journal keeps it. Ends the transaction."""
    row = SuperOfficeWrite
    found = select(row.intended).where(row.connection_id == connection_id, row.operation == operation)
    intended = db.session.scalar(found.order_by(row.id.desc()).limit(1))
    db.session.commit()
    return intended


@dataclass(frozen=True)
class Undone:
    """A write that is not known to be done. `intended` is what the journal keeps of what was sent."""

    write_id: int
    intended: str
    created_at: datetime


def undone_of(operation: WriteOperation) -> Sequence[Undone]:
    """The writes of an operation since the last one that is done, the oldest first. Ends the transaction."""
    row = SuperOfficeWrite
    last = select(func.max(row.id)).where(row.operation == operation, row.state == WriteState.DONE).scalar_subquery()
    undone = select(row.id, row.intended, row.created_at).where(
        row.operation == operation, row.state != WriteState.DONE, row.id > func.coalesce(last, 0)
    )
    found = [Undone(*each) for each in db.session.execute(undone.order_by(row.id))]
    db.session.commit()
    return found


def left_open(connection_id: int) -> dict[WriteOperation, frozenset[str]]:
    """The operations of writes that are not known to be done, with their actor types, ANY_TYPE for none."""
    found: dict[WriteOperation, frozenset[str]] = {}
    row = SuperOfficeWrite
    for each in db.session.scalars(select(row).where(row.connection_id == connection_id, _IS_OPEN)):
        name = each.before.get("type", ANY_TYPE) if isinstance(each.before, dict) else ANY_TYPE
        found[each.operation] = found.get(each.operation, frozenset()) | {name}
    return found
