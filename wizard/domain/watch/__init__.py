"""When connectors and connections are tested by themselves, and what the results say of a day."""

from wizard.domain.watch.days import DAYS, Condition, Day, answered_share, seconds_by_day, strip_of
from wizard.domain.watch.interval import FAILURES_TOLD, Interval, longest_gap, next_due

__all__ = [
    "DAYS",
    "FAILURES_TOLD",
    "Condition",
    "Day",
    "Interval",
    "answered_share",
    "longest_gap",
    "next_due",
    "seconds_by_day",
    "strip_of",
]
