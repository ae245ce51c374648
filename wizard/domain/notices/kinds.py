"""What a notice is about, how it travels, and why it did not arrive."""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """What is told. `TOKEN` is about the right to SuperOffice, which is valid for a day at a time."""

    BROKEN = "broken"
    WORKING = "working"
    REMINDER = "reminder"
    CERTIFICATE = "certificate"
    TOKEN = "token"  # noqa: S105
    TEST = "test"


class Channel(StrEnum):
    """How a recipient is reached. `OTHER` is any service of the library Apprise, by its own kind of address."""

    MAIL = "mail"
    TEAMS = "teams"
    SLACK = "slack"
    WEBHOOK = "webhook"
    OTHER = "other"


class DeliveryState(StrEnum):
    """`waiting` until it has arrived, was given up, or its recipient was removed."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"


class Undelivered(StrEnum):
    """Why an attempt has failed."""

    ADDRESS = "address"
    FORBIDDEN = "forbidden"
    NO_MAIL_SERVER = "no_mail_server"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    SIGN_IN = "sign_in"
    REFUSED = "refused"
