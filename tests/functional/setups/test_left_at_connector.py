"""What a connector has stored and the wizard has no row of is saved again under its GUID, or removed in the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.factories import ForgetfulQueue, InlineQueue, Visitor, in_app, sign_in
from tests.factories.forgetting import Host, answers_500, closes
from tests.steps import RIGHT, connections, open_step_3
from wizard.domain.accounts import Role
from wizard.domain.check import RunKind, RunState
from wizard.extensions import db
from wizard.models import AuditEvent, CheckRun, Removal
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.checks import Work, execute_run, save_at_connector
from wizard.services.connections import resume_orphaned_saves, start_removals

SAVE, REMOVE = "WSSaveConnection", "WSDeleteConnection"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path)
    with host.serve():
        yield host


def removals(admin: Visitor) -> list[Removal]:
    return list(in_app(admin.app, lambda: db.session.scalars(db.select(Removal)).all()))


def change_removal(admin: Visitor, **values: Any) -> None:
    with admin.app.app_context(), writing():
        db.session.execute(db.update(Removal).values(values))
        db.session.commit()


def retry(admin: Visitor, *, due_only: bool = True) -> None:
    in_app(admin.app, lambda: start_removals(due_only=due_only))


def try_and_save(admin: Visitor, page: str) -> str:
    admin.send(page, RIGHT | {"action": "test"})
    return str(admin.send(page, {"action": "ok"}).request.path)


def make_host_fail(host: Host, fault: str, admin: Visitor) -> None:
    if fault == "late":
        admin.app.config["CHECK_SECONDS"] = 1.5
    host.faults[SAVE] = {"close": closes, "500": answers_500, "late": host.answers_late}[fault]


@pytest.mark.parametrize("fault", ["close", "500", "late"])
def test_ok_again_after_a_lost_answer_saves_the_same_connection(admin: Visitor, host: Host, fault: str) -> None:
    host.lost.add(REMOVE)
    page = open_step_3(admin, host.url)
    make_host_fail(host, fault, admin)
    assert not try_and_save(admin, page).endswith("/done")
    kept = host.kept()
    assert len(kept) == 1

    host.faults.clear()
    host.go_on.set()
    assert try_and_save(admin, page).endswith("/done")

    assert host.kept() == kept == [connections(admin)[0].guid]
    assert removals(admin) == []


@pytest.mark.parametrize("fault", ["close", "500", "late"])
def test_what_was_stored_without_an_answer_is_removed_at_the_connector(admin: Visitor, host: Host, fault: str) -> None:
    page = open_step_3(admin, host.url)
    make_host_fail(host, fault, admin)

    try_and_save(admin, page)

    assert connections(admin) == []
    assert host.kept() == []


def test_what_is_stored_only_after_its_removal_is_removed_once_more(admin: Visitor, host: Host) -> None:
    page = open_step_3(admin, host.url)
    make_host_fail(host, "500", admin)
    try_and_save(admin, page)
    (owed,) = removals(admin)
    assert owed.next_try_at == owed.settles_at > now()

    change_removal(admin, settles_at=now(), next_try_at=now())
    retry(admin)

    assert removals(admin) == []


def test_a_removal_that_is_lost_is_owed_and_tried_again_with_growing_delay(admin: Visitor, host: Host) -> None:
    page = open_step_3(admin, host.url)
    make_host_fail(host, "close", admin)
    host.lost.add(REMOVE)
    try_and_save(admin, page)

    delays = []
    for tries in (1, 2, 3):
        (owed,) = removals(admin)
        assert (owed.tries, owed.reason) == (tries, "http.unavailable")
        delays.append(owed.next_try_at - now())
        retry(admin)  # it is not due yet
        assert removals(admin)[0].tries == tries
        change_removal(admin, next_try_at=now())
        retry(admin)
    assert delays == sorted(delays)
    assert delays[2] > 3 * delays[0] > timedelta(0)

    assert len(host.kept()) == 1
    host.lost.clear()
    change_removal(admin, settles_at=now())
    retry(admin, due_only=False)  # as a process does that starts
    assert (removals(admin), host.kept()) == ([], [])


def test_after_a_kill_a_connector_that_is_away_is_still_owed_the_removal(admin: Visitor, host: Host) -> None:
    page = open_step_3(admin, host.url)
    admin.send(page, RIGHT | {"action": "test"})
    killed = KilledQueue(admin)
    admin.app.extensions["job_queue"] = killed
    admin.send(page, {"action": "ok"})
    assert len(host.kept()) == 1
    host.is_away = True

    admin.app.extensions["job_queue"] = InlineQueue(admin.app)
    with admin.app.app_context(), writing():
        db.session.execute(db.update(CheckRun).values(heartbeat_at=now() - timedelta(minutes=1)))
        db.session.commit()
        resume_orphaned_saves()
    assert connections(admin) == []
    assert "still to be removed at the connector: Acme Norway" in admin.get("/").text

    host.is_away = False
    retry(admin, due_only=False)
    assert host.kept() == []


class KilledQueue(InlineQueue):
    """Is killed after the connector was called, before anything is stored."""

    def __init__(self, admin: Visitor) -> None:
        super().__init__(admin.app)

    def submit(self, run_id: str) -> None:
        def die(*_: object) -> None:
            raise KeyboardInterrupt

        works = dict.fromkeys(RunKind, Work(save_at_connector, die))
        with self._app.app_context(), writing(), suppress(KeyboardInterrupt):
            execute_run(works, run_id, cancelled=lambda: False, interrupted=lambda: False)


def leave_removal_waiting(admin: Visitor, host: Host) -> str:
    """A form whose connection its connector has to forget, by a run that no process has begun yet."""
    page = open_step_3(admin, host.url)
    make_host_fail(host, "close", admin)
    host.lost.add(REMOVE)
    try_and_save(admin, page)
    usual = admin.app.extensions["job_queue"]
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    retry(admin, due_only=False)
    admin.app.extensions["job_queue"] = usual
    return page


def removal_runs(admin: Visitor) -> list[CheckRun]:
    runs = db.select(CheckRun).where(CheckRun.kind == RunKind.REMOVAL).order_by(CheckRun.created_at)
    return list(in_app(admin.app, lambda: db.session.scalars(runs).all()))


def test_a_removal_that_is_tried_already_is_not_tried_twice_at_once(admin: Visitor, host: Host) -> None:
    leave_removal_waiting(admin, host)
    before = len(removal_runs(admin))

    retry(admin, due_only=False)

    assert len(removal_runs(admin)) == before


def test_a_removal_that_waits_is_cancelled_when_the_connection_is_saved_after_all(admin: Visitor, host: Host) -> None:
    page = leave_removal_waiting(admin, host)
    host.faults.clear()

    assert try_and_save(admin, page).endswith("/done")

    assert removal_runs(admin)[-1].state == RunState.CANCELLED
    assert removals(admin) == []


def test_a_removal_that_was_given_up_while_it_was_tried_is_over(admin: Visitor, host: Host) -> None:
    leave_removal_waiting(admin, host)
    with admin.app.app_context(), writing():
        db.session.execute(db.delete(Removal))
        db.session.commit()

    admin.app.extensions["job_queue"].submit(removal_runs(admin)[-1].id)

    assert removals(admin) == []


def test_administrators_see_what_is_owed_and_give_it_up(admin: Visitor, host: Host) -> None:
    reader = sign_in(admin.app, "Rita Reader", role=Role.READER)
    page = open_step_3(admin, host.url)
    make_host_fail(host, "500", admin)
    host.faults[REMOVE] = answers_500
    try_and_save(admin, page)

    assert "1 connection that could not be saved is still to be removed" in admin.get("/").text
    assert "still to be removed" not in reader.get("/").text
    assert reader.post("/connectors/1/leave").status_code == 403
    given_up = admin.post("/connectors/1/leave", follow_redirects=True).text

    assert "1 connection is left at Practice." in given_up
    assert "still to be removed" not in given_up
    assert removals(admin) == []
    actions = in_app(admin.app, lambda: db.session.scalars(db.select(AuditEvent.action)).all())
    assert "connection.left" in actions


def test_a_connector_that_refuses_a_connection_is_owed_nothing(admin: Visitor, host: Host) -> None:
    def refuse(response: Any) -> Any:
        response.set_data(response.get_data(as_text=True).replace(">true<", ">false<").replace(">Ok<", ">Error<"))
        return response

    page = open_step_3(admin, host.url)
    host.faults[SAVE] = refuse

    try_and_save(admin, page)

    assert removals(admin) == []


def test_a_deleted_connection_stays_at_its_connector_and_works_when_it_is_restored(admin: Visitor, host: Host) -> None:
    assert try_and_save(admin, open_step_3(admin, host.url)).endswith("/done")

    admin.post("/connections/1/delete")
    assert len(host.kept()) == 1
    admin.post("/connections/1/restore")

    assert "The connection works" in admin.post("/connections/1/test", follow_redirects=True).text
    assert host.kept() == [connections(admin)[0].guid]
