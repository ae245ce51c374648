"""The reasons that SuperOffice gives while a connector or a connection is checked or saved there."""

from __future__ import annotations

from tests.factories import PracticeSuperOffice, Visitor, in_app
from tests.steps import RIGHT, open_step_2, open_step_3
from tests.superoffice_sides import stored
from wizard.domain.check import Outcome, Owner, Stage, StageResult
from wizard.extensions import db
from wizard.models import CheckRun
from wizard.practice.superoffice import Fault


def newest(admin: Visitor, reason: str) -> StageResult:
    """The result of the newest run that has this reason."""
    newest_run = db.select(CheckRun).order_by(CheckRun.created_at.desc()).limit(1)
    run = in_app(admin.app, lambda: db.session.scalars(newest_run).one())
    found = [result for result in run.stages if result.reason == f"superoffice.{reason}"]
    assert found, [(result.stage, result.reason) for result in run.stages]
    return found[0]


def test_a_connector_that_superoffice_does_not_reach(admin: Visitor, there: PracticeSuperOffice) -> None:
    there.behaviour.reaches_connectors = False
    page = open_step_2(admin)

    admin.send(page, {"name": "Practice", "url": there.connector_url, "action": "check"})
    result = newest(admin, "url_not_answering")
    assert (result.stage, result.outcome, result.owner) == (Stage.SUPEROFFICE, Outcome.WARNING, Owner.PROVIDER)

    admin.send(page, {"url": "app://5d20b7c4e91f4a63", "real_url": there.connector_url, "action": "check"})
    assert newest(admin, "url_not_answering").outcome == Outcome.FAILED


def test_a_test_that_superoffice_makes_fails_without_saying_why(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_3(admin, there.connector_url)
    there.behaviour.tests_pass = False

    admin.send(page, RIGHT | {"action": "test"})
    assert newest(admin, "test_failed").outcome == Outcome.WARNING

    admin.send(page, {"action": "ok"})
    result = newest(admin, "test_failed")
    assert (result.outcome, result.owner) == (Outcome.FAILED, Owner.ERP)


def test_what_superoffice_drops_while_it_saves(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_3(admin, there.connector_url)
    admin.send(page, RIGHT | {"description": "Oslo", "action": "test"})
    there.behaviour.dropped_member = "DisplayDescription"
    there.plan(Fault.DROPPED_MEMBER, "SaveConnection", None)

    admin.send(page, {"action": "ok"})

    assert newest(admin, "not_kept").outcome == Outcome.WARNING
    assert stored(there, "connection")[0]["DisplayDescription"] == ""


def test_an_activation_that_superoffice_refuses(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_3(admin, there.connector_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.send(page, {"action": "ok"})
    (document,) = stored(there, "connection")
    there.twin.store.put("connection", document["ErpConnectionId"], document | {"Active": True})
    there.behaviour.toggle_reasons = ("Name has no direction.",)

    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {"description": "Oslo", "action": "test"})
    admin.send(page, {"action": "ok"})

    result = newest(admin, "activation_refused")
    assert (result.owner, result.facts["answer"]) == (Owner.ADMIN, "Name has no direction.")
