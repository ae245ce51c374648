"""Notices: what recipients are told, when, and how often it is tried again. No I/O."""

from wizard.domain.notices.kinds import Channel, DeliveryState, NoticeKind, Undelivered
from wizard.domain.notices.moments import (
    CERTIFICATE_DAYS,
    GATHERING,
    GIVE_UP_AFTER,
    REMINDER_INTERVAL,
    QuietHours,
    certificate_step,
    next_attempt,
)
from wizard.domain.notices.mute import Mute

__all__ = [
    "CERTIFICATE_DAYS",
    "GATHERING",
    "GIVE_UP_AFTER",
    "REMINDER_INTERVAL",
    "Channel",
    "DeliveryState",
    "Mute",
    "NoticeKind",
    "QuietHours",
    "Undelivered",
    "certificate_step",
    "next_attempt",
]
