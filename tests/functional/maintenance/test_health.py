"""The health page is true whatever keeps the wizard from working."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.factories import close, databases, in_app
from tests.functional.maintenance.backups import rows
from tests.functional.maintenance.disk import Disk
from wizard import create_app
from wizard.app import execute
from wizard.config import Settings
from wizard.extensions import db
from wizard.jobs.pool import ThreadPool
from wizard.models.database import writing
from wizard.server.upgrade import upgrade
from wizard.services.maintenance import health


@pytest.fixture
def _of_sqlite() -> None:
    if databases:
        pytest.skip("It is about SQLite's file.")


def status(app: Flask, path: str = "/healthz") -> tuple[int, dict[str, str]]:
    answer = app.test_client().get(path)
    return answer.status_code, answer.json or {}


def test_a_full_disk_is_told_and_nothing_else_is_once_there_is_room(disk: Disk) -> None:
    app = create_app(Settings(instance=disk.mounted / "instance"))
    upgrade(app)
    assert status(app) == (200, {"status": "ok"})

    disk.fill()

    assert status(app) == (503, {"status": "the disk is full"})
    assert status(app, "/livez") == (200, {"status": "ok"})
    disk.empty()
    assert status(app) == (200, {"status": "ok"})
    close(app)


def test_a_disk_with_no_room_left_is_told_everywhere(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MIN_FREE_BYTES", 1 << 62)
    assert status(app) == (503, {"status": "the disk is full"})


@pytest.mark.usefixtures("_of_sqlite")
def test_a_database_that_takes_no_changes_is_told(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    assert status(app) == (503, {"status": "the database takes no changes"})


@pytest.mark.usefixtures("_of_sqlite")
def test_a_database_that_is_locked_for_long_is_told_within_seconds(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.views.health.PROBE_SECONDS", 0.01)
    with closing(sqlite3.connect(Path(app.instance_path, "wizard.sqlite3"))) as other:
        other.execute("BEGIN IMMEDIATE")
        assert status(app) == (503, {"status": "the database takes no changes"})
        assert status(app, "/livez") == (200, {"status": "ok"})
    assert status(app) == (200, {"status": "ok"})


def test_asking_leaves_no_row(app: Flask) -> None:
    before = rows(app)
    assert status(app) == (200, {"status": "ok"})
    assert rows(app) == before


@pytest.fixture
def _of_another_version(app: Flask) -> Iterator[None]:
    """A database that another version has migrated; the next test finds it as it was."""
    before = in_app(app, lambda: db.session.scalar(text("SELECT version_num FROM alembic_version")))
    set_revision(app, "9999")
    yield
    set_revision(app, before)


def set_revision(app: Flask, revision: str) -> None:
    with app.app_context(), writing():
        db.session.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
        db.session.commit()


@pytest.mark.usefixtures("_of_another_version")
def test_a_schema_of_another_version_is_told(app: Flask) -> None:
    assert status(app) == (503, {"status": "the database has the schema of another version"})
    assert status(app, "/livez") == (200, {"status": "ok"})


def test_a_process_that_is_about_to_end_asks_for_no_more_requests(app: Flask) -> None:
    queue = app.extensions["job_queue"] = ThreadPool(app, 1, execute)
    assert status(app) == (200, {"status": "ok"})

    queue.close()

    assert status(app) == (503, {"status": "the process is about to end"})
    assert status(app, "/livez") == (200, {"status": "ok"})
