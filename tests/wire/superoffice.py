"""A SuperOffice on a real socket that answers each path with what a test has put there, and remembers its requests."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.wire import hosts
from wizard.domain.superoffice import LinkKind
from wizard.outside.http import Deadline, Policy
from wizard.outside.superoffice import BearerTokens, Credentials, Site, SuperOffice, SuperOfficeError

TENANT = "Cust00001"
API = f"/online1/{TENANT}/api"
NEW_API = f"/online2/{TENANT}/api"
CUT = b""
"""An answer that does not come: the connection is closed instead."""
POLICY = Policy(loopback=True)
TOKENS = BearerTokens("8A:old-access", "refresh-secret", datetime(2026, 1, 1, tzinfo=UTC), "client", "client-secret")
SECRETS = TOKENS.secrets


def reply(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """A response: JSON, or bytes as they are."""
    is_raw = isinstance(content, bytes)
    body = content if is_raw else json.dumps(content).encode()
    given = {"Content-Type": "text/html" if is_raw else "application/json; charset=utf-8", **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status} Odd\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


@dataclass(frozen=True)
class Request:
    """What the host was asked."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Host:
    """`answers` are those of each path in turn; the last one stays."""

    port: int = 0
    answers: dict[str, list[bytes]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def site(self) -> Site:
        return Site(LinkKind.PRACTICE, self.url, TENANT, f"{self.url}{API}")

    @property
    def targets(self) -> list[str]:
        return [request.target.partition("?")[0] for request in self.requests]

    def put(self, path: str, *answers: bytes) -> None:
        self.answers[path] = list(answers)

    def put_api(self, path: str, *answers: bytes) -> None:
        self.put(f"{API}/v1/{path}", *answers)

    def put_sign_in(self, *answers: bytes) -> None:
        """Discovery, and these answers of the token endpoint."""
        login = f"{self.url}/login"
        endpoints = {
            "issuer": self.url,
            "token_endpoint": f"{login}/common/oauth/tokens",
            "jwks_uri": f"{login}/.well-known/jwks",
            "revocation_endpoint": f"{login}/common/oauth/Revoke",
        }
        self.put("/login/.well-known/openid-configuration", reply(endpoints))
        self.put("/login/common/oauth/tokens", *answers)

    def put_state(self, api: str, state: str = "Running") -> None:
        status = {"ContextIdentifier": TENANT, "State": state, "IsRunning": state == "Running", "Api": self.url + api}
        self.put(f"/api/state/{TENANT}", reply(status))

    def open(self, credentials: Credentials = TOKENS, seconds: float = 60, **options: Any) -> SuperOffice:
        given = {"site": self.site, "policy": POLICY, "deadline": Deadline(seconds), **options}
        return SuperOffice(credentials=credentials, **given)

    def speak(self, connection: socket.socket) -> None:
        while True:
            line, headers, body = hosts.read_request(connection)
            if not line:
                return
            method, target, _ = line.split(" ")
            self.requests.append(Request(method, target, headers, body))
            answers = self.answers.get(target.partition("?")[0], [reply({"Message": "no such route"}, 404)])
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if answer == CUT:
                return
            connection.sendall(answer)


@contextmanager
def superoffice_host(context: ssl.SSLContext | None = None) -> Iterator[Host]:
    host = Host()
    with hosts.server(host.speak, context) as port:
        host.port = port
        yield host


def reason_of(so: SuperOffice, operation: str = "GetAllConnectors") -> str:
    """The reason why a call fails; no secret is in the error."""
    with so, pytest.raises(SuperOfficeError) as caught:
        so.agent("ErpSync", operation)
    assert not any(secret in str(caught.value.result) for secret in SECRETS)
    return caught.value.reason
