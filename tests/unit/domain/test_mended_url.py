"""Addresses that lack nothing but their scheme, or that one thing was copied along with."""

from __future__ import annotations

import pytest

from wizard.domain.connector import mended_url


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("sync.example/x.svc", "https://sync.example/x.svc"),
        ("www.sync.example", "https://www.sync.example"),
        ("10.0.0.5:8443/x.svc?ConnectorName=A", "https://10.0.0.5:8443/x.svc?ConnectorName=A"),
        ("erp:8080/x", "https://erp:8080/x"),
        ("//sync.example/x", "https://sync.example/x"),
        ("https:/sync.example/x", "https://sync.example/x"),
        ("https//sync.example/x", "https://sync.example/x"),
        ("http:sync.example/x", "http://sync.example/x"),
        ("httpsync.example/x", "https://httpsync.example/x"),
        ("sync.example/?back=https://other.example", "https://sync.example/?back=https://other.example"),
    ],
)
def test_the_scheme_is_put_before_it(typed: str, mended: str) -> None:
    assert mended_url(typed) == mended


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("http://https://sync.example/x.svc", "https://sync.example/x.svc"),
        ("https://http://sync.example/x.svc", "http://sync.example/x.svc"),
        ("https://https//sync.example/x.svc", "https://sync.example/x.svc"),
        ("https://app://1a2b", "app://1a2b"),
        ("https://sync.example/x.svc?wsdl", "https://sync.example/x.svc"),
        ("https://sync.example/x.svc?singleWsdl", "https://sync.example/x.svc"),
        ("sync.example/x.asmx?WSDL", "https://sync.example/x.asmx"),
        ("https://sync.example/x.svc?xsd=xsd0", "https://sync.example/x.svc"),
        ("https://sync\u200b.example/x.svc", "https://sync.example/x.svc"),
    ],
)
def test_what_was_copied_along_is_left_out(typed: str, mended: str) -> None:
    assert mended_url(typed) == mended


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://sync.example/?wsdl=1&company=A",
        "\ufeffhttps://sync.example/x ",
        "https://sync.example/x",
        "http://erp",
        "app://abc",
        "ftp://x.example",
        "x",
        "a b.example",
        "user@x.example",
    ],
)
def test_nothing_else_is_guessed(typed: str) -> None:
    assert mended_url(typed) is None
