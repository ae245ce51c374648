"""The same on a real PostgreSQL server, by one setting."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import create_engine, func, select

from tests import factories, postgres
from tests.factories import form_fields
from tests.steps import RIGHT, connectors, open_step_3
from wizard import create_app
from wizard.config import Settings
from wizard.extensions import Base, db, limiter
from wizard.models import CheckRun, Connection, User
from wizard.models.search_index import is_declared
from wizard.server.upgrade import upgrade

PATIENCE = 60.0
"""Seconds that a statement may take, here where two requests wait for each other; a busy machine is slow."""


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("instance")
    settings = Settings(
        instance=folder, keys=(factories.KEY,), database_url=database_url, database_statement_seconds=PATIENCE
    )
    app = create_app(settings)
    upgrade(app)
    app.testing = True
    app.extensions["job_queue"] = factories.InlineQueue(app)
    limiter.enabled = False
    yield app
    factories.close(app)


@pytest.fixture(scope="module")
def admin(app: Flask) -> factories.Visitor:
    return factories.sign_in(app, "Ingrid Berg")


def test_the_migrations_make_just_the_tables_of_the_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_declared})

        found = compare_metadata(context, Base.metadata)
        assert [each for each in found if not str(getattr(each[1], "name", "")).endswith("_searched")] == []


def test_a_connection_is_tested_saved_found_and_edited(admin: factories.Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    failed = admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"})
    assert "The test stopped at the ERP" in failed.text
    admin.send(page, {"cf:ApiPassword": "practice", "action": "test"})
    assert admin.send(page, {"action": "ok"}).request.path.endswith("/done")

    assert "<b>Acme Norway</b>" in admin.get("/?nq=ACME").text
    assert "<b>Acme Norway</b>" not in admin.get("/?nq=100%25").text
    edit = str(admin.post("/connections/1/edit").location)
    admin.send(edit, {"name": "Acme Norge", "action": "test"})
    admin.send(edit, {"action": "ok"})
    assert "<b>Acme Norge</b>" in admin.get("/").text


def test_a_name_that_differs_only_in_case_is_taken(admin: factories.Visitor, practice_url: str) -> None:
    if not connectors(admin):
        open_step_3(admin, practice_url)
    name = connectors(admin)[0].name.upper()
    page = str(admin.post("/connectors/new").location)
    admin.send(page, {"name": name, "url": practice_url, "action": "check"})

    assert "Another connector has this name" in admin.send(page, {"action": "continue"}).text


def test_people_are_imported_and_counted_once(admin: factories.Visitor) -> None:
    text = "name;user name;groups\nAnna;anna;Sales|Finance\nBob;bob;Sales\n"

    preview = admin.post("/users/import", {"text": text})
    admin.post("/users/import", form_fields(preview.text))

    assert "2 SuperOffice users can be chosen" in admin.get("/users/").text


def test_ok_pressed_twice_at_once_saves_once(admin: factories.Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url, "Pressed twice")
    saves = select(func.count()).select_from(CheckRun).where(CheckRun.kind == "save")
    before = factories.in_app(admin.app, lambda: db.session.scalar(saves))
    admin.send(page, RIGHT | {"name": "Pressed twice", "action": "test"})
    fields = form_fields(admin.get(page).text) | {"description": "Both change the draft", "action": "ok"}
    hands = [factories.sign_in(admin.app, f"Hand {number}") for number in range(4)]
    for hand in hands:
        hand.get(page)

    with ThreadPoolExecutor(len(hands)) as pool:
        answers = list(pool.map(lambda hand: hand.post(page, fields), hands))

    assert [answer.status_code for answer in answers] == [303] * len(hands)
    assert admin.get(page, follow_redirects=True).request.path.endswith("/done")
    saved = select(func.count()).select_from(Connection).where(Connection.name == "Pressed twice")
    assert factories.in_app(admin.app, lambda: db.session.scalar(saved)) == 1
    assert factories.in_app(admin.app, lambda: db.session.scalar(saves)) == before + 1


def test_two_imports_of_the_same_users_at_once_make_each_once(admin: factories.Visitor) -> None:
    text = "name;user name;groups\n" + "".join(f"At once {n};at-once-{n};Once {n % 50}\n" for n in range(2000))
    fields = form_fields(admin.post("/users/import", {"text": text}).text)
    hands = [factories.sign_in(admin.app, f"Importer {number}") for number in range(2)]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda hand: hand.post("/users/import", fields), hands))

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    made = select(func.count()).select_from(User).where(User.username.startswith("at-once-"))
    assert factories.in_app(admin.app, lambda: db.session.scalar(made)) == 2000


def test_a_server_that_takes_no_changes_has_its_page_and_is_reported_by_the_health_page(
    app: Flask, admin: factories.Visitor, database_url: str
) -> None:
    token = admin.token
    server = create_engine(database_url, isolation_level="AUTOCOMMIT")
    app.testing = False
    with server.connect() as connection:
        connection.exec_driver_sql("ALTER DATABASE postgres SET default_transaction_read_only = on")
        factories.close(app)

        answer = admin.client.post("/setup/new", data={"csrf_token": token})
        health = admin.get("/healthz")

        assert (answer.status_code, "The database does not answer" in answer.text) == (503, True)
        assert (health.status_code, health.json) == (503, {"status": "the database is read-only"})
        assert admin.get("/users/").status_code == 200
        connection.exec_driver_sql("ALTER DATABASE postgres RESET default_transaction_read_only")
    factories.close(app)
    server.dispose()
    assert admin.client.post("/setup/new", data={"csrf_token": token}).status_code == 303
    assert admin.get("/healthz").status_code == 200
    app.testing = True


def test_a_finished_page_is_sent_though_the_server_has_gone_since(
    app: Flask, admin: factories.Visitor, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = create_engine(database_url)

    def made() -> str:
        own = db.session.scalar(select(func.pg_backend_pid()))
        with server.connect() as connection:
            assert connection.scalar(select(func.pg_terminate_backend(own, 60_000)))
        return "made"

    monkeypatch.setitem(app.view_functions, "activity.show", made)

    assert admin.get("/activity/").text == "made"
    assert admin.get("/").status_code == 200
    server.dispose()
