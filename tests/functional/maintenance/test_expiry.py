"""Expired check runs and audit events are deleted, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories
from tests.factories import Visitor, in_app, make_app, make_connection, make_connector, sign_in
from tests.steps import RIGHT, save
from wizard.extensions import db
from wizard.models import AuditEvent, CheckRun
from wizard.models.database import writing
from wizard.services.maintenance import expiry
from wizard.services.maintenance.expiry import delete_expired


def check(admin: Visitor, times: int = 1) -> None:
    for _ in range(times):
        admin.post("/connectors/1/check")


def runs(app: Flask) -> list[CheckRun]:
    """The newest last."""
    return list(in_app(app, lambda: db.session.scalars(select(CheckRun).order_by(CheckRun.heartbeat_at)).all()))


def two_days_pass(app: Flask) -> None:
    with app.app_context(), writing():
        for run in db.session.scalars(select(CheckRun)):
            run.heartbeat_at -= timedelta(days=2)
        for event in db.session.scalars(select(AuditEvent)):
            event.at -= timedelta(days=2)
        db.session.commit()


def test_a_check_is_deleted_after_a_day_unless_the_list_refers_to_it(admin: Visitor) -> None:
    make_connector(admin.app, "Visma", "https://erp.example/x.svc")
    check(admin, 3)
    newest = runs(admin.app)[-1].id
    in_app(admin.app, delete_expired)
    assert len(runs(admin.app)) == 3
    two_days_pass(admin.app)

    in_app(admin.app, delete_expired)

    assert [run.id for run in runs(admin.app)] == [newest]
    assert admin.get(f"/checks/{newest}").status_code == 200


def test_no_more_than_a_limited_number_of_checks_is_kept(admin: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    make_connector(admin.app, "Visma", "https://erp.example/x.svc")
    monkeypatch.setattr(expiry, "MAX_RUNS", 2)
    monkeypatch.setattr(expiry, "BATCH", 2)
    check(admin, 8)
    newest = [run.id for run in runs(admin.app)[-3:]]

    in_app(admin.app, delete_expired)

    assert [run.id for run in runs(admin.app)] == newest


def test_the_checks_of_an_unfinished_form_are_kept(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/1/copy").location)
    admin.send(page, RIGHT | {"name": "Copy", "cf:ApiPassword": "practice", "action": "test"})
    before = admin.get(page).text
    two_days_pass(admin.app)

    in_app(admin.app, delete_expired)

    assert "The connection works" in before
    assert "The connection works" in admin.get(page).text


def test_a_finished_form_is_not_restored_however_old_it_is(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    two_days_pass(admin.app)
    in_app(admin.app, delete_expired)

    admin.post("/setup/1/restore")

    assert "Setup in progress" not in admin.get("/").text


def test_an_unfinished_check_is_kept(admin: Visitor) -> None:
    make_connector(admin.app, "Visma", "https://erp.example/x.svc")
    admin.app.extensions["job_queue"] = factories.ForgetfulQueue(admin.app)
    check(admin)
    two_days_pass(admin.app)

    in_app(admin.app, delete_expired)

    assert len(runs(admin.app)) == 1


@pytest.mark.parametrize(("days", "left"), [(0, True), (1, False), (3, True)])
def test_an_audit_event_is_kept_for_as_long_as_the_setting_says(
    template_instance: Path, tmp_path: Path, days: int, left: bool
) -> None:
    app = make_app(template_instance, tmp_path / "instance", activity_days=days)
    admin = sign_in(app, "Ingrid Berg")
    make_connection(app, make_connector(app, "Visma"))
    check(admin)
    two_days_pass(app)

    in_app(app, delete_expired)

    assert ("checked a connector" in admin.get("/activity/").text.lower()) == left
    factories.close(app)
