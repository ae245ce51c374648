"""What was last read from SuperOffice, when, and why it could not be read since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from wizard.domain.check import StageResult
from wizard.extensions import db
from wizard.models import Source, SuperOfficeReading
from wizard.models.database import writing
from wizard.services.superoffice.find import linked
from wizard.services.superoffice.link import note_success, note_trouble


def last_reading(source: Source) -> SuperOfficeReading | None:
    """The last reading, successful or not; None before the first."""
    return db.session.scalar(select(SuperOfficeReading).where(SuperOfficeReading.source == source))


def remember_reading(source: Source, at: datetime, seen: dict[str, Any]) -> None:
    """Writes what was read; the caller commits."""
    row = _row(source)
    row.before_at, row.read_at, row.seen = row.read_at, at, seen
    row.failed_at, row.failure = None, None
    if (link := linked()) is not None:
        note_success(link)


def remember_failure(source: Source, at: datetime, failure: StageResult) -> None:
    """Writes why it could not be read; what was read before stays. Commits."""
    with writing():
        row = _row(source)
        row.failed_at, row.failure = at, failure
        if (link := linked()) is not None:
            note_trouble(link, failure)
        db.session.commit()


def _row(source: Source) -> SuperOfficeReading:
    statement = select(SuperOfficeReading).where(SuperOfficeReading.source == source)
    row = db.session.scalar(statement.with_for_update()) or SuperOfficeReading(source=source)
    db.session.add(row)
    return row
