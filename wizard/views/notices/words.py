"""The words for channels, and for what became of a notification."""

from __future__ import annotations

from flask_babel import gettext as _

from wizard.domain.notices import Channel, DeliveryState, NoticeKind, Undelivered
from wizard.messages import moment
from wizard.models import Delivery


def channel_name(channel: Channel) -> str:
    return {
        Channel.MAIL: _("E-mail"),
        Channel.TEAMS: "Teams",
        Channel.SLACK: "Slack",
        Channel.WEBHOOK: _("Webhook"),
        Channel.OTHER: _("Another service"),
    }[channel]


def kind_name(kind: NoticeKind) -> str:
    """What a notification was about, in a word or two."""
    return {
        NoticeKind.BROKEN: _("Down"),
        NoticeKind.REMINDER: _("Still down"),
        NoticeKind.WORKING: _("Works again"),
        NoticeKind.CERTIFICATE: _("Certificate"),
        NoticeKind.TOKEN: _("Sign-in to SuperOffice"),
        NoticeKind.TEST: _("Test"),
    }[kind]


def why_not(delivery: Delivery) -> str:
    """Why the last attempt has failed."""
    detail = delivery.detail
    match delivery.error:
        case Undelivered.ADDRESS:
            return _("The address cannot be used. Enter it again.")
        case Undelivered.FORBIDDEN:
            return _("The address %(address)s may not be called.", address=detail)
        case Undelivered.NO_MAIL_SERVER:
            return _("No mail server is set: ERP_WIZARD_MAIL_URL.")
        case Undelivered.TIMEOUT:
            return _("The server did not answer in time.")
        case Undelivered.TLS:
            return _("The encryption with the server failed.")
        case Undelivered.SIGN_IN:
            return _("The mail server does not accept the sign-in: %(code)s.", code=detail)
        case Undelivered.REFUSED:
            return _("The server refused it: %(code)s.", code=detail)
    return _("The server cannot be reached.")


def outcome(delivery: Delivery | None) -> tuple[str, str, str] | None:
    """A word, its tone, and when and what it was; None before the first."""
    if delivery is None or delivery.tried_at is None:
        return None
    kind = kind_name(delivery.notice.kind)
    when = _("%(what)s, %(moment)s", what=kind, moment=moment(delivery.tried_at))
    if delivery.error is None:
        return _("Delivered"), "ok", when
    said = f"{when}. {why_not(delivery)}"
    is_over = delivery.state == DeliveryState.FAILED
    return (_("Not delivered"), "bad", said) if is_over else (_("Not delivered yet"), "warn", said)
