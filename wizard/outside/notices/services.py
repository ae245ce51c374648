"""The services of the library Apprise: which one an address is of, and what they say of a failure."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from email_validator import EmailNotValidError, validate_email

from wizard.domain.notices import Channel, Undelivered
from wizard.outside.notices.failures import InvalidAddress, SendFailure
from wizard.outside.notices.mail import MailServer

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

_OF_THIS_MACHINE = {"NotifyBlink1", "NotifyDBus", "NotifyGLib", "NotifyGnome", "NotifyMacOSX", "NotifySyslog"}
_IN_OTHER_THREADS = {"NotifyMQTT", "NotifyXMPP"}
"""Nobody would judge what these call."""
_WITH_BASIC_SIGN_IN = {"NotifyForm", "NotifyJSON", "NotifyXML"}
"""These hand user and password to requests as they are."""
_SERVICES = {Channel.TEAMS: {"NotifyMSTeams", "NotifyWorkflows"}, Channel.SLACK: {"NotifySlack"}}
_STATUS = re.compile(r"error=\s*(\d{3})\b")
_SIGNS: Mapping[Undelivered, re.Pattern[str]] = {
    Undelivered.TLS: re.compile(r"SSL|CERTIFICATE_VERIFY_FAILED"),
    Undelivered.TIMEOUT: re.compile(r"timed out"),
}
_records: ContextVar[list[str] | None] = ContextVar("records", default=None)


def check_address(channel: Channel, address: str) -> None:
    """Raises InvalidAddress for one that is not of the channel."""
    if channel == Channel.MAIL:
        mail_address(address)
    else:
        service_of(channel, address)


def mail_address(address: str) -> str:
    """Raises InvalidAddress."""
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise InvalidAddress from None


def service_of(channel: Channel, address: str) -> NotifyBase:
    """What sends to an address. Raises InvalidAddress."""
    service = _webhook(address) if channel == Channel.WEBHOOK else _instantiated(address)
    name = type(service).__name__
    is_usable = service is not None and service.enabled and name not in _OF_THIS_MACHINE | _IN_OTHER_THREADS
    if service is None or not is_usable or name not in _SERVICES.get(channel, {name}):
        raise InvalidAddress
    service.redirects = False
    if name in _WITH_BASIC_SIGN_IN and service.user:
        service.user, service.password = service.user.encode(), (service.password or "").encode()  # else Latin-1
    return service


def _instantiated(address: str) -> NotifyBase | None:
    import apprise

    with _unheard():
        found = apprise.Apprise.instantiate(address, asset=_asset())
    return found if isinstance(found, apprise.NotifyBase) else None


def mail_server_of(service: NotifyBase) -> tuple[MailServer, list[tuple[str, str]]] | None:
    """The server of a service for mails, and for whom its mails are; None for one of another kind."""
    from apprise.plugins.email.base import NotifyEmail

    if not isinstance(service, NotifyEmail):
        return None
    known: Any = service  # the library's attributes have no types
    name, sender = known.from_addr
    server = MailServer(
        known.smtp_host,
        known.port,
        known.secure_mode if known.secure else "insecure",
        (name or "ERP Sync Setup", sender),
        known.user or "",
        known.password or "",
        is_verified=known.verify_certificate,
    )
    return server, [(each or "", address) for each, address in known.targets]


def _webhook(address: str) -> NotifyBase | None:
    """A plain URL gets JSON by POST."""
    from apprise.plugins import custom_json

    service: Any = custom_json.NotifyJSON

    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    made: NotifyBase = service(
        host=f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname,
        port=port,
        secure=parts.scheme == "https",
        fullpath=parts.path or "/",
        params=dict(parse_qsl(parts.query, keep_blank_values=True)),
        user=parts.username,
        password=parts.password,
        asset=_asset(),
    )
    return made


@cache
def _asset() -> AppriseAsset:
    """Nothing is stored, no redirect followed, and no picture loaded from elsewhere."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.DEBUG)
    for name in ("apprise", "urllib3.connectionpool"):
        logging.getLogger(name).addFilter(_keep_from_log)
    return apprise.AppriseAsset(
        app_id="ERP Sync Setup",
        app_desc="ERP Sync Setup",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        storage_mode="memory",
        http_redirects=False,
        async_mode=False,
        pgp_autogen=False,
        pem_autogen=False,
    )


def _keep_from_log(record: logging.LogRecord) -> bool:
    """What is said while a message is sent has its address: it is kept for as long as that takes, and never logged."""
    said = _records.get()
    if said is not None:
        said.append(record.getMessage())
    return said is None and record.name != "apprise"


@contextmanager
def _unheard() -> Iterator[list[str]]:
    said: list[str] = []
    token = _records.set(said)
    try:
        yield said
    finally:
        _records.reset(token)


def send_by(service: NotifyBase, **message: Any) -> None:
    """Raises SendFailure with what the library found.

    No proxy of the environment is used: what it would call, nobody had judged. Nothing else in this process looks at
    these variables.
    """
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = "*"
    with _unheard() as said:
        try:
            is_sent = service.notify(**message)
        except UnicodeEncodeError:  # it would have what could not be encoded
            raise SendFailure(Undelivered.ADDRESS) from None
        except Exception as error:  # a service of a library may fail in any way
            raise SendFailure(Undelivered.UNREACHABLE) from error
    if not is_sent:
        raise _failure(said)


def _failure(said: list[str]) -> SendFailure:
    for each in said:
        if found := _STATUS.search(each):
            return SendFailure(Undelivered.REFUSED, found[1])
    for reason, sign in _SIGNS.items():
        if any(map(sign.search, said)):
            return SendFailure(reason)
    return SendFailure(Undelivered.UNREACHABLE)
