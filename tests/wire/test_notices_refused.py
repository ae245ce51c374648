"""Addresses and servers that take no message, each in its own way."""

from __future__ import annotations

import socket
import ssl

import pytest
import trustme

from tests.factories.receivers import serve_hook, serve_mail
from tests.wire.hosts import Speak, server
from wizard.domain.notices import Channel, Undelivered
from wizard.outside.http import Policy
from wizard.outside.notices import Message, Sender, SendFailure

MESSAGE = Message("notice-7", "Stock is down", "It is down.", "It is down.\n", "<p>It is down.</p>", is_bad=True)
MAIL_SERVER = "mailto://127.0.0.1:{port}?from=erp-sync@acme.example"


def failure(channel: Channel, address: str, mail_url: str = "") -> tuple[Undelivered, str]:
    with pytest.raises(SendFailure) as error:
        Sender(Policy(loopback=True), mail_url).send(channel, "Ingrid Berg", address, MESSAGE)
    return error.value.reason, error.value.detail


def untrusted() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    return context


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.MAIL, "nobody"),
        (Channel.WEBHOOK, "ftp://status.acme.example/"),
        (Channel.WEBHOOK, "https://status.acme.example:99999/"),
    ],
)
def test_an_address_that_is_not_of_its_channel_is_not_called(channel: Channel, address: str) -> None:
    assert failure(channel, address, MAIL_SERVER.format(port=25)) == (Undelivered.ADDRESS, "")


def test_a_mail_server_of_a_recipient_is_used_for_all_its_receivers() -> None:
    with serve_mail() as mailbox:
        address = f"mailto://127.0.0.1:{mailbox.port}?from=erp@acme.example&to=a@acme.example,b@acme.example"
        Sender(Policy(loopback=True)).send(Channel.OTHER, "Ingrid Berg", address, MESSAGE)

    assert sorted(str(mailbox.mails[0]["To"]).split(", ")) == ["a@acme.example", "b@acme.example"]


def test_a_mail_that_only_some_of_its_receivers_get_is_refused() -> None:
    with serve_mail("550 5.1.1 <{address}>: no such user") as mailbox:
        mailbox.unknown = "b@acme.example"
        address = f"mailto://127.0.0.1:{mailbox.port}?from=erp@acme.example&to=a@acme.example,b@acme.example"
        assert failure(Channel.OTHER, address) == (Undelivered.REFUSED, "550 5.1.1")


def test_a_mail_server_whose_certificate_need_not_hold_is_used() -> None:
    with serve_mail(tls=untrusted()) as mailbox:
        url = f"mailtos://localhost:{mailbox.port}?from=erp@acme.example&mode=ssl&verify=no"
        Sender(Policy(loopback=True), url).send(Channel.MAIL, "", "ingrid.berg@acme.example", MESSAGE)

    assert len(mailbox.mails) == 1


def test_a_mail_server_that_takes_no_connection_is_told_with_its_code() -> None:
    def turn_away(connection: socket.socket) -> None:
        connection.sendall(b"554 5.3.2 not now\r\n")

    with server(turn_away) as port:
        found = failure(Channel.MAIL, "ingrid.berg@acme.example", MAIL_SERVER.format(port=port))
    assert found == (Undelivered.REFUSED, "554 5.3.2")


def test_a_mail_server_that_does_not_begin_to_encrypt_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.outside.notices.mail.WAIT_SECONDS", 0.2)

    def listen(connection: socket.socket) -> None:
        while connection.recv(4096):
            pass

    with server(listen) as port:
        url = f"mailtos://localhost:{port}?from=erp@acme.example&mode=ssl"
        found = failure(Channel.MAIL, "ingrid.berg@acme.example", url)
    assert found == (Undelivered.TIMEOUT, "")


def test_a_webhook_with_a_certificate_that_nobody_has_signed_fails_at_its_encryption() -> None:
    with server(lambda connection: None, untrusted()) as port:
        assert failure(Channel.WEBHOOK, f"https://localhost:{port}/hooks") == (Undelivered.TLS, "")


def test_a_service_that_fails_in_a_way_of_its_own_counts_as_not_reached() -> None:
    assert failure(Channel.WEBHOOK, "http://status..example/hooks") == (Undelivered.UNREACHABLE, "")


def test_a_password_that_a_service_cannot_send_is_one_that_has_to_be_entered_anew() -> None:
    with serve_hook() as hook:
        address = hook.url.replace("http://", "ntfy://ingrid:пароль@")
        assert failure(Channel.OTHER, address) == (Undelivered.ADDRESS, "")
    assert hook.posted == []


def _silent_after(*answers: bytes, tls: ssl.SSLContext | None = None) -> Speak:
    """A mail server that says nothing more once it has given these answers; with `tls`, once it is encrypted."""

    def speak(connection: socket.socket) -> None:
        connection.sendall(answers[0] if answers else b"")
        for answer in answers[1:]:
            connection.recv(4096)
            connection.sendall(answer)
        with tls.wrap_socket(connection, server_side=True) if tls else connection as last:
            while last.recv(4096):
                pass

    return speak


_GREETED = b"220 mail.acme.example\r\n"
_CAN_ENCRYPT = b"250-mail.acme.example\r\n250 STARTTLS\r\n"


@pytest.mark.parametrize(
    ("speak", "how"),
    [
        (_silent_after(), "insecure"),
        (_silent_after(_GREETED), "insecure"),
        (_silent_after(_GREETED, b"250 mail.acme.example\r\n"), "insecure"),
        (_silent_after(_GREETED, _CAN_ENCRYPT), "starttls"),
        (_silent_after(_GREETED, _CAN_ENCRYPT, b"220 go\r\n"), "starttls"),
        (_silent_after(_GREETED, _CAN_ENCRYPT, b"220 go\r\n", tls=untrusted()), "starttls"),
    ],
    ids=["greeting", "hello", "mail", "starttls", "handshake", "encrypted"],
)
def test_a_mail_server_that_falls_silent_did_not_answer_in_time(
    speak: Speak, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.outside.notices.mail.WAIT_SECONDS", 0.3)
    with server(speak) as port:
        url = f"mailtos://localhost:{port}?from=erp@acme.example&mode={how}&verify=no"
        found = failure(Channel.MAIL, "ingrid.berg@acme.example", url)
    assert found == (Undelivered.TIMEOUT, "")


def test_a_mail_server_that_hangs_up_was_not_reached() -> None:
    with server(lambda connection: connection.sendall(_GREETED)) as port:
        found = failure(Channel.MAIL, "ingrid.berg@acme.example", MAIL_SERVER.format(port=port))
    assert found == (Undelivered.UNREACHABLE, "")
