"""When a notice is sent: quiet hours, the wait for others of its kind, the next attempt, reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

GATHERING = timedelta(minutes=1)
"""How long a notice waits for others, so that what breaks at once is told at once."""
REMINDER_INTERVAL = timedelta(days=1)
GIVE_UP_AFTER = timedelta(hours=24)
CERTIFICATE_DAYS = (30, 14, 3)
"""How many days before its end a certificate is told of."""
_FIRST_DELAY = timedelta(minutes=1)
_LONGEST_DELAY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day to another, by the recipient's clock; over midnight, if it ends before it begins."""

    begin: time
    end: time
    zone: tzinfo

    def until(self, at: datetime) -> datetime | None:
        """When the quiet hours in which a moment lies are over; None if it lies in none."""
        today = at.astimezone(self.zone).date()
        for day in (today - timedelta(days=1), today):
            begin, end = self._of_day(day)
            if begin <= at < end:
                return end
        return None

    def _of_day(self, day: date) -> tuple[datetime, datetime]:
        last = day if self.begin < self.end else day + timedelta(days=1)
        return self._moment(day, self.begin), self._moment(last, self.end, is_end=True)

    def _moment(self, day: date, clock: time, *, is_end: bool = False) -> datetime:
        """A time of the clock that comes twice in a night begins at the first, and ends at the second.

        One that the clock leaves out is as many hours after midnight as on any other day.
        """
        first = datetime.combine(day, clock, self.zone).astimezone(UTC)
        second = datetime.combine(day, clock.replace(fold=1), self.zone).astimezone(UTC)
        return max(first, second) if is_end or first > second else first


def next_attempt(attempts: int, first_at: datetime, at: datetime) -> datetime | None:
    """When a delivery that has failed so many times is tried again; None when it is given up."""
    delay = min(_FIRST_DELAY * 2 ** min(attempts - 1, 10), _LONGEST_DELAY)
    return None if at + delay > first_at + GIVE_UP_AFTER else at + delay


def certificate_step(ends_at: datetime, at: datetime) -> int | None:
    """The number of days, of those that are told, within which a certificate ends; None if it is not near or over."""
    left = ends_at - at
    within = [days for days in CERTIFICATE_DAYS if timedelta(0) < left <= timedelta(days=days)]
    return min(within, default=None)
