"""Messages to real mail servers and web servers, and why they are not taken."""

from __future__ import annotations

import logging
import socket
import ssl
import subprocess
import threading
import time
from base64 import b64decode
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import pytest
import trustme

from tests.factories.receivers import Mailbox, serve_hook, serve_mail
from tests.wire.hosts import server
from wizard.domain.notices import Channel, Undelivered
from wizard.outside.http import Policy
from wizard.outside.notices import Message, Sender, SendFailure
from wizard.outside.notices.guard import Refused, guarded

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server takes passwords over any line
MESSAGE = Message(
    "notice-7", "Stock – down", "It is down.", "Hello Ingrid,\nit is down.\n", "<p>It <b>is</b> down.</p>", is_bad=True
)
HERE = Policy(loopback=True)
ADDRESS = "ingrid.berg@acme.example"


def to_mail(
    port: int, *, how: str = "mailto://127.0.0.1:{port}?from=erp-sync@acme.example", seconds: float = 20
) -> None:
    sender = Sender(HERE, how.format(port=port), seconds)
    sender.send(Channel.MAIL, "Ingrid Berg", ADDRESS, MESSAGE)


def failure(send: Callable[[], None]) -> tuple[Undelivered, str]:
    with pytest.raises(SendFailure) as error:
        send()
    assert ADDRESS not in f"{error.value!r} {error.value.__cause__!r}"
    return error.value.reason, error.value.detail


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """That of a server whose authority this machine trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return _context(authority)


def _context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


def test_a_mail_has_text_and_html_and_asks_for_no_automatic_answer() -> None:
    with serve_mail() as mailbox:
        to_mail(mailbox.port)

    (mail,) = mailbox.mails
    assert mailbox.parts() == (MESSAGE.text, MESSAGE.html + "\n")
    assert mail["From"] == "ERP Sync Setup <erp-sync@acme.example>"
    assert mail["To"] == f"Ingrid Berg <{ADDRESS}>"
    assert mail["Subject"] == "Stock – down"
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == ("<notice-7@acme.example>", "auto-generated")
    assert mail["List-Id"] == "ERP Sync Setup <notifications.acme.example>"


def test_a_mail_is_sent_over_starttls_and_over_tls_with_a_password(tls: ssl.SSLContext) -> None:
    modes = {"starttls": {"starttls": tls}, "ssl": {"tls": tls}}
    for mode, server_side in modes.items():
        with serve_mail(**server_side, auth=True) as mailbox:
            how = f"mailtos://sync:right@localhost:{{port}}?from=erp@acme.example&mode={mode}&smtp=localhost"
            to_mail(mailbox.port, how=how)
        assert len(mailbox.mails) == 1, mode


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ("450 4.2.1 {address} is busy", "450 4.2.1"),
        ("452 try later", "452"),
        ("550 5.1.1 <{address}>: no such user", "550 5.1.1"),
    ],
)
def test_the_code_of_a_server_that_refuses_is_told_without_the_address(answer: str, detail: str) -> None:
    with serve_mail(answer) as mailbox:
        assert failure(lambda: to_mail(mailbox.port)) == (Undelivered.REFUSED, detail)


def _untrusted() -> AbstractContextManager[Mailbox]:
    return serve_mail(tls=_context(trustme.CA()))


@pytest.mark.parametrize(
    ("serve", "how", "reason"),
    [
        (lambda: serve_mail(auth=True), "mailto://sync:wrong@localhost:{port}?from=a@b.example", "sign_in"),
        (serve_mail, "mailtos://localhost:{port}?from=a@b.example&mode=starttls", "tls"),
        (_untrusted, "mailtos://localhost:{port}?from=a@b.example&mode=ssl", "tls"),
        (lambda: nullcontext(Mailbox(port=1)), "mailto://localhost:{port}?from=a@b.example", "unreachable"),
        (serve_mail, "", "no_mail_server"),
        (serve_mail, "json://localhost:{port}", "no_mail_server"),
    ],
)
def test_a_mail_that_cannot_be_sent_says_why(
    serve: Callable[[], AbstractContextManager[Mailbox]], how: str, reason: Undelivered
) -> None:
    with serve() as mailbox:
        found = failure(lambda: to_mail(mailbox.port, how=how))
    assert found[0] == reason


def test_a_mail_server_that_says_nothing_is_given_up_in_time() -> None:
    with server(lambda connection: connection.recv(1) and None) as port:
        began = time.monotonic()
        assert failure(lambda: to_mail(port, seconds=0.4)) == (Undelivered.TIMEOUT, "")
    assert time.monotonic() - began < 5


def test_a_server_that_drips_is_given_up_in_time() -> None:
    def drip(connection: socket.socket) -> None:
        while connection.send(b"220-"):
            time.sleep(0.05)

    with server(drip) as port:
        assert failure(lambda: to_mail(port, seconds=0.4)) == (Undelivered.TIMEOUT, "")


def test_a_webhook_gets_title_and_text_as_json() -> None:
    with serve_hook() as hook:
        Sender(HERE).send(Channel.WEBHOOK, "Status page", hook.url, MESSAGE)

    (posted,) = hook.posted
    assert (posted["title"], posted["message"], posted["type"]) == ("Stock – down", "It is down.", "warning")
    assert hook.paths == ["/hooks/erp-secret?sig=of-it"]


@pytest.mark.parametrize("channel", [Channel.WEBHOOK, Channel.OTHER])
@pytest.mark.parametrize(
    ("entered", "sent"),
    [("ingrid:пароль@", "ingrid:пароль"), ("ingrid:p%40ss-%C3%A9@", "ingrid:p@ss-é"), ("key@", "key:")],
)
def test_user_and_password_of_a_webhook_are_sent_in_utf_8(channel: Channel, entered: str, sent: str) -> None:
    with serve_hook() as hook:
        scheme = "http" if channel == Channel.WEBHOOK else "json"
        url = hook.url.replace("http://", f"{scheme}://{entered}")
        Sender(HERE).send(channel, "Status page", url, MESSAGE)
    (sign_in,) = hook.sign_ins
    assert b64decode(sign_in.removeprefix("Basic ")).decode() == sent


def test_a_webhook_that_refuses_is_told_with_its_status() -> None:
    with serve_hook(401) as hook:
        found = failure(lambda: Sender(HERE).send(Channel.WEBHOOK, "Status page", hook.url, MESSAGE))
    assert found == (Undelivered.REFUSED, "401")


def test_a_redirect_is_not_followed() -> None:
    with serve_hook() as elsewhere, serve_hook(307, {"Location": elsewhere.url}) as hook:
        other = hook.url.replace("http:", "json:") + "&redirect=yes"
        for channel, url in ((Channel.WEBHOOK, hook.url), (Channel.OTHER, other)):
            send = partial(Sender(HERE).send, channel, "Status page", url, MESSAGE)
            assert failure(send) == (Undelivered.REFUSED, "307")
    assert elsewhere.posted == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
def test_a_forbidden_address_is_not_called_and_named(host: str) -> None:
    with serve_hook() as hook:
        url = hook.url.replace("127.0.0.1", host)
        reason, detail = failure(lambda: Sender(Policy()).send(Channel.WEBHOOK, "Status page", url, MESSAGE))
    assert reason == Undelivered.FORBIDDEN
    assert "127.0.0.1" in detail or detail == "::1"
    assert hook.posted == []


def test_a_mail_server_at_a_forbidden_address_is_not_called() -> None:
    with serve_mail() as mailbox:
        sender = Sender(Policy(), f"mailto://localhost:{mailbox.port}?from=a@b.example")
        assert failure(lambda: sender.send(Channel.MAIL, "", ADDRESS, MESSAGE))[0] == Undelivered.FORBIDDEN


def test_a_port_of_another_service_is_not_called_for_a_webhook() -> None:
    found = failure(lambda: Sender(HERE).send(Channel.WEBHOOK, "", "http://127.0.0.1:25/", MESSAGE))
    assert found == (Undelivered.FORBIDDEN, "127.0.0.1")


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serve_hook() as hook:
        Sender(HERE).send(Channel.WEBHOOK, "Status page", hook.url, MESSAGE)
    assert len(hook.posted) == 1


def test_nothing_that_a_library_says_is_logged(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with serve_hook(500) as hook:
        failure(lambda: Sender(HERE).send(Channel.WEBHOOK, "Status page", hook.url, MESSAGE))
    written = caplog.text + "".join(capfd.readouterr())
    assert "erp-secret" not in written


def _call(family: socket.AddressFamily, address: object) -> None:
    with socket.socket(family) as connection:
        connection.connect(address)


def _tell() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as connection:
        connection.sendto(b"", ("127.0.0.1", 514))


@pytest.mark.parametrize(
    "leave",
    [
        lambda: subprocess.run(["true"], check=True),
        lambda: _call(socket.AF_UNIX, "/nowhere"),
        lambda: _call(socket.AF_INET, ("localhost", 9)),
        lambda: _call(socket.AF_INET6, ("::1", 9, 0, 0)),
        _tell,
    ],
)
def test_a_library_cannot_leave_the_guarded_block(leave: Callable[[], object]) -> None:
    with guarded(Policy(), 5), pytest.raises(Refused):
        leave()


def test_other_threads_are_not_judged_meanwhile() -> None:
    outcome: list[object] = []

    def call() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            socket.create_connection(listener.getsockname()).close()
            outcome.append("called")

    other = threading.Thread(target=call)
    ready, go = threading.Event(), threading.Event()

    def guard() -> None:
        with guarded(Policy(), 5):
            ready.set()
            go.wait(5)

    holder = threading.Thread(target=guard)
    holder.start()
    ready.wait(5)
    other.start()
    other.join(5)
    go.set()
    holder.join(5)
    assert outcome == ["called"]
