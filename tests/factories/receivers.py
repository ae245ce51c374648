"""A mail server and a web server that take notices, or do not, on real sockets."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mailbox:
    """A mail server, and what it has taken. `on_rcpt` is its answer to a receiver, in place of taking the mail: for
    all of them, or for the `unknown` one.

    `answer_seconds` pass between its taking a mail and its saying so.
    """

    on_rcpt: str = ""
    unknown: str = ""
    answer_seconds: float = 0.0
    mails: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:  # noqa: N802
        if self.on_rcpt and self.unknown in ("", address):
            return self.on_rcpt.format(address=address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        content = cast(bytes, envelope.content)
        self.mails.append(message_from_bytes(content, policy=policy.default))
        await asyncio.sleep(self.answer_seconds)
        return "250 OK"

    def parts(self) -> tuple[str, str]:
        """The text and the HTML of the only mail."""
        (mail,) = self.mails
        return tuple(str(mail.get_body([kind]).get_content()).replace("\r\n", "\n") for kind in ("plain", "html"))  # type: ignore[return-value]


class _Server(Controller):
    """On a free port."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _is_right(*arguments: Any) -> AuthResult:
    given: LoginPassword = arguments[-1]
    return AuthResult(success=given.password == b"right", handled=False)


@contextmanager
def serve_mail(
    on_rcpt: str = "", starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, *, auth: bool = False
) -> Iterator[Mailbox]:
    """A mail server for one test; with `auth` it knows the password "right"."""
    mailbox = Mailbox(on_rcpt)
    options: dict[str, Any] = {"tls_context": starttls, "ssl_context": tls}
    if auth:
        options |= {"authenticator": _is_right, "auth_required": True, "auth_require_tls": False}
    server = _Server(mailbox, hostname="127.0.0.1", port=0, **options)
    server.start()
    try:
        mailbox.port = server.port
        yield mailbox
    finally:
        server.stop()


@dataclass
class Hook:
    """A web server, and what was posted to it. `status` is what it answers."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    posted: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    sign_ins: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def serve_hook(status: int = 200, headers: dict[str, str] | None = None) -> Iterator[Hook]:
    hook = Hook(status, headers or {})

    class _Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            hook.paths.append(self.path)
            hook.sign_ins.append(self.headers.get("Authorization", ""))
            hook.posted.append(json.loads(content))
            self.send_response(hook.status)
            for name, value in hook.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    hook.url = f"http://127.0.0.1:{server.server_port}/hooks/erp-secret?sig=of-it"
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
