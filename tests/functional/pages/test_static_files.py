"""Static files: cached for ever under a fingerprint, compressed, without a session."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import sign_in
from wizard.web import static_files

STATIC = Path(__file__).parents[3] / "static"
NAMES = ("app.css", "js/app.js", "js/dom.js", "htmx.min.js", "sprite.svg", "favicon.svg")
OTHER_VERSION = "/static/000000000000/app.css"
MODULES = sorted(path.relative_to(STATIC).as_posix() for path in (STATIC / "js").iterdir())
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
def test_a_fingerprinted_file_is_cached_for_ever(app: Flask, client: FlaskClient, name: str) -> None:
    answer = client.get(address(app, name))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.data == Path(app.static_folder or "", name).read_bytes()


def test_every_static_file_of_a_page_is_fingerprinted(client: FlaskClient) -> None:
    asked = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get("/login").text))
    assert len(asked) >= 4
    assert {client.get(url).headers["Cache-Control"] for url in asked} == {FOR_EVER}


@pytest.mark.parametrize("module", MODULES)
def test_a_page_preloads_what_a_module_imports(app: Flask, client: FlaskClient, module: str) -> None:
    preloaded = re.findall(r'rel="modulepreload" href="([^"]+)"', client.get("/login").text)
    url = address(app, module)
    imported = re.findall(r'(?:import|from) "(\./[^"]+)"', client.get(url).text)
    assert {urljoin(url, path) for path in imported} <= set(preloaded)


def test_the_fingerprint_changes_with_any_file_of_the_folder(tmp_path: Path) -> None:
    def fingerprint(name: str, text: str) -> str:
        folder = tmp_path / name / text
        (folder / "js").mkdir(parents=True)
        (folder / "js" / name).write_text(text)
        app = Flask("small", static_folder=str(folder), static_url_path=static_files.URL_PATH)
        static_files.register(app)
        return address(app, f"js/{name}").split("/")[2]

    assert len({fingerprint(*each) for each in [("a.js", "1"), ("a.js", "2"), ("b.js", "1")]}) == 3


def test_another_version_is_not_cached(client: FlaskClient) -> None:
    """An old process must not have its file cached at the address of a new one."""
    assert client.get(OTHER_VERSION).headers["Cache-Control"] == "no-cache"


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(OTHER_VERSION)
    again = client.get(OTHER_VERSION, headers={"If-None-Match": first.headers["ETag"]})
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


def test_what_others_may_cache_has_no_session(app: Flask, client: FlaskClient) -> None:
    answer = sign_in(app, "Ingrid").get(address(app, "app.css"))
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["nothing.css", "../wizard/app.py", "%2e%2e/wizard/app.py", "..%5cREADME.md", ""])
def test_nothing_else_is_found(client: FlaskClient, path: str) -> None:
    assert client.get("/static/" + path).status_code == 404
    assert client.get("/static/000000000000/" + path).status_code == 404


def test_the_first_load_is_light(app: Flask, client: FlaskClient) -> None:
    page = client.get("/login")
    asked = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)) | {address(app, "sprite.svg")}
    small = {"Accept-Encoding": "gzip"}
    assert len(page.data) + sum(len(client.get(url, headers=small).data) for url in asked) < 60_000


def test_a_static_file_that_is_not_there_is_not_cached(app: Flask, client: FlaskClient) -> None:
    assert client.get(address(app, "nothing.css")).headers["Cache-Control"] == "no-store"
    beyond = client.get(address(app, "app.css"), headers={"Range": "bytes=9999999-"})
    assert (beyond.status_code, beyond.headers["Cache-Control"]) == (416, "no-store")
