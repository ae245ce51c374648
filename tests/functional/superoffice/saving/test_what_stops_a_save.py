"""What stops a save in SuperOffice, and how it goes on from there."""

from __future__ import annotations

from tests.factories import ForgetfulQueue, Visitor, in_app, says
from tests.factories.superoffice import PracticeSuperOffice
from tests.steps import RIGHT, connections, connectors, open_step_2, open_step_3, save
from tests.superoffice_sides import change_there, let_time_pass, stored
from wizard.domain.superoffice import LinkAccess
from wizard.extensions import db
from wizard.models import CheckRun, Connection, SuperOfficeLink
from wizard.models.database import writing


def edit(admin: Visitor) -> str:
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {"description": "Ours", "action": "test"})
    return says(admin.send(page, {"action": "ok"}).text)


def reasons(admin: Visitor) -> list[str]:
    """Of the newest run."""
    newest = db.select(CheckRun).order_by(CheckRun.created_at.desc()).limit(1)
    return [each.reason or "" for each in in_app(admin.app, lambda: db.session.scalars(newest).one()).stages]


def test_a_connector_that_superoffice_does_not_reach_can_be_added_anyway(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    there.behaviour.reaches_connectors = False
    page = open_step_2(admin)
    checked = says(admin.send(page, {"name": "P", "url": there.connector_url, "action": "check"}).text)

    assert "It works from here, but not from SuperOffice" in checked
    assert "Add anyway, SuperOffice does not reach it yet" in checked
    assert admin.send(page, {"action": "continue"}).request.path.endswith("/connection")


def test_a_save_that_superoffice_cannot_test_is_tried_again_until_it_can(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    page = open_step_3(admin, there.connector_url)
    there.behaviour.tests_pass = False
    admin.send(page, RIGHT | {"action": "test"})

    failed = says(admin.send(page, {"action": "ok"}).text)

    assert "Saved here, not yet in SuperOffice" in failed
    assert "It is tried again automatically" in failed
    there.behaviour.tests_pass = True
    let_time_pass(admin.app)
    assert connections(admin)[0].guid == stored(there, "connection")[0]["ConnectionId"]


def test_what_somebody_has_deleted_there_is_said(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    there.twin.store.clear("connection")

    assert "Acme Norway is not in SuperOffice any more" in edit(admin)
    assert connections(admin)[0].description == ""


def test_a_connector_that_somebody_has_deleted_there_is_said(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_3(admin, there.connector_url, "Visma")
    there.twin.store.clear("connector")
    admin.send(page, RIGHT | {"action": "test"})

    assert "Visma is not in SuperOffice any more" in says(admin.send(page, {"action": "ok"}).text)
    assert connections(admin) == []


def test_ok_again_before_it_is_known_what_became_of_the_first_one_saves_nothing(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    page = open_step_3(admin, there.connector_url)
    admin.send(page, RIGHT | {"action": "test"})
    there.plan("cut_before", "SaveConnection")
    admin.send(page, {"action": "ok"})

    again = says(admin.send(page, {"action": "ok"}).text)

    assert "it is not known yet whether SuperOffice carries it out" in again
    assert stored(there, "connection") == []


def test_a_link_that_is_gone_meanwhile_is_said(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_3(admin, there.connector_url)
    admin.send(page, RIGHT | {"action": "test"})
    usual = admin.app.extensions["job_queue"]
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "ok"})
    admin.app.extensions["job_queue"] = usual
    with admin.app.app_context(), writing():
        db.session.execute(db.update(SuperOfficeLink).values(access=LinkAccess.READ_ONLY))
        run_id = db.session.scalar(db.select(CheckRun.id).where(CheckRun.state == "waiting"))
        db.session.commit()

    usual.submit(run_id)

    assert "superoffice.not_linked" in reasons(admin)
    assert connections(admin) == []


def test_entered_by_hand_it_is_saved_here_as_without_a_link(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_3(admin, there.connector_url)
    admin.send(page, RIGHT | {"action": "test"})
    there.plan("forbidden", "SaveConnection", None)
    admin.send(page, {"action": "ok"})

    done = admin.send(page, {"action": "by_hand"})

    assert done.request.path.endswith("/done")
    assert stored(there, "connection") == []
    assert connections(admin)[0].superoffice_id is None


def test_a_connector_is_saved_in_superoffice_with_its_first_connection_if_it_was_not_before(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    page = open_step_2(admin)
    there.plan("unavailable", "SaveErpSyncConnectorEntity")
    admin.send(page, {"name": "Practice", "url": there.connector_url, "action": "continue"})
    page = str(admin.send(page, {"action": "later"}).request.path)
    assert connectors(admin)[0].superoffice_id is None

    let_time_pass(admin.app)
    admin.send(page, RIGHT | {"action": "test"})
    admin.send(page, {"action": "ok"})

    assert connectors(admin)[0].superoffice_id == stored(there, "connector")[0]["ErpConnectorId"]


def test_what_superoffice_has_not_got_is_gone_with_its_form(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_3(admin, there.connector_url)
    admin.send(page, RIGHT | {"action": "test"})
    there.plan("unavailable", "GetAllConnections", None)
    admin.send(page, {"action": "ok"})
    assert "Not in SuperOffice yet" in says(admin.get("/").text)

    admin.post(page.replace("/connection", "/discard"))

    assert connections(admin) == []


def test_an_edit_that_waits_does_not_bring_a_deleted_connection_back(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    save(admin, there.connector_url)
    there.plan("unavailable", "SaveConnection", 1)
    edit(admin)

    admin.post("/connections/1/delete")
    let_time_pass(admin.app)

    assert stored(there, "connection")[0]["Deleted"]
    assert connections(admin)[0].deleted_at is not None


def test_one_of_superoffice_that_a_deleted_one_here_was_is_not_taken_over_twice(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    save(admin, there.connector_url)
    admin.post("/connections/1/delete")
    change_there(there, Deleted=False)
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"connector_id": "1", "action": "fields"})
    admin.send(page, RIGHT | {"connector_id": "1", "action": "test"})
    admin.send(page, {"action": "ok"})

    answer = admin.send(page, {"adopt": "1"})

    assert "This connection of SuperOffice is here already, as Acme Norway." in says(answer.text)
    assert "restore it if it is among the deleted" in answer.text
    assert [each.name for each in connections(admin)] == ["Acme Norway"]


def test_a_save_that_was_tried_often_enough_is_not_said_to_be_tried_again(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    page = open_step_3(admin, there.connector_url)
    there.behaviour.tests_pass = False
    admin.send(page, RIGHT | {"action": "test"})
    admin.send(page, {"action": "ok"})
    with admin.app.app_context(), writing():
        connection = db.session.query(Connection).one()
        connection.pending = (connection.pending or {}) | {"retries": 1000}
        db.session.commit()

    let_time_pass(admin.app)
    text = says(admin.get(page).text)

    assert "Saved here, not yet in SuperOffice" in text
    assert "It is tried again automatically" not in text
