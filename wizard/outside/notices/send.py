"""Sends a message to one address, by its channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.domain.notices import Channel, Undelivered
from wizard.outside.http import Policy
from wizard.outside.notices.failures import InvalidAddress, SendFailure
from wizard.outside.notices.guard import Guard, guarded
from wizard.outside.notices.mail import MailServer, compose, send_mail
from wizard.outside.notices.message import Message
from wizard.outside.notices.services import mail_address, mail_server_of, send_by, service_of

if TYPE_CHECKING:
    from apprise import NotifyBase

SEND_SECONDS = 20.0
"""How long it may take to send one message."""


@dataclass(frozen=True, slots=True)
class Sender:
    """`mail_url` is the mail server, as Apprise writes it: `mailtos://user:password@host?from=...`."""

    policy: Policy
    mail_url: str = ""
    seconds: float = SEND_SECONDS

    def send(self, channel: Channel, name: str, address: str, message: Message) -> None:
        """Raises SendFailure."""
        if channel == Channel.MAIL:
            self._send_mail(self._mail_server(), [(name, _valid_mail_address(address))], message)
            return
        service = _service(channel, address)
        mail = mail_server_of(service)
        if mail is not None:
            self._send_mail(*mail, message)
        else:
            self._send_by(service, message)

    def _mail_server(self) -> MailServer:
        """That of the settings, which says nothing of receivers."""
        found = mail_server_of(_service(Channel.OTHER, self.mail_url)) if self.mail_url else None
        if found is None:
            raise SendFailure(Undelivered.NO_MAIL_SERVER)
        return found[0]

    def _send_mail(self, server: MailServer, to: Sequence[tuple[str, str]], message: Message) -> None:
        mail = compose(server, to, message)
        with guarded(self.policy, self.seconds, is_mail=True) as guard, _blaming(guard):
            send_mail(server, mail)

    def _send_by(self, service: NotifyBase, message: Message) -> None:
        from apprise import NotifyFormat, NotifyType

        kind = NotifyType.WARNING if message.is_bad else NotifyType.INFO
        content = {"title": message.title, "body": message.brief, "body_format": NotifyFormat.TEXT}
        with guarded(self.policy, self.seconds) as guard, _blaming(guard):
            send_by(service, notify_type=kind, **content)


@contextmanager
def _blaming(guard: Guard) -> Iterator[None]:
    """Replaces what a library made of a refusal of the guard."""
    try:
        yield
    except SendFailure:
        if guard.forbidden:
            raise SendFailure(Undelivered.FORBIDDEN, guard.forbidden) from None
        if guard.is_over:
            raise SendFailure(Undelivered.TIMEOUT) from None
        raise


def _service(channel: Channel, address: str) -> NotifyBase:
    try:
        return service_of(channel, address)
    except InvalidAddress:
        raise SendFailure(Undelivered.ADDRESS) from None


def _valid_mail_address(address: str) -> str:
    try:
        return mail_address(address)
    except InvalidAddress:
        raise SendFailure(Undelivered.ADDRESS) from None
