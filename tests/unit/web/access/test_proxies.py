"""Whom a proxy is believed, and what."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from werkzeug.test import create_environ

from wizard.config import EVERYWHERE, LOOPBACK_NETWORKS, Network
from wizard.web.access.proxies import TrustedProxies

PROXIES = (*LOOPBACK_NETWORKS, ipaddress.ip_network("10.0.0.0/24"))


def seen(peer: str, networks: tuple[Network, ...] = PROXIES, /, **headers: str) -> dict[str, Any]:
    """The environment that the app gets of a request from this peer."""
    found: dict[str, Any] = {}

    def app(environ: dict[str, Any], _start: Any) -> list[bytes]:
        found.update(environ)
        return []

    environ = create_environ(headers={name.replace("_", "-"): text for name, text in headers.items()})
    environ["REMOTE_ADDR"] = peer
    TrustedProxies(app, networks)(environ, lambda *_: lambda _: None)
    return found


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("1.2.3.4, 192.0.2.7", "192.0.2.7"),
        ("1.2.3.4, 192.0.2.7, 10.0.0.9", "192.0.2.7"),
        ("1.2.3.4,192.0.2.7 , 10.0.0.9,127.0.0.1", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("1.2.3.4, nonsense, 10.0.0.9", "10.0.0.9"),
        ("10.0.0.7, 10.0.0.9", "10.0.0.9"),
        ("nonsense", "10.0.0.5"),
        ("1.2.3.4,", "10.0.0.5"),
        ("", "10.0.0.5"),
    ],
)
def test_the_client_is_the_right_most_address_that_is_no_trusted_proxy(forwarded: str, client: str) -> None:
    assert seen("10.0.0.5", X_Forwarded_For=forwarded)["REMOTE_ADDR"] == client


@pytest.mark.parametrize("peer", ["192.0.2.1", "10.0.1.5", "2001:db8::5", "nonsense"])
def test_who_is_no_trusted_proxy_is_believed_nothing(peer: str) -> None:
    environ = seen(
        peer,
        X_Forwarded_For="1.2.3.4",
        X_Forwarded_Proto="https",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Prefix="/evil",
        Forwarded="for=1.2.3.4;host=evil.example",
        X_Request_ID="made-up",
    )
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ["HTTP_HOST"]) == (peer, "http", "localhost")
    assert not [name for name in environ if "FORWARDED" in name or "REQUEST_ID" in name]


def test_of_a_trusted_proxy_the_last_scheme_and_host_count() -> None:
    environ = seen("127.0.0.1", X_Forwarded_Proto="http, https", X_Forwarded_Host="evil.example, erp.example")
    assert (environ["wsgi.url_scheme"], environ["HTTP_HOST"]) == ("https", "erp.example")


def test_a_scheme_that_is_none_is_not_believed() -> None:
    assert seen("127.0.0.1", X_Forwarded_Proto="javascript")["wsgi.url_scheme"] == "http"


@pytest.mark.parametrize("peer", ["::1", "::ffff:127.0.0.1", ""])
def test_this_machine_is_one_proxy_by_whatever_way_it_connects(peer: str) -> None:
    assert seen(peer, LOOPBACK_NETWORKS, X_Forwarded_For="192.0.2.7")["REMOTE_ADDR"] == "192.0.2.7"


def test_where_every_address_is_trusted_the_nearest_proxy_s_word_counts() -> None:
    assert seen("203.0.113.9", EVERYWHERE, X_Forwarded_For="1.2.3.4, 192.0.2.7")["REMOTE_ADDR"] == "192.0.2.7"
