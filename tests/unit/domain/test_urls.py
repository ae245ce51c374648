"""No password of a URL is shown, however the URL is mistyped."""

from __future__ import annotations

import pytest

from wizard.domain.urls import without_password


@pytest.mark.parametrize(
    ("url", "rendered"),
    [
        ("https://sa:geheim99@h/x", "https://••••@h/x"),
        ("ftp://sa:geheim99@h/", "ftp://••••@h/"),
        ("sa:geheim99@h", "••••@h"),
        ("https:sa:geheim99@h/", "••••@h/"),
        ("https:/sa:geheim99@h/", "••••@h/"),
        ("https:\\\\sa:geheim99@h", "••••@h"),
        ("https://sa:geheim99\\@h/", "https://••••@h/"),
        ("https://sa:geheim99?@h/", "https://••••@h/"),
        ("https://sa:geheim99#@h/", "https://••••@h/"),
        ("https://sa:geh/eim99@h/", "https://••••@h/"),
        ("https://sa:1234?@h/", "https://••••@h/"),
        ("https://sa:geh@eim99@h/", "https://••••@h/"),
        ("https://sa:geheim99 @h/", "https://••••@h/"),
    ],
)
def test_what_stands_before_the_last_at_is_blacked_out(url: str, rendered: str) -> None:
    assert without_password(url) == rendered


@pytest.mark.parametrize("url", ["https://h/x.svc", "https://h/x?mail=a@b.example", "https://[::1]/a@b", "h:443", ""])
def test_a_url_without_a_password_stays_as_it_is(url: str) -> None:
    assert without_password(url) == url
