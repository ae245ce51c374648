"""Addresses that lack nothing but their scheme."""

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
    "typed",
    ["", "https://sync.example/x", "http://erp", "app://abc", "ftp://x.example", "x", "a b.example", "user@x.example"],
)
def test_nothing_else_is_guessed(typed: str) -> None:
    assert mended_url(typed) is None
