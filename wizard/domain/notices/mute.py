"""For how long nothing is told of a failure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

MORNING = time(8)


class Mute(StrEnum):
    """For how long; `TOMORROW` is until the next morning, by the clock of whoever chooses it."""

    HOUR = "hour"
    TOMORROW = "tomorrow"

    def end(self, at: datetime, zone: tzinfo) -> datetime:
        if self is Mute.HOUR:
            return at + timedelta(hours=1)
        day = at.astimezone(zone).date() + timedelta(days=1)
        return datetime.combine(day, MORNING, zone).astimezone(UTC)
