"""Where an answer may lead."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from wizard.web.htmx import current_page, go_to, local_path


@given(st.text(alphabet="/\\:@?#.%a \t\n\r\x00", max_size=12))
@example("/\t/evil.example")
@example("/\\evil.example")
def test_a_local_path_stays_on_this_site(expected: str) -> None:
    path = local_path(expected)
    assert path in (expected, None)
    if path is not None:
        assert urlsplit(urljoin("https://wizard.example/login", path)).netloc == "wizard.example"
        assert "\\" not in path


@pytest.mark.parametrize("path", ["/", "/account", "/setup/7/connection?x=1&y=%20", "/users/?q=Ærø", "/a//b"])
def test_every_page_of_this_app_is_a_local_path(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize("path", [None, "", "account", "//evil.example", "https://evil.example/", "/ /evil.example"])
def test_everything_else_is_not(path: str | None) -> None:
    assert local_path(path) is None


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({"HX-Current-URL": "http://localhost/setup/7/app?x=1"}, "/setup/7/app?x=1"),
        ({"Referer": "http://localhost/account"}, "/account"),
        ({"HX-Current-URL": "http://localhost/a", "Referer": "http://localhost/b"}, "/a"),
        ({"Referer": "http://localhost.evil.example/b"}, None),
        ({"Referer": "https://localhost/b"}, None),
        ({"Referer": "http://localhost//evil.example"}, None),
        ({}, None),
    ],
)
def test_the_page_that_asked_is_known_if_it_is_one_of_ours(
    app: Flask, headers: dict[str, str], path: str | None
) -> None:
    with app.test_request_context("/", headers=headers):
        assert current_page() == path


def test_htmx_is_led_on_by_its_own_header(app: Flask) -> None:
    with app.test_request_context("/", headers={"HX-Request": "true"}):
        answer = go_to("/account")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/account")


def test_a_browser_is_led_on_by_a_redirect(app: Flask) -> None:
    with app.test_request_context("/"):
        answer = go_to("/account")
    assert (answer.status_code, answer.location) == (303, "/account")
