"""What the process that leads does for the runs of others; here nobody executes them."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from tests import factories
from tests.factories import Visitor, in_app
from tests.functional.queue.looking import jobs, newest
from wizard.domain.check import RunState
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.jobs.taking_up import take_up_runs
from wizard.models import CheckRun
from wizard.models.database import writing

URL = "https://erp.example/x.svc"


@pytest.fixture
def admin(app: Flask) -> Visitor:
    return factories.sign_in(app, "Ingrid Berg")


@pytest.fixture
def run_id(app: Flask, admin: Visitor) -> str:
    """A run that waits in the queue."""
    connector_id = factories.make_connector(app, "Acme", url=URL)
    admin.post(f"/connectors/{connector_id}/check")
    return newest(app).id


def execute(app: Flask, statement: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statement))


def age(app: Flask, run_id: str, **values: RunState) -> None:
    """As if nobody had given a sign of life of it for long."""
    with app.app_context(), writing():
        run = db.session.get_one(CheckRun, run_id)
        run.heartbeat_at -= 10 * app.config["SILENCE"]
        for name, value in values.items():
            setattr(run, name, value)
        db.session.commit()


def test_submitting_twice_queues_once(app: Flask, run_id: str) -> None:
    in_app(app, lambda: job_queue().submit(run_id))

    assert jobs(app) == ["todo"]


def test_a_run_that_was_committed_and_never_queued_is_queued(app: Flask, run_id: str) -> None:
    execute(app, "DELETE FROM procrastinate_jobs")
    age(app, run_id)

    in_app(app, take_up_runs)

    assert jobs(app) == ["todo"]
    assert newest(app).state == RunState.WAITING


def test_a_run_that_is_about_to_be_queued_is_left_to_its_process(app: Flask, run_id: str) -> None:
    execute(app, "DELETE FROM procrastinate_jobs")

    in_app(app, take_up_runs)

    assert jobs(app) == []


def test_a_run_that_cannot_be_queued_is_queued_later(
    app: Flask, run_id: str, admin: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    execute(app, "ALTER TABLE procrastinate_jobs RENAME TO away")
    answer = admin.post("/connectors/1/check")
    execute(app, "ALTER TABLE away RENAME TO procrastinate_jobs")
    assert answer.status_code == 303
    assert f"check run {newest(app).id} could not be queued yet" in caplog.text
    age(app, newest(app).id)

    in_app(app, take_up_runs)

    assert jobs(app) == ["todo", "todo"]


def test_runs_wait_for_a_worker_however_long_it_is_away(app: Flask, run_id: str) -> None:
    age(app, run_id)

    in_app(app, take_up_runs)

    assert newest(app).state == RunState.WAITING


def test_a_run_that_kills_each_of_its_workers_is_given_up(app: Flask, run_id: str) -> None:
    execute(app, "UPDATE procrastinate_jobs SET status = 'doing', attempts = 4")
    age(app, run_id, state=RunState.RUNNING)

    in_app(app, take_up_runs)

    assert jobs(app) == []
    assert newest(app).state == RunState.INTERRUPTED


def test_what_a_worker_has_forgotten_is_executed_by_another(app: Flask, run_id: str) -> None:
    execute(app, "INSERT INTO procrastinate_workers DEFAULT VALUES")
    worker = "(SELECT id FROM procrastinate_workers)"
    execute(app, f"UPDATE procrastinate_jobs SET status = 'doing', worker_id = {worker}")
    in_app(app, take_up_runs)
    assert jobs(app) == ["doing"]
    age(app, run_id, state=RunState.RUNNING)

    in_app(app, take_up_runs)

    assert jobs(app) == ["todo"]
    assert newest(app).state == RunState.RUNNING


def test_the_job_of_a_run_that_has_ended_does_not_stay(app: Flask, run_id: str) -> None:
    age(app, run_id, state=RunState.CANCELLED)

    in_app(app, take_up_runs)

    assert jobs(app) == []
