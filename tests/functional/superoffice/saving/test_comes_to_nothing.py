"""What SuperOffice's own look at a connector, and the run that saves one there, say when they come to nothing."""

from __future__ import annotations

from tests.factories import ForgetfulQueue, PracticeSuperOffice, Visitor, in_app, make_connector
from tests.steps import REFUSED, RIGHT, connections, connectors, open_step_2, open_step_3
from tests.superoffice_sides import stored
from wizard.domain.check import Outcome, RunKind, RunState, StageResult, Verdict
from wizard.domain.superoffice import LinkAccess
from wizard.extensions import db
from wizard.models import CheckRun, Continuation, SuperOfficeLink
from wizard.models.database import writing
from wizard.services.checks import Work, execute_run
from wizard.services.superoffice.saving import register_in_superoffice


def newest(admin: Visitor) -> CheckRun:
    run = db.select(CheckRun).order_by(CheckRun.created_at.desc()).limit(1)
    return in_app(admin.app, lambda: db.session.scalars(run).one())  # type: ignore[no-any-return]


def check(admin: Visitor, url: str, action: str = "check") -> StageResult:
    """The last stage of a check."""
    admin.send(open_step_2(admin), {"name": "Practice", "url": url, "action": action})
    return newest(admin).stages[-1]


def leave_waiting(admin: Visitor, url: str, action: str) -> str:
    """A run that no process has begun yet."""
    page, usual = open_step_2(admin), admin.app.extensions["job_queue"]
    admin.send(page, {"name": "Practice", "url": url, "action": "check"} if action == "continue" else {})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"name": "Practice", "url": url, "action": action})
    admin.app.extensions["job_queue"] = usual
    return newest(admin).id


def test_superoffice_does_not_look_at_a_connector_that_does_not_answer_us(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    there.traffic.clear()

    assert check(admin, REFUSED).outcome == Outcome.SKIPPED
    assert there.traffic == []


def test_while_superoffice_does_not_answer_its_look_is_a_remark(admin: Visitor, there: PracticeSuperOffice) -> None:
    there.plan("unavailable", "TestConnectorUrl", None)

    result = check(admin, there.connector_url)

    assert (result.outcome, result.reason) == (Outcome.WARNING, "http.unavailable")


def test_a_link_that_is_gone_before_superoffice_looks_is_a_remark(admin: Visitor, there: PracticeSuperOffice) -> None:
    run_id = leave_waiting(admin, there.connector_url, "check")
    with admin.app.app_context(), writing():
        db.session.execute(db.update(SuperOfficeLink).values(access=LinkAccess.READ_ONLY))
        db.session.commit()

    admin.app.extensions["job_queue"].submit(run_id)

    result = newest(admin).stages[-1]
    assert (result.outcome, result.reason) == (Outcome.WARNING, "superoffice.not_linked")


def test_a_registration_that_is_cancelled_saves_nothing(admin: Visitor, there: PracticeSuperOffice) -> None:
    run_id = leave_waiting(admin, there.connector_url, "continue")
    works = {RunKind.REGISTER: Work(register_in_superoffice, lambda *_: None)}

    with admin.app.app_context(), writing():
        execute_run(works, run_id, cancelled=lambda: True, interrupted=lambda: False)

    assert newest(admin).state == RunState.CANCELLED
    assert stored(there, "connector") == []


def test_a_connector_that_is_not_found_after_it_was_saved_is_not_registered_here(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    there.plan("null", "GetErpSyncConnectorEntity")

    assert check(admin, there.connector_url, "continue").outcome != Outcome.PASSED
    assert connectors(admin) == []


def test_a_connector_whose_form_is_discarded_meanwhile_is_not_registered_here(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    run_id = leave_waiting(admin, there.connector_url, "continue")
    admin.post(f"/setup/{newest(admin).setup_id}/discard")

    admin.app.extensions["job_queue"].submit(run_id)

    assert connectors(admin) == []


def test_a_connector_whose_name_is_taken_here_meanwhile_is_not_registered_here(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    run_id = leave_waiting(admin, there.connector_url, "continue")
    make_connector(admin.app, "Practice", REFUSED)

    admin.app.extensions["job_queue"].submit(run_id)

    assert newest(admin).continuation == Continuation.REFUSED
    assert [each.url for each in connectors(admin)] == [REFUSED]


def test_a_new_connection_that_is_not_found_after_it_was_saved_has_no_page_yet(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    page = open_step_3(admin, there.connector_url)
    there.plan("null", "GetConnection", None)
    admin.send(page, RIGHT | {"action": "test"})

    admin.send(page, {"action": "ok"})

    assert newest(admin).verdict == Verdict.FAILED
    assert admin.get("/connections/1").status_code == 404


def test_what_superoffice_may_have_done_is_not_taken_back_with_its_form(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    page = open_step_3(admin, there.connector_url)
    there.plan("cut_before", "SaveConnection")
    admin.send(page, RIGHT | {"action": "test"})
    admin.send(page, {"action": "ok"})

    admin.post(page.replace("/connection", "/discard"))

    assert len(connections(admin)) == 1
