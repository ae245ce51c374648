"""Mails: made of text and HTML, and sent by the mail server of the settings."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

from wizard.domain.notices import Undelivered
from wizard.outside.notices.failures import SendFailure
from wizard.outside.notices.message import Message

WAIT_SECONDS = 10.0
"""How long the server may take for each of its answers."""
_ENHANCED = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mails; `mode` is ssl, starttls or insecure. A mailbox is a name, or none, and an address."""

    host: str
    port: int
    mode: str
    sender: tuple[str, str]
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    is_verified: bool = True

    @property
    def domain(self) -> str:
        return self.sender[1].rpartition("@")[2]


def compose(server: MailServer, to: Sequence[tuple[str, str]], message: Message) -> EmailMessage:
    """A mail that no program answers, with the same number however often it is sent."""
    domain = server.domain
    mail = EmailMessage()
    mail["From"] = _mailbox(*server.sender)
    mail["To"] = [_mailbox(*each) for each in to]
    mail["Subject"] = " ".join(message.title.split())
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{message.key}@{domain}>"
    mail["List-Id"] = f"ERP Sync Setup <notifications.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["Content-Language"] = message.language
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


def _mailbox(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(display_name=name, username=local, domain=domain)


def send_mail(server: MailServer, mail: EmailMessage) -> None:
    """Raises SendFailure. A server that takes it for some of the receivers only has refused it."""
    try:
        with _connected(server) as connection:
            refused = connection.send_message(mail)
    except Exception as error:
        raise _failure(error) from None  # what it says may have the address
    for code, answer in refused.values():
        raise SendFailure(Undelivered.REFUSED, _code(code, answer))


@contextlib.contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if not server.is_verified:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    where = (server.host, server.port, server.domain)
    if server.mode == "ssl":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=WAIT_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(*where, timeout=WAIT_SECONDS)
    try:
        if server.mode == "starttls":
            connection.starttls(context=context)
        if server.user and server.password:
            connection.login(server.user, server.password)
        yield connection
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _failure(error: Exception) -> SendFailure:
    match error:
        case smtplib.SMTPAuthenticationError():
            return SendFailure(Undelivered.SIGN_IN, _code(error.smtp_code, error.smtp_error))
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
            return SendFailure(Undelivered.REFUSED, _code(code, answer))
        case smtplib.SMTPResponseException():
            return SendFailure(Undelivered.REFUSED, _code(error.smtp_code, error.smtp_error))
        case smtplib.SMTPNotSupportedError() | ssl.SSLError():
            return SendFailure(Undelivered.TLS)
        case TimeoutError() | smtplib.SMTPServerDisconnected(__context__=TimeoutError()):
            return SendFailure(Undelivered.TIMEOUT)  # smtplib calls a server that is silent disconnected
    return SendFailure(Undelivered.UNREACHABLE)


def _code(code: int, answer: bytes | str) -> str:
    """The server's codes, without its words, which may name the receiver."""
    found = _ENHANCED.search(answer.encode(errors="replace") if isinstance(answer, str) else answer)
    return f"{code} {found[0].decode()}" if found else str(code)
