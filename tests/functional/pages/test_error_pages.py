"""What a person sees when a page cannot be shown: what happened, what to do, and a way on."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories import Visitor, close, in_app, make_app, says
from tests.steps import RIGHT, open_step_3
from wizard.extensions import db
from wizard.models import Account, Connection
from wizard.models.database import InvalidData


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/setup/99/app",
        "/setup/99/connector",
        "/setup/99/connection",
        "/setup/99/done",
        "/setup/99/scope",
        "/setup/99/connector/check",
        "/setup/x/app",
        "/setup/-1/app",
        "/checks/nothing",
        "/checks/\N{SNOWMAN}",
        "/connections/99",
        "/users/99",
        "/users/groups/99",
        "/setup/99999999999999999999/app",
        "/users/99999999999999999999",
        "/connections/99999999999999999999",
    ],
)
def test_what_is_not_there_is_reported_with_a_way_on(admin: Visitor, path: str) -> None:
    answer = admin.get(path)
    assert answer.status_code == 404
    assert "Page not found" in says(answer.text)
    assert '<a class="button button-main" href="/">' in answer.text


GONE = (
    "/setup/99/app",
    "/setup/99/app/draft",
    "/setup/99/connector",
    "/setup/99/connection",
    "/setup/99/connection/fields",
    "/setup/99/scope",
    "/setup/99/discard",
    "/setup/99/restore",
    "/connectors/99/edit",
    "/connectors/99/check",
    "/connectors/99/delete",
    "/connectors/99/restore",
    "/connections/99/edit",
    "/connections/99/copy",
    "/connections/99/test",
    "/connections/99/delete",
    "/connections/99/restore",
    "/users/99",
    "/users/99/delete",
    "/users/groups/99",
    "/users/groups/99/delete",
    "/checks/nothing/cancel",
    "/connectors/99999999999999999999/delete",
)


@pytest.mark.parametrize("htmx", [False, True])
def test_nothing_can_be_done_to_what_is_not_there(admin: Visitor, htmx: bool) -> None:
    answers = {path: admin.post(path, {}, htmx=htmx).status_code for path in GONE}
    assert answers == dict.fromkeys(GONE, 404)


def test_a_stranger_gets_the_page_too(client: FlaskClient) -> None:
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert "Page not found" in says(answer.text)
    assert "Activity" not in answer.text


def test_an_error_for_htmx_is_no_fragment_that_would_fill_a_hole(admin: Visitor) -> None:
    answer = admin.htmx("/setup/99/connector/check")
    assert answer.status_code == 404
    assert answer.headers["HX-Retarget"] == answer.headers["HX-Reselect"] == "main"


def test_an_address_that_does_not_take_this_says_what_it_takes(admin: Visitor) -> None:
    answer = admin.get("/setup/new")
    assert answer.status_code == 405
    assert "Not possible this way" in says(answer.text)
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    assert answer.headers.get_all("Content-Type") == ["text/html; charset=utf-8"]


def test_an_old_page_s_button_is_explained_with_a_way_back_to_the_page(admin: Visitor) -> None:
    page = {"Referer": "http://localhost/setup/1/app"}
    answer = admin.client.post("/setup/1/app", data={"csrf_token": "old"}, headers=page)
    assert answer.status_code == 400
    assert "You may have signed in anew since" in says(answer.text)
    assert "What was saved as a draft is still there." in says(answer.text)
    assert '<a class="button button-main" href="/setup/1/app">Back to the page</a>' in answer.text


def test_there_is_no_way_back_to_a_page_of_another_site(admin: Visitor) -> None:
    answer = admin.client.post("/account", data={}, headers={"Referer": "https://evil.example/form"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text
    assert "Back to the page" not in answer.text


def test_more_than_2_mb_is_too_much(admin: Visitor) -> None:
    answer = admin.client.post("/account", data={"current": "x" * (2 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "too large" in says(answer.text)


def test_more_choices_than_a_statement_takes_are_too_much(admin: Visitor) -> None:
    page = str(admin.post("/connections/new").location).replace("/connection", "/scope")

    answer = admin.post(page, {"user": [str(number) for number in range(1, 70_000)]})

    assert answer.status_code == 413
    assert "has too many parts" in says(answer.text)


def test_a_value_that_a_column_does_not_take_has_its_page_and_spoils_nothing(
    living: Flask, admin: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> str:
        raise InvalidData("INSERT ...", {}, ValueError("value too long"))

    with monkeypatch.context() as patch:
        patch.setitem(living.view_functions, "activity.show", refused)
        answer = admin.get("/activity/")

    assert answer.status_code == 400
    assert "This cannot be kept" in says(answer.text)
    assert "INSERT" not in answer.text
    assert admin.get("/activity/").status_code == 200


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/login", {"username": "in\0grid", "password": "x"}),
        ("/accounts/new", {"name": "In\0grid", "username": "ing\0rid", "role": "reader"}),
        ("/users/new", {"name": "An\0na", "username": "an\0na"}),
        ("/users/groups/new", {"name": "Sa\0les"}),
        ("/users/import", {"text": "name;user name\nA\0da;ada\n"}),
    ],
)
def test_a_nul_that_came_along_is_left_out(admin: Visitor, path: str, form: dict[str, str]) -> None:
    assert admin.post(path, form).status_code < 500

    names = [row.name for row in in_app(admin.app, lambda: db.session.scalars(select(Account)).all())]
    assert not any("\0" in name for name in names)


def test_a_nul_in_a_connection_is_left_out_before_it_is_saved(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})

    saved = admin.send(page, {"description": "before\0after", "action": "ok"})

    assert saved.request.path.endswith("/done")
    assert in_app(admin.app, lambda: db.session.get_one(Connection, 1).description) == "beforeafter"


def test_an_unforeseen_error_shows_no_details_and_is_logged(
    living: Flask, admin: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise RuntimeError("a secret in a message")

    living.view_functions["activity.show"] = broken

    answer = admin.get("/activity/")

    assert answer.status_code == 500
    assert "The wizard could not show this page." in says(answer.text)
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "a secret in a message" in caplog.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["en", "nl", "de", "nb", "sv", "da"])
def test_an_error_page_has_the_language_of_its_person(template_instance: Path, tmp_path: Path, language: str) -> None:
    app = make_app(template_instance, tmp_path / "instance")
    answer = app.test_client().get("/nothing", headers={"Accept-Language": language})
    assert f'<html lang="{language}"' in answer.text
    close(app)
