"""Workers execute what others submit, on whichever machine; what a killed one leaves, another one takes up."""

from __future__ import annotations

import signal
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests import factories
from tests.factories import Visitor, in_app
from tests.factories.forgetting import Host
from tests.functional.queue.conftest import Workers
from tests.functional.queue.looking import comes, ended, jobs, newest, registered
from tests.over_http import patient_host
from tests.steps import RIGHT
from wizard.domain.check import RunKind, RunState, Verdict
from wizard.extensions import db
from wizard.models import Connection, ConnectionState


@pytest.fixture
def app(workers: Workers) -> Flask:
    return workers.app


@pytest.fixture
def admin(app: Flask, tmp_path: Path) -> Visitor:
    return factories.sign_in(app, tmp_path.name)


def check(admin: Visitor, url: str) -> str:
    """Starts a check of a connector; the id of its run."""
    connector_id = factories.make_connector(admin.app, url, url=url)
    admin.post(f"/connectors/{connector_id}/check")
    return newest(admin.app).id


def press_ok(admin: Visitor, url: str, name: str) -> None:
    page = registered(admin, url, name)
    admin.send(page, RIGHT | {"name": name, "action": "test"})
    assert ended(admin.app).verdict == Verdict.PASSED
    admin.send(page, {"action": "ok"})


def connection(app: Flask, name: str) -> Connection:
    named = select(Connection).where(Connection.name == name)
    return in_app(app, lambda: db.session.scalars(named).one())  # type: ignore[no-any-return]


def test_a_check_a_test_and_a_save_are_executed_by_a_worker_and_leave_no_job(
    app: Flask, admin: Visitor, workers: Workers, practice_url: str
) -> None:
    workers.only()

    press_ok(admin, practice_url, "By a worker")

    assert ended(app).kind == RunKind.SAVE
    saved = connection(app, "By a worker")
    assert (saved.state, saved.config["Company"]) == (ConnectionState.SAVED, "ACME-NO")
    assert comes(lambda: jobs(app), lambda left: not left) == []


def test_a_check_is_cancelled_within_a_second_whichever_machine_executes_it(
    app: Flask, admin: Visitor, workers: Workers, tmp_path: Path
) -> None:
    workers.only()
    with patient_host(tmp_path) as (url, hold, _):
        arrived = hold("WSGetConfigData")
        run_id = check(admin, url)
        assert arrived.wait(60)

        admin.post(f"/checks/{run_id}/cancel")
        began = monotonic()
        comes(lambda: jobs(app), lambda left: not left)

        assert monotonic() - began < 1
    assert newest(app).state == RunState.CANCELLED


def test_a_check_whose_worker_is_killed_is_taken_up_by_another_within_ten_seconds(
    app: Flask, admin: Visitor, workers: Workers, tmp_path: Path
) -> None:
    with patient_host(tmp_path) as (url, hold, go_on):
        killed = workers.only()
        arrived = hold("WSGetConfigData")
        check(admin, url)
        assert arrived.wait(60)
        workers.another()
        again = hold("WSGetConfigData")

        killed.kill()
        began = monotonic()

        assert again.wait(60)
        assert monotonic() - began < 10
        go_on.set()
        assert ended(app).verdict == Verdict.PASSED


def test_a_save_whose_worker_is_killed_is_ended_by_another_with_the_same_guid(
    app: Flask, admin: Visitor, workers: Workers, tmp_path: Path
) -> None:
    host = Host(tmp_path)
    with host.serve():
        killed = workers.only()
        arrived = host.hold("WSSaveConnection")
        press_ok(admin, host.url, "Killed in between")
        assert arrived.wait(60)
        workers.another()

        killed.kill()
        host.go_on.set()

        assert ended(app).verdict == Verdict.PASSED
        saved = connection(app, "Killed in between")
        assert saved.state == ConnectionState.SAVED
        assert host.kept() == [saved.guid]


def test_a_worker_that_is_told_to_end_hands_over_what_it_does_not_finish(
    app: Flask, admin: Visitor, workers: Workers, tmp_path: Path
) -> None:
    with patient_host(tmp_path) as (url, hold, go_on):
        ending = workers.only()
        arrived = hold("WSGetConfigData")
        check(admin, url)
        assert arrived.wait(60)
        workers.another()
        again = hold("WSGetConfigData")

        ending.process.send_signal(signal.SIGTERM)

        assert ending.wait() == 0
        assert again.wait(60)
        assert newest(app).state == RunState.RUNNING
        go_on.set()
        assert ended(app).verdict == Verdict.PASSED


def test_a_worker_that_is_told_to_end_finishes_what_soon_ends(
    app: Flask, admin: Visitor, workers: Workers, tmp_path: Path
) -> None:
    with patient_host(tmp_path) as (url, hold, go_on):
        ending = workers.only()
        arrived = hold("WSGetConfigData")
        check(admin, url)
        assert arrived.wait(60)

        ending.process.send_signal(signal.SIGTERM)
        go_on.set()

        assert ending.wait() == 0
        assert newest(app).verdict == Verdict.PASSED
        assert jobs(app) == []


def test_a_worker_begins_anew_after_its_connections_were_lost(
    app: Flask, admin: Visitor, workers: Workers, tmp_path: Path
) -> None:
    workers.only()
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))

    with patient_host(tmp_path) as (url, _, __):
        check(admin, url)
        assert ended(app).verdict == Verdict.PASSED
