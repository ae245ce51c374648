"""A check that was started from a list, live."""

from __future__ import annotations

import re
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.factories import ForgetfulQueue, InlineQueue, Visitor, close, databases, in_app, make_connector
from tests.steps import RIGHT, open_step_2, open_step_3
from wizard.domain.check import CONNECTOR_STAGES
from wizard.extensions import db
from wizard.models import CheckRun, database
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside.connector import check_connector


def start(admin: Visitor, url: str = "https://erp.example/x.svc") -> str:
    """The page of a check that has not been carried out."""
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    make_connector(admin.app, "Visma", url)
    return str(admin.post("/connectors/1/check").location)


def change(admin: Visitor, **values: Any) -> None:
    with admin.app.app_context(), writing():
        db.session.execute(db.update(CheckRun).values(values))
        db.session.commit()


def test_what_was_answered_is_the_last_of_the_detail_and_its_box_scrolls_by_keyboard(
    admin: Visitor, practice_url: str
) -> None:
    admin.send(open_step_3(admin, practice_url), RIGHT | {"cf:Outcome": "garbage", "action": "test"})
    run = in_app(admin.app, lambda: db.session.scalar(db.select(CheckRun.id).where(CheckRun.kind == "connection")))

    box = html.fromstring(admin.get(f"/checks/{run}").text).xpath("//details[@open]/*[@class='evidence']")[0]

    assert box.xpath(".//dt/text()")[-1] == "body"
    assert (box.get("tabindex"), box.get("aria-label")) == ("0", "Technical detail: Configuration")


def test_a_waiting_check_polls_for_its_part_and_refreshes_without_script(admin: Visitor) -> None:
    page = admin.get(start(admin))

    assert "Checking the connector" in page.text
    assert f'hx-get="{page.request.path}"' in page.text
    assert '<noscript><meta http-equiv="refresh" content="1; url=/checks/' in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_part_alone_is_answered_to_htmx_with_the_stage_that_runs(admin: Visitor) -> None:
    page = start(admin)
    change(admin, state="running", stage="connect", stage_started_at=now(), heartbeat_at=now())

    part = admin.htmx(page)

    assert "<html" not in part.text
    assert re.search(r"Stage \d of \d: Connection|Stage \d of \d", part.text)
    assert "stage-running" in part.text
    assert "HX-Request" in part.headers["Vary"]


def test_a_running_stage_that_has_just_begun_has_a_time_too(admin: Visitor) -> None:
    page = start(admin)
    change(admin, state="running", stage="dns", stage_started_at=None, heartbeat_at=now())

    assert "stage-running" in admin.htmx(page).text


def test_http_has_no_encryption_to_look_at(admin: Visitor) -> None:
    page = admin.get(start(admin, "http://erp.example/x.svc")).text

    assert 'id="check-tls"' not in page
    assert page.count('<li class="stage ') == len(CONNECTOR_STAGES) - 1


def test_a_finished_check_polls_no_more_and_can_be_run_again(admin: Visitor, practice_url: str) -> None:
    page = start(admin, practice_url)
    with admin.app.app_context():
        run_id = db.session.scalar(db.select(CheckRun.id))
    InlineQueue(admin.app).submit(run_id)

    part = admin.htmx(page).text

    assert "The connector works" in part
    assert "hx-get" not in part
    assert 'action="/connectors/1/check"' in part
    assert "refresh" not in admin.get(page).text


def test_a_cancelled_check_says_so_at_once_and_stays_cancelled(admin: Visitor, practice_url: str) -> None:
    page = start(admin, practice_url)

    answer = admin.post(page + "/cancel", follow_redirects=True)

    assert "Cancelled." in answer.text
    with admin.app.app_context():
        run_id = db.session.scalar(db.select(CheckRun.id))
    InlineQueue(admin.app).submit(run_id)
    assert "Cancelled." in admin.get(page).text


def test_cancelling_what_has_ended_changes_nothing(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "Practice", practice_url)
    page = str(admin.post("/connectors/1/check").location)

    answer = admin.post(page + "/cancel", follow_redirects=True)

    assert "The connector works" in answer.text


def test_a_check_whose_process_is_gone_is_interrupted(admin: Visitor) -> None:
    page = start(admin)
    change(admin, state="running", heartbeat_at=now() - timedelta(minutes=1))

    assert "Interrupted" in admin.get(page).text
    assert "hx-get" not in admin.htmx(page).text


def test_a_check_of_a_setup_has_a_page_too(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    admin.send(page, {"url": practice_url, "action": "check"})
    run_id = in_app(admin.app, lambda: db.session.scalar(db.select(CheckRun.id)))

    answer = admin.get(f"/checks/{run_id}")

    assert answer.status_code == 200
    assert f"<title>{practice_url}" in answer.text
    assert "Test again" not in answer.text


def test_a_failed_check_names_the_provider_and_offers_a_note(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    app = {"erp": "Visma", "route": "standard", "installed": "y", "registered": "y"}
    admin.send(page, app | {"provider": "Nordic Bridge", "contact": "help@bridge.example"})
    step = page.replace("/app", "/connector")
    admin.send(step, {"name": "Visma", "url": "http://127.0.0.1:1/x.svc", "action": "check"})
    admin.send(step, {"action": "anyway"})

    answer = admin.post("/connectors/1/check", follow_redirects=True)

    assert "Nordic Bridge" in answer.text
    assert "mailto:help@bridge.example" in answer.text
    assert "<title>Error:" in answer.text


@pytest.mark.parametrize("run_id", ["0" * 32, "x", "%00", "a" * 5000])
def test_an_unknown_check_is_a_page_that_says_so(admin: Visitor, run_id: str) -> None:
    assert admin.get(f"/checks/{run_id}").status_code == 404
    assert admin.post(f"/checks/{run_id}/cancel").status_code == 404


def test_a_check_outlasts_a_database_that_is_locked_meanwhile(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if databases:
        pytest.skip("It is about SQLite's file.")
    run_id = start(admin, practice_url).rpartition("/")[2]
    close(admin.app)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.001)
    other = sqlite3.connect(Path(admin.app.instance_path, "wizard.sqlite3"), check_same_thread=False)
    check = check_connector

    def lock(*arguments: Any, **options: Any) -> Any:
        other.execute("BEGIN IMMEDIATE")
        return check(*arguments, **options)

    monkeypatch.setattr("wizard.services.checks.execute.check_connector", lock)
    monkeypatch.setattr("wizard.services.checks.execute.sleep", lambda _: other.rollback())

    InlineQueue(admin.app).submit(run_id)

    other.close()
    assert "The connector works" in admin.get(f"/checks/{run_id}").text
