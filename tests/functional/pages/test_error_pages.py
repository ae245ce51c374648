"""What a person sees when a page cannot be shown: what happened, what to do, and a way on."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from tests.factories import ForgetfulQueue, Visitor, close, databases, form_fields, in_app, make_app, make_connector
from tests.steps import RIGHT, open_step_3
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, Connector
from wizard.models.columns import now
from wizard.models.database import InvalidData, writing


@pytest.fixture
def living(app: Flask) -> Flask:
    """Shows a page for an error, as outside of tests, instead of raising it."""
    app.testing = False
    return app


def says(answer_text: str) -> str:
    """A page's words."""
    main = answer_text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


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
        "/connections/99/sheet",
        "/users/99",
        "/users/groups/99",
        "/setup/99999999999999999999/app",
        "/users/99999999999999999999",
        "/connections/99999999999999999999/sheet",
    ],
)
def test_what_is_not_there_is_told_with_a_way_on(admin: Visitor, path: str) -> None:
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


def test_an_old_page_s_form_is_explained_with_a_way_back_to_the_page(admin: Visitor) -> None:
    page = {"Referer": "http://localhost/setup/1/app"}
    answer = admin.client.post("/setup/1/app", data={"erp": "x", "csrf_token": "old"}, headers=page)
    assert answer.status_code == 400
    assert "This page is too old" in says(answer.text)
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
    assert "larger than 2 MB" in says(answer.text)


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


def test_an_error_in_the_middle_of_a_transaction_has_its_page_and_spoils_nothing(
    living: Flask, admin: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_connector(living, "Visma")

    def twice() -> str:
        db.session.add(Connector(name="visma", url="https://erp.example"))
        db.session.flush()
        return ""

    with monkeypatch.context() as patch:
        patch.setitem(living.view_functions, "activity.show", twice)
        answer = admin.get("/activity/")

    assert answer.status_code == 500
    assert "Something went wrong" in says(answer.text)
    assert admin.get("/activity/").status_code == 200
    with living.app_context(), pytest.raises(IntegrityError):
        twice()


@pytest.fixture
def _of_sqlite() -> None:
    if databases:
        pytest.skip("It is about SQLite's file.")


@pytest.mark.usefixtures("_of_sqlite")
def test_a_database_that_is_gone_has_its_page_and_comes_back_without_a_restart(living: Flask, admin: Visitor) -> None:
    database = Path(living.instance_path, "wizard.sqlite3")
    close(living)
    away = database.rename(database.with_suffix(".away"))
    database.mkdir()

    for path in ("/", "/account", "/healthz", "/login", "/nowhere"):
        answer = admin.get(path)
        assert answer.status_code == 503, path
        assert "The database does not answer" in says(answer.text)

    database.rmdir()
    away.rename(database)
    assert admin.get("/").status_code == 200
    assert admin.get("/healthz").status_code == 200


@pytest.mark.usefixtures("_of_sqlite")
def test_a_locked_database_loses_nothing(living: Flask, admin: Visitor) -> None:
    token = admin.token
    close(living)
    with living.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(Path(living.instance_path, "wizard.sqlite3"))) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = admin.client.post("/setup/new", data={"csrf_token": token})
        assert answer.status_code == 503
        assert admin.get("/").status_code == 200
        other.rollback()
    assert admin.client.post("/setup/new", data={"csrf_token": token}).status_code == 303


@pytest.mark.usefixtures("_of_sqlite")
def test_the_page_about_a_locked_database_does_not_wait_for_it_once_more(living: Flask, admin: Visitor) -> None:
    token = admin.token
    close(living)
    waits: list[str] = []
    with living.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        event.listen(db.engine, "before_cursor_execute", lambda _, __, statement, *___: waits.append(statement))
    with closing(sqlite3.connect(Path(living.instance_path, "wizard.sqlite3"))) as other:
        other.execute("BEGIN IMMEDIATE")

        answer = admin.client.post("/setup/new", data={"csrf_token": token})

        assert answer.status_code == 503
        assert waits.count("BEGIN IMMEDIATE") == 1


@pytest.mark.usefixtures("_of_sqlite")
@pytest.mark.parametrize(
    ("trouble", "over"),
    [("query_only = ON", "query_only = OFF"), ("max_page_count = 1", "max_page_count = 1073741823")],
    ids=["read-only", "full"],
)
def test_a_database_that_takes_nothing_more_has_its_page_and_loses_nothing(
    living: Flask, admin: Visitor, trouble: str, over: str
) -> None:
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"description": "typed before", "action": "fields"})
    fields = form_fields(admin.get(page).text) | {"csrf_token": admin.token, "action": "fields"}
    much = fields | {"description": "typed " * 50_000}

    def tell_database(pragma: str) -> None:
        with living.app_context(), db.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA {pragma}")

    close(living)
    tell_database(trouble)
    answer = admin.client.post(page, data=much)

    assert answer.status_code == 503
    assert "The database does not answer" in says(answer.text)
    assert "typed before" in admin.get(page).text
    tell_database(over)
    assert admin.client.post(page, data=much).status_code == 303
    assert "typed typed" in admin.get(page).text


@pytest.mark.parametrize("language", ["en", "nl", "de", "nb", "sv", "da"])
def test_an_error_page_has_the_language_of_its_person(template_instance: Path, tmp_path: Path, language: str) -> None:
    app = make_app(template_instance, tmp_path / "instance")
    answer = app.test_client().get("/nothing", headers={"Accept-Language": language})
    assert f'<html lang="{language}"' in answer.text
    close(app)


@pytest.mark.usefixtures("_of_sqlite")
def test_a_database_that_is_deleted_while_it_is_used_is_told_by_the_health_page(living: Flask, admin: Visitor) -> None:
    assert admin.get("/healthz").status_code == 200
    Path(living.instance_path, "wizard.sqlite3").unlink()

    answer = admin.get("/healthz")

    assert answer.status_code == 503
    assert "the database file was deleted or replaced" in answer.text


@pytest.mark.usefixtures("_of_sqlite")
def test_a_page_about_a_check_whose_process_is_gone_only_reads(living: Flask, admin: Visitor) -> None:
    step = str(admin.post("/connectors/new").location)
    living.extensions["job_queue"] = ForgetfulQueue(living)
    admin.send(step, {"name": "Visma", "url": "https://erp.example/x.svc", "action": "check"})
    with living.app_context(), writing():
        run = db.session.scalars(select(CheckRun)).one()
        run.heartbeat_at = now() - timedelta(minutes=1)
        db.session.commit()
    close(living)
    with living.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(Path(living.instance_path, "wizard.sqlite3"))) as other:
        other.execute("BEGIN IMMEDIATE")

        for path in (step, f"/checks/{run.id}"):
            answer = admin.get(path)
            assert answer.status_code == 200
            assert "Interrupted" in answer.text
