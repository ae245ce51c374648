"""What a person sees when the database is gone, locked, full or fails in the middle of a page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from tests.factories import ForgetfulQueue, Visitor, close, databases, form_fields, make_connector, says
from wizard.extensions import db
from wizard.models import CheckRun, Connector
from wizard.models.columns import now
from wizard.models.database import writing


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

    for path in ("/", "/account", "/login", "/nowhere"):
        answer = admin.get(path)
        assert answer.status_code == 503, path
        assert "The database does not answer" in says(answer.text)
    health = admin.get("/healthz")
    assert (health.status_code, health.json) == (503, {"status": "the database does not answer"})

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


@pytest.mark.usefixtures("_of_sqlite")
def test_a_database_that_is_deleted_while_it_is_used_is_reported_by_the_health_page(
    living: Flask, admin: Visitor
) -> None:
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
