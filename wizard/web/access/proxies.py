"""What a proxy says about a request, believed only from the proxies that are trusted."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from wizard.config import Network

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADERS = ("FOR", "PROTO", "HOST", "PORT", "PREFIX", "BY", "SERVER")
PEER = "wizard.peer"
"""The key of the environment with the address that has connected, a proxy's or not."""
PROXY_SCHEME = "wizard.proxy_scheme"
"""The key of the environment with the scheme that a trusted proxy named; empty from others."""
REQUEST_ID = "HTTP_X_REQUEST_ID"
_SERVER_SOCKET = ipaddress.ip_address("127.0.0.1")
"""Stands for whoever connects through a Unix socket, who has no address."""


class TrustedProxies:
    """WSGI middleware that takes client, scheme and host from the headers of trusted proxies, and removes all others.

    The client is the right-most address in X-Forwarded-For that is no trusted proxy: those before it may be made up.
    """

    def __init__(self, app: WSGIApplication, networks: Sequence[Network]) -> None:
        self._app = app
        self._networks = networks

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        forwarded = {name: environ.pop(f"HTTP_X_FORWARDED_{name}", "") for name in HEADERS}
        environ.pop("HTTP_FORWARDED", None)
        environ[PEER] = environ.get("REMOTE_ADDR", "")
        environ[PROXY_SCHEME] = ""
        if self._is_trusted(environ[PEER]):
            self._believe(environ, forwarded)
        else:
            environ.pop(REQUEST_ID, None)
        return self._app(environ, start_response)

    def _believe(self, environ: WSGIEnvironment, forwarded: Mapping[str, str]) -> None:
        environ["REMOTE_ADDR"] = self._client(environ[PEER], forwarded["FOR"])
        if (scheme := _last(forwarded["PROTO"]).lower()) in ("http", "https"):
            environ["wsgi.url_scheme"] = environ[PROXY_SCHEME] = scheme
        if host := _last(forwarded["HOST"]):
            environ["HTTP_HOST"] = host

    def _client(self, peer: str, forwarded_for: str) -> str:
        hops = [hop.strip() for hop in forwarded_for.split(",")] if forwarded_for else []
        if not hops or _parsed(hops[-1]) is None:
            return peer
        for hop in reversed(hops):
            if (address := _parsed(hop)) is None:
                break
            if not self._is_trusted(hop):
                return str(address)
        return str(_parsed(hops[-1]))

    def _is_trusted(self, text: str) -> bool:
        address = _parsed(text) if text else _SERVER_SOCKET
        return address is not None and any(
            address.version == network.version and address in network for network in self._networks
        )


def _last(values: str) -> str:
    """Of a header that several proxies have added to: what the nearest one said."""
    return values.rpartition(",")[2].strip()


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address with or without a port; IPv4 in IPv6 counts as IPv4."""
    host = text[1:].partition("]")[0] if text.startswith("[") else text
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
