"""The adapter of requests whose connections go through our layers: look-up, policy, deadline and TLS."""

from __future__ import annotations

import http.client
import re
import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from wizard.domain.check import Stage
from wizard.outside.http.call import Call, current
from wizard.outside.http.layers import connect, encrypt, look_up

MAX_LINE_LENGTH = 65536


class _StrictResponse(http.client.HTTPResponse):
    def begin(self) -> None:
        """http.client takes `chunked` with a blank behind it for something else."""
        super().begin()
        if not self.chunked and (self.headers.get("Transfer-Encoding") or "").strip().lower() == "chunked":
            self.chunked, self.chunk_left, self.length = True, None, None

    def _read_next_chunk_size(self) -> int:
        """http.client takes `0x1f`, `+1f` and `1_f` for numbers too."""
        line = self.fp.readline(MAX_LINE_LENGTH + 1)
        if len(line) > MAX_LINE_LENGTH:
            raise http.client.LineTooLong("chunk size")
        size = line.partition(b";")[0].strip()
        if not re.fullmatch(rb"0*[0-9a-fA-F]{1,15}", size):
            raise ValueError(size)
        return int(size, 16)


class _JoinsHeadAndBody:
    def send(self, data: Any) -> None:
        """Sends head and body of a request in one packet: two would wake the server twice."""
        call: Call = current.call
        if call.body_follows:
            call.body_follows, call.head = False, data
            return
        super().send(call.head + data if call.head else data)  # type: ignore[misc]
        call.head = b""


class _GuardedHttp(_JoinsHeadAndBody, HTTPConnection):
    response_class = _StrictResponse

    def _new_conn(self) -> socket.socket:
        call: Call = current.call
        call.stage = Stage.DNS
        return connect(call, look_up(call))

    def connect(self) -> None:
        super().connect()
        _begin_http()


class _GuardedHttps(_JoinsHeadAndBody, HTTPSConnection):
    response_class = _StrictResponse

    def connect(self) -> None:
        call: Call = current.call
        call.stage = Stage.DNS
        connection = connect(call, look_up(call))
        try:
            self.sock = encrypt(call, connection)
        except BaseException:
            connection.close()
            raise
        self.is_verified = True
        _begin_http()


def _begin_http() -> None:
    call: Call = current.call
    call.stage = Stage.HTTP
    call.observer.started(Stage.HTTP)


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHttp


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHttps


class GuardedAdapter(HTTPAdapter):
    """An adapter of guarded connections. The trust store belongs to the call, so that requests loads none."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """Fills in only what we use: hostile cookies would break the parser, and nothing is to be guessed."""
        response = requests.Response()
        response.status_code, response.headers, response.raw = resp.status, CaseInsensitiveDict(resp.headers), resp
        response.reason = resp.reason
        return response

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Does nothing: verification cannot be switched off by a caller."""
