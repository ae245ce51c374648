"""A PostgreSQL server that accepts connections and answers nothing more."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories, postgres
from wizard import create_app
from wizard.config import Settings
from wizard.extensions import db
from wizard.models.database import DatabaseUnavailable
from wizard.models.timeouts import statement_timeout
from wizard.server.upgrade import upgrade

pytestmark = pytest.mark.no_cover


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    settings = Settings(
        instance=tmp_path,
        keys=(factories.KEY,),
        database_url=database_url,
        database_connect_seconds=2,
        database_statement_seconds=1.0,
    )
    app = create_app(settings)
    upgrade(app)
    yield app
    factories.close(app)


@contextmanager
def hanging(app: Flask) -> Iterator[None]:
    """Stops all processes of the server, as a host does that is out of breath."""
    with app.app_context(), db.engine.connect() as connection:
        backend = connection.scalar(select(func.pg_backend_pid()))
    postmaster = int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    processes = [postmaster, *map(int, children)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def test_pages_and_health_answer_within_seconds_and_recover(app: Flask) -> None:
    admin = factories.sign_in(app, "Ingrid Berg")

    with hanging(app):
        for path in ("/healthz", "/", "/healthz"):
            began = time.monotonic()
            answer = admin.get(path)
            assert (answer.status_code, "he database does not answer" in answer.text) == (503, True), path
            assert time.monotonic() - began < 6
        began = time.monotonic()
        assert admin.get("/livez").json == {"status": "ok"}
        assert time.monotonic() - began < 1

    assert admin.get("/healthz").json == {"status": "ok"}
    assert admin.get("/users/").status_code == 200


def test_a_statement_that_takes_too_long_is_ended_by_the_server(app: Flask) -> None:
    with app.app_context(), pytest.raises(DatabaseUnavailable, match="statement timeout"):
        db.session.execute(select(func.pg_sleep(60)))


def test_a_command_has_as_long_as_it_needs(app: Flask) -> None:
    with app.app_context(), statement_timeout(float("inf")):
        db.session.execute(select(func.pg_sleep(1.5)))
