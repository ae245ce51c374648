"""Workers execute what others submit, on whichever machine; what a killed one leaves, another one takes up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
import requests
from flask import Flask
from sqlalchemy import text

from tests import factories
from tests.factories import Visitor, in_app
from tests.factories.forgetting import Host
from tests.functional.queue.conftest import Begin
from tests.functional.queue.looking import comes, ended, jobs, newest, registered
from tests.over_http import patient_host
from tests.readings import OPEN_METRICS, key, readings
from tests.steps import RIGHT
from wizard.domain.check import RunState, Verdict
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import CheckRun, Connection, ConnectionState
from wizard.models.database import writing


@pytest.fixture
def admin(app: Flask) -> Visitor:
    return factories.sign_in(app, "Ingrid Berg")


def check(admin: Visitor, url: str) -> str:
    """Starts a check of a connector; the id of its run."""
    connector_id = factories.make_connector(admin.app, "Acme", url=url)
    admin.post(f"/connectors/{connector_id}/check")
    return newest(admin.app).id


def press_ok(admin: Visitor, url: str) -> None:
    page = registered(admin, url)
    admin.send(page, RIGHT | {"action": "test"})
    assert ended(admin.app).verdict == Verdict.PASSED
    admin.send(page, {"action": "ok"})


def test_a_check_a_test_and_a_save_are_executed_by_a_worker_and_leave_no_job(
    app: Flask, admin: Visitor, begin: Begin, practice_url: str
) -> None:
    begin()

    press_ok(admin, practice_url)

    assert ended(app).kind == "save"
    connection = in_app(app, lambda: db.session.get_one(Connection, 1))
    assert (connection.state, connection.config["Company"]) == (ConnectionState.SAVED, "ACME-NO")
    assert comes(lambda: jobs(app), lambda left: not left) == []


def test_a_worker_answers_monitoring_what_it_has_done_and_nothing_else(
    app: Flask, admin: Visitor, begin: Begin, practice_url: str
) -> None:
    running = begin("--serve-metrics", ERP_WIZARD_PORT="0")
    address = running.process.stdout.readline().split()[-1]
    check(admin, practice_url)
    assert ended(app).verdict == Verdict.PASSED

    metrics = requests.get(address + "/metrics", headers=OPEN_METRICS, timeout=60)

    assert readings(metrics.text)[key("erp_wizard_checks_total", kind="connector", result="passed", reason="none")] == 1
    assert requests.get(address + "/healthz", timeout=60).json() == {"status": "ok"}
    assert [requests.get(address + path, timeout=60).status_code for path in ("/", "/login", "/metrics/x")] == [404] * 3


def test_a_check_is_cancelled_within_a_second_whichever_machine_executes_it(
    app: Flask, admin: Visitor, begin: Begin, tmp_path: Path
) -> None:
    begin()
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
    app: Flask, admin: Visitor, begin: Begin, tmp_path: Path
) -> None:
    with patient_host(tmp_path) as (url, hold, go_on):
        killed = begin()
        arrived = hold("WSGetConfigData")
        run_id = check(admin, url)
        assert arrived.wait(60)
        begin()
        again = hold("WSGetConfigData")

        killed.kill()
        began = monotonic()

        assert again.wait(60)
        assert monotonic() - began < 10
        assert admin.get(f"/checks/{run_id}").status_code == 200
        go_on.set()
        assert ended(app).verdict == Verdict.PASSED


def test_a_save_whose_worker_is_killed_is_ended_by_another_with_the_same_guid(
    app: Flask, admin: Visitor, begin: Begin, tmp_path: Path
) -> None:
    host = Host(tmp_path)
    with host.serve():
        killed = begin()
        arrived = host.hold("WSSaveConnection")
        press_ok(admin, host.url)
        assert arrived.wait(60)
        begin()

        killed.kill()
        host.go_on.set()

        assert ended(app).verdict == Verdict.PASSED
        assert in_app(app, lambda: db.session.get_one(Connection, 1)).state == ConnectionState.SAVED
        assert len(host.kept()) == 1


def test_a_worker_that_is_told_to_end_hands_over_what_it_does_not_finish(
    app: Flask, admin: Visitor, begin: Begin, tmp_path: Path
) -> None:
    with patient_host(tmp_path) as (url, hold, go_on):
        ending = begin()
        arrived = hold("WSGetConfigData")
        check(admin, url)
        assert arrived.wait(60)
        begin()
        again = hold("WSGetConfigData")

        ending.process.send_signal(signal.SIGTERM)

        assert ending.wait() == 0
        assert again.wait(60)
        assert newest(app).state == RunState.RUNNING
        go_on.set()
        assert ended(app).verdict == Verdict.PASSED


def test_a_worker_that_is_told_to_end_finishes_what_soon_ends(
    app: Flask, admin: Visitor, begin: Begin, tmp_path: Path
) -> None:
    with patient_host(tmp_path) as (url, hold, go_on):
        ending = begin()
        arrived = hold("WSGetConfigData")
        check(admin, url)
        assert arrived.wait(60)

        ending.process.send_signal(signal.SIGTERM)
        go_on.set()

        assert ending.wait() == 0
        assert newest(app).verdict == Verdict.PASSED
        assert jobs(app) == []


@contextmanager
def killed_before_it_submits(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Between the commit of a run and the commit of its job."""
    with monkeypatch.context() as patch:
        patch.setattr(job_queue_of(app), "submit", lambda _: None)
        yield


def job_queue_of(app: Flask) -> object:
    return in_app(app, job_queue)


def test_a_run_that_was_committed_and_never_queued_is_executed(
    app: Flask, admin: Visitor, begin: Begin, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed_before_it_submits(app, monkeypatch):
        check(admin, practice_url)
    assert jobs(app) == []

    begin()

    assert ended(app).verdict == Verdict.PASSED


def test_runs_wait_for_a_worker_however_long_it_is_away(
    app: Flask, admin: Visitor, practice_url: str, begin: Begin
) -> None:
    run_id = check(admin, practice_url)
    with app.app_context(), writing():
        db.session.get_one(CheckRun, run_id).heartbeat_at -= 10 * (app.config["SILENCE"])
        db.session.commit()

    begin()

    assert ended(app).verdict == Verdict.PASSED


def test_submitting_twice_queues_once(app: Flask, admin: Visitor, practice_url: str) -> None:
    run_id = check(admin, practice_url)

    in_app(app, lambda: job_queue().submit(run_id))

    assert jobs(app) == ["todo"]


def test_a_run_that_cannot_be_queued_is_left_for_later(
    app: Flask, admin: Visitor, practice_url: str, begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE procrastinate_jobs RENAME TO away"))
    run_id = check(admin, practice_url)
    assert f"check run {run_id} could not be queued yet" in caplog.text
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO procrastinate_jobs"))

    begin()

    assert ended(app).verdict == Verdict.PASSED


def test_a_worker_begins_anew_after_its_connections_were_lost(
    app: Flask, admin: Visitor, practice_url: str, begin: Begin
) -> None:
    begin()
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND datname = current_database()"
    )
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(others)

    check(admin, practice_url)

    assert ended(app).verdict == Verdict.PASSED


def test_a_run_that_kills_each_of_its_workers_is_given_up(
    app: Flask, admin: Visitor, practice_url: str, begin: Begin
) -> None:
    check(admin, practice_url)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing', attempts = 4"))
        connection.execute(text("UPDATE check_run SET state = 'running'"))

    begin()

    assert ended(app).state == RunState.INTERRUPTED
    assert jobs(app) == []
