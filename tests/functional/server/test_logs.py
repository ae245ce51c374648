"""What the log says of a request, and what it never says."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import pages
from tests.factories import Visitor, close, make_app, make_welcome_path, sign_in
from wizard.logs import JsonLines


@pytest.fixture(autouse=True)
def _everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """The log of requests, as programs read it."""
    formatter = JsonLines()
    return [json.loads(formatter.format(record)) for record in caplog.records if record.name == "wizard.request"]


def test_a_request_is_a_line_with_its_number_who_what_and_how_it_ended(
    admin: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    answer = admin.get("/users/99")

    line = lines(caplog)[-1]
    assert line["request"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["rule"], line["status"]) == ("GET", "/users/<int:user_id>", 404)
    assert line["account"] == 1
    assert str(line["message"]).startswith("GET /users/<int:user_id> 404 in ")


def test_each_request_has_a_number_of_its_own_whatever_a_browser_sends(admin: Visitor) -> None:
    numbers = {admin.client.get("/", headers={"X-Request-ID": "mine"}).headers["X-Request-ID"] for _ in range(3)}
    assert len(numbers) == 3
    assert "mine" not in numbers


@pytest.fixture
def proxied(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(template_instance, tmp_path / "proxied", behind_tls=True)
    yield app
    close(app)


@pytest.mark.parametrize(("sent", "taken"), [("a-1.b_2", True), ("x" * 65, False), ("a b", False), ("", False)])
def test_a_proxy_s_number_is_taken_if_it_is_harmless(proxied: Flask, sent: str, taken: bool) -> None:
    answer = proxied.test_client().get("/login", headers={"X-Request-ID": sent})
    assert (answer.headers["X-Request-ID"] == sent) is taken


def test_an_error_page_shows_the_number_that_its_traceback_has(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken() -> str:
        raise RuntimeError

    app.view_functions["activity.show"] = broken
    answer = sign_in(app, "Ola").get("/activity/")

    number = answer.headers["X-Request-ID"]
    assert number in answer.text
    (line,) = [each for each in lines(caplog) if "traceback" in each]
    assert line["request"] == number
    assert "RuntimeError" in str(line["traceback"])


def test_no_token_of_a_link_and_no_value_is_ever_logged(
    app: Flask, admin: Visitor, practice_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    link = make_welcome_path(app, "Ingrid Berg")
    pages.fill(app, admin, practice_url)
    admin.get(link)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(token: str) -> str:
        raise RuntimeError

    app.view_functions["sign_in.welcome"] = broken
    assert admin.get(link).status_code == 500

    logged = caplog.text + "".join(str(line) for line in lines(caplog))
    for secret in (link.rpartition("/")[2], "ACME-NO", "'practice'", '"practice"'):
        assert secret not in logged
