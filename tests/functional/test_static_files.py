"""Static files: fingerprinted, kept for ever, compressed, nobody's session on them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import sign_in

NAMES = ("app.css", "app.js", "htmx.min.js", "sprite.svg", "favicon.svg")
FOR_EVER = "public, max-age=31536000, immutable"


class Reader(FlaskClient):
    """Reads every answer to its end, which lets go of its file."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        return super().open(*args, **{**options, "buffered": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.test_client_class = Reader
    return app.test_client()


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return str(app.jinja_env.globals["static_url"](name))  # type: ignore[operator]


@pytest.mark.parametrize("name", NAMES)
def test_a_fingerprinted_file_is_kept_for_ever(app: Flask, client: FlaskClient, name: str) -> None:
    answer = client.get(address(app, name))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.data == Path(app.static_folder or "", name).read_bytes()


def test_every_static_file_of_a_page_is_fingerprinted(client: FlaskClient) -> None:
    asked = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get("/login").text))
    assert len(asked) >= 4
    assert {client.get(url).headers["Cache-Control"] for url in asked} == {FOR_EVER}


@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000"])
def test_another_version_is_not_kept(client: FlaskClient, query: str) -> None:
    """An old process must not have its file kept under the name of a new one."""
    assert client.get("/static/app.css" + query).headers["Cache-Control"] == "no-cache"


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/static/app.css")
    again = client.get("/static/app.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_text_is_compressed_for_who_takes_it(app: Flask, client: FlaskClient) -> None:
    url = address(app, "app.css")
    plain, small = client.get(url), client.get(url, headers={"Accept-Encoding": "br, gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2
    assert "Accept-Encoding" in small.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_a_part_of_a_file_is_sent_as_it_is(app: Flask, client: FlaskClient) -> None:
    answer = client.get(address(app, "app.css"), headers={"Range": "bytes=0-9", "Accept-Encoding": "gzip"})
    assert (answer.status_code, len(answer.data)) == (206, 10)
    assert "Content-Encoding" not in answer.headers


def test_a_page_is_never_compressed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/login", headers={"Accept-Encoding": "gzip"}).headers


def test_what_others_may_keep_has_nobody_s_session(app: Flask, client: FlaskClient) -> None:
    answer = sign_in(app, "Ingrid").get(address(app, "app.css"))
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["nothing.css", "../wizard/app.py", "%2e%2e/wizard/app.py", "..%5cREADME.md", ""])
def test_nothing_else_is_found(client: FlaskClient, path: str) -> None:
    assert client.get("/static/" + path).status_code == 404


def test_the_first_load_is_light(app: Flask, client: FlaskClient) -> None:
    page = client.get("/login")
    asked = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)) | {address(app, "sprite.svg")}
    small = {"Accept-Encoding": "gzip"}
    assert len(page.data) + sum(len(client.get(url, headers=small).data) for url in asked) < 60_000


def test_a_static_file_that_is_not_there_is_not_kept(client: FlaskClient) -> None:
    assert client.get("/static/nothing.css").headers["Cache-Control"] == "no-store"
    beyond = client.get("/static/app.css", headers={"Range": "bytes=9999999-"})
    assert (beyond.status_code, beyond.headers["Cache-Control"]) == (416, "no-store")
