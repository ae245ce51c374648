"""Lines are cut and processes killed between the two sides: in the end both have the same one connection, or none."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from tests.factories import InlineQueue, Visitor, in_app
from tests.factories.superoffice import PracticeSuperOffice
from tests.steps import RIGHT, connections, connectors, open_step_2, open_step_3, save
from tests.superoffice_sides import activate_there, let_time_pass, read_sides, stored
from wizard.domain.check import RunKind
from wizard.extensions import db
from wizard.models import CheckRun, SuperOfficeWrite, WriteState
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.practice.superoffice import Fault
from wizard.services.checks import Work, execute_run
from wizard.services.superoffice.saving import look_at_open_writes, register_in_superoffice, save_in_superoffice

CUTS = (Fault.CUT_BEFORE, Fault.CUT_AFTER)
REGISTERING = ("GetAllConnectors", "SaveErpSyncConnectorEntity", "GetErpSyncConnectorEntity")
SAVING = (
    "GetErpSyncConnectorEntity",
    "GetAllConnections",
    "SaveConnection",
    "TestConnectionById",
    "UpdateConnectionFields",
    "GetConnection",
)
EDITING = ("GetConnection", "ToggleErpConnectionActive", "SaveConnection", "TestConnectionById")


def open_step_3_again(admin: Visitor) -> str:
    """Step 3 of a new setup, with the connector that is there."""
    page = open_step_2(admin)
    return str(admin.post(f"{page}/use", {"existing": "1"}).location)


def try_to_save(admin: Visitor, page: str, name: str) -> None:
    admin.send(page, RIGHT | {"name": name, "action": "test"})
    admin.send(page, {"action": "ok"})


@pytest.mark.parametrize("operation", REGISTERING)
@pytest.mark.parametrize("fault", CUTS)
def test_a_connector_is_there_once_wherever_the_line_is_cut(
    admin: Visitor, there: PracticeSuperOffice, operation: str, fault: Fault
) -> None:
    page = open_step_2(admin)
    there.plan(fault, operation)
    admin.send(page, {"name": "Practice", "url": there.connector_url, "action": "continue"})
    let_time_pass(admin.app)
    if not connectors(admin):
        admin.send(page, {"action": "continue"})

    (here,), (other,) = connectors(admin), stored(there, "connector")
    assert here.superoffice_id == other["ErpConnectorId"]


def test_a_connection_is_there_once_wherever_the_line_is_cut(admin: Visitor, there: PracticeSuperOffice) -> None:
    open_step_3(admin, there.connector_url)
    for fault in CUTS:
        for operation in SAVING:
            name = f"{operation} {fault}"
            there.plan(fault, operation)
            try_to_save(admin, open_step_3_again(admin), name)
            for _ in range(2):
                let_time_pass(admin.app)

            sides = read_sides(admin.app, there)
            assert sides.agree, (name, sides)
            assert [each["DisplayName"] for each in stored(there, "connection")].count(name) == 1, name


def test_an_edit_of_an_active_connection_ends_on_both_sides_wherever_the_line_is_cut(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    save(admin, there.connector_url)
    activate_there(there)
    for fault in CUTS:
        for operation in EDITING:
            description = f"{operation} {fault}"
            there.plan(fault, operation)
            page = str(admin.post("/connections/1/edit").location)
            admin.send(page, {"description": description, "action": "test"})
            admin.send(page, {"action": "ok"})
            let_time_pass(admin.app)

            (other,) = stored(there, "connection")
            assert (other["DisplayDescription"], other["Active"]) == (description, True), description
            assert connections(admin)[0].description == description
            assert read_sides(admin.app, there).agree, description


class KilledQueue(InlineQueue):
    """Is killed after SuperOffice was called, before the end of the run is stored."""

    def submit(self, run_id: str) -> None:
        def die(*_: object) -> None:
            raise KeyboardInterrupt

        works = {
            RunKind.REGISTER: Work(register_in_superoffice, die),
            RunKind.SAVE_BOTH: Work(save_in_superoffice, die),
        }
        with self._app.app_context(), writing(), suppress(KeyboardInterrupt):
            execute_run(works, run_id, cancelled=lambda: False, interrupted=lambda: False)


def test_a_process_that_is_killed_after_both_sides_have_it_ends_with_one(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    page = open_step_2(admin)
    usual = admin.app.extensions["job_queue"]
    admin.send(page, {"name": "Practice", "url": there.connector_url, "action": "check"})
    admin.app.extensions["job_queue"] = KilledQueue(admin.app)
    admin.send(page, {"action": "continue"})
    admin.app.extensions["job_queue"] = usual
    end_what_was_killed(admin)
    step_3 = str(admin.send(page, {"action": "continue"}).request.path)
    admin.send(step_3, RIGHT | {"action": "test"})
    admin.app.extensions["job_queue"] = KilledQueue(admin.app)
    admin.send(step_3, {"action": "ok"})
    admin.app.extensions["job_queue"] = usual

    end_what_was_killed(admin)
    let_time_pass(admin.app)

    assert len(stored(there, "connector")) == len(connectors(admin)) == 1
    assert read_sides(admin.app, there).agree
    assert len(stored(there, "connection")) == 1


def end_what_was_killed(admin: Visitor) -> None:
    """As after a while without a sign of life of the process."""
    with admin.app.app_context(), writing():
        long_ago = now() - timedelta(hours=1)
        db.session.execute(db.update(CheckRun).where(CheckRun.state == "running").values(heartbeat_at=long_ago))
        db.session.commit()


def test_a_write_that_no_save_comes_back_to_is_looked_at(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_2(admin)
    there.plan("cut_after", "SaveErpSyncConnectorEntity")
    admin.send(page, {"name": "Practice", "url": there.connector_url, "action": "continue"})
    let_time_pass(admin.app)

    in_app(admin.app, look_at_open_writes)

    (write,) = in_app(admin.app, lambda: list(db.session.scalars(db.select(SuperOfficeWrite))))
    assert (write.state, write.found["id"]) == (WriteState.DONE, 1)
