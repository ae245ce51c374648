"""One guarded request with the adapter of requests, observed layer by layer.

Guarded: one deadline over the whole call, down to each read; a cap on the body after decompression; the address is
judged when the connection is made, and the connection goes to the address that was judged; TLS 1.2 or newer with the
host name checked. No proxies, netrc, cookies or redirects: a session of requests would add them to its adapter.
"""

from __future__ import annotations

import contextlib
import http.client
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import InvalidHeaderDefect, MissingHeaderBodySeparatorDefect
from typing import Any

import requests
import urllib3
from requests.structures import CaseInsensitiveDict
from urllib3.util import SKIP_HEADER

from wizard.domain.check import CheckObserver, Stage
from wizard.outside.http.adapter import GuardedAdapter
from wizard.outside.http.address_policy import Address, Policy
from wizard.outside.http.call import Call, Failure, Resolve, current
from wizard.outside.http.certificates import Trust
from wizard.outside.http.deadline import Deadline, TimeIsUp
from wizard.outside.http.diagnosis import failure, is_stale, require_no_certificate, timeout
from wizard.outside.http.layers import system_resolve

logging.getLogger("urllib3.connection").setLevel(logging.ERROR)  # it would log headers that cannot be read

MAX_BODY = 8 * 1024 * 1024
DECODED = ("gzip", "deflate")
"""As WCF's client reads them: in these letters, one at a time, and any other encoding as if there were none."""


@dataclass(frozen=True)
class Response:
    """The complete answer of a server."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    phrase: str = ""
    """The text behind the status."""


class Transport:
    """Calls one address. Close it, or use it as a context."""

    def __init__(
        self,
        address: Address,
        *,
        policy: Policy,
        trust: Trust,
        deadline: Deadline,
        observer: CheckObserver,
        resolve: Resolve = system_resolve,
        max_body: int = MAX_BODY,
    ) -> None:
        self._call = Call(address, policy, trust, deadline, observer, resolve)
        self._max_body = max_body
        self._adapter = GuardedAdapter(1, 1, max_retries=0)  # it makes one call after the other, to one address

    @property
    def target(self) -> str:
        """Path and query of the address."""
        return self._call.address.target

    @property
    def url(self) -> str:
        """The address, without a port that goes without saying."""
        address = self._call.address
        return f"{address.scheme}://{_host_header(address)}{address.target}"

    @contextlib.contextmanager
    def within(self, deadline: Deadline) -> Iterator[None]:
        """Applies this deadline to the calls of the block."""
        whole, self._call.deadline = self._call.deadline, deadline
        try:
            yield
        finally:
            self._call.deadline = whole

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *_: object) -> None:
        self._adapter.close()

    def request(self, method: str, headers: Mapping[str, str], body: bytes | None = None, target: str = "") -> Response:
        """One request, no redirect followed. Raises Failure, TimeIsUp is one of its reasons, and Cancelled."""
        call = self._call
        call.ended = call.is_new = call.is_answered = False
        call.body_follows, call.head = bool(body), b""
        url = _url(call.address, target)
        current.call = call
        try:
            response = self._adapter.send(_prepared(method, url, headers, body, call.address), stream=True)
            with response:
                _require_head(call, response)
                body = _read(response, self._max_body)
                answer = Response(response.status_code, response.headers, body, response.reason or "")
            require_no_certificate(call, answer.status, answer.body)
            return answer
        except TimeIsUp:
            raise timeout(call) from None
        except (urllib3.exceptions.HTTPError, OSError, http.client.HTTPException, ValueError) as error:
            if is_stale(call, error):
                return self.request(method, headers, body, target)
            raise timeout(call) if call.deadline.is_over() else failure(call, error) from error
        finally:
            current.call = None


_NOT_SENT = {"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER}
"""urllib3 and http.client would send their own."""


def _prepared(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, address: Address
) -> requests.PreparedRequest:
    """What `requests.Request.prepare` would make: the URL is checked already, and there is nothing to encode.

    The headers are those of WCF's client in .NET Framework, in its order, because rules of proxies and firewalls go by
    them; but for Expect, which some servers never answer. Accept-Encoding is that of .NET's client only, and packed
    answers are read without it.
    """
    request = requests.PreparedRequest()
    request.method, request.url, request.body = method, url, body
    length = {} if body is None else {"Content-Length": str(len(body))}
    own = {"Host": _host_header(address), **length, "Connection": "Keep-Alive"}
    request.headers = CaseInsensitiveDict({**headers, **own, **_NOT_SENT})
    return request


def _host_header(address: Address) -> str:
    is_default = address.port == (443 if address.scheme == "https" else 80)
    return _bracketed(address.host) if is_default else f"{_bracketed(address.host)}:{address.port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _url(address: Address, target: str) -> str:
    return f"{address.scheme}://{_bracketed(address.host)}:{address.port}{target or address.target}"


_NO_HEADER = (MissingHeaderBodySeparatorDefect, InvalidHeaderDefect)


def _require_head(call: Call, response: requests.Response) -> None:
    """Refuses headers that break off or are malformed, which http.client accepts."""
    if call.ended:
        raise ConnectionError("the headers break off")
    original: Any = response.raw._original_response
    odd = not all(re.fullmatch(r"\s*\d{1,18}\s*", length) for length in original.msg.get_all("Content-Length", ()))
    if odd or original.msg.get_unixfrom() or any(isinstance(defect, _NO_HEADER) for defect in original.msg.defects):
        raise http.client.HTTPException("headers that are none")


def _read(response: requests.Response, max_body: int) -> bytes:
    encoding = response.headers.get("Content-Encoding", "").strip()
    response.raw.headers["Content-Encoding"] = encoding  # urllib3 does not know it with a blank behind it
    body = bytearray()
    try:
        while chunk := response.raw.read(65536, decode_content=encoding in DECODED):
            body += chunk
            if len(body) > max_body:
                raise Failure(Stage.HTTP, "http.too_large", {"limit": str(max_body)})
    except urllib3.exceptions.DecodeError as error:
        raise Failure(Stage.CONTRACT, "contract.not_xml", {"encoding": encoding}) from error
    return bytes(body)
