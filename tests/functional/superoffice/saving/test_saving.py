"""Steps 2 and 3 where SuperOffice is linked: both sides have the same connector and connection."""

from __future__ import annotations

from tests.factories import Visitor, in_app, says
from tests.factories.superoffice import PracticeSuperOffice, link_practice, serve_superoffice
from tests.steps import RIGHT, connections, connectors, open_step_3, save
from tests.superoffice_sides import activate_there, change_there, read_sides, stored
from wizard.extensions import db
from wizard.models import Connection, Setup
from wizard.models.database import writing
from wizard.services.superoffice.saving import settle_all


def test_what_is_added_here_is_in_superoffice_too_under_its_guid(admin: Visitor, there: PracticeSuperOffice) -> None:
    page = open_step_3(admin, there.connector_url)
    admin.send(page, RIGHT | {"action": "test"})
    answer = admin.send(page, {"action": "ok"})

    assert answer.request.path.endswith("/done"), answer.text
    (connector,), (connection,) = connectors(admin), connections(admin)
    (connector_there,), (connection_there,) = stored(there, "connector"), stored(there, "connection")
    assert connector.superoffice_id == connector_there["ErpConnectorId"]
    assert connection.superoffice_id == connection_there["ErpConnectionId"]
    assert connection.guid == connection_there["ConnectionId"]
    assert connection_there["DisplayName"] == "Acme Norway"
    assert connection_there["ConfigFields"]["Company"] == "ACME-NO"
    assert not connection_there["Active"]


def edit(admin: Visitor, **typed: str) -> str:
    """Edits the first connection and saves it; the page where that ends."""
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, typed | {"action": "test"})
    return str(admin.send(page, {"action": "ok"}).request.path)


def test_an_active_connection_is_deactivated_for_an_edit_and_active_again(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    there.behaviour.edits_active = "refused"
    save(admin, there.connector_url)
    activate_there(there)

    assert edit(admin, description="Oslo") == "/connections/1"

    (connection,) = stored(there, "connection")
    assert (connection["DisplayDescription"], connection["Active"]) == ("Oslo", True)


def test_no_page_says_of_an_active_connection_that_it_is_not_active(admin: Visitor, there: PracticeSuperOffice) -> None:
    guide = save(admin, there.connector_url)
    assert "It is not active yet" in says(admin.get(guide, follow_redirects=True).text)
    activate_there(there)
    edit(admin, description="Oslo")  # reads back that it is active

    left = admin.get(guide, follow_redirects=True)

    assert left.request.path == "/connections/1"
    again = admin.post("/connections/1/edit", follow_redirects=True)
    assert "What you change is tested before it is saved." in says(again.text)


def test_of_one_that_was_active_before_unlinking_only_the_switch_is_left(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    save(admin, there.connector_url)
    activate_there(there)
    edit(admin, description="Oslo")  # reads back that it is active

    admin.post("/superoffice/unlink")

    page = admin.get("/connections/1").text
    assert "1 step that is needed is left." in says(page)
    assert says(page).count("Seen in SuperOffice: today at") == 2
    assert "/steps/mappings" not in page
    assert "/steps/automatic_sync" in page
    assert "[x] Activate it (Needed)" in admin.get("/connections/1/sheet.txt").text


def test_the_sheet_asks_for_no_step_that_is_a_page_of_the_connection(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    save(admin, there.connector_url)

    steps = admin.get("/connections/1/sheet.txt").text.partition("Steps in SuperOffice")[2]

    assert [line[4:] for line in steps.splitlines() if line.startswith("[ ] ")] == [
        "Import from ERP (If you like): Brings customers that the ERP already has into SuperOffice. "
        "It works only while automatic sync is off.",
        "Turn on automatic sync (Needed): The switch is on top of the tab Sync. It is for all connections together.",
    ]


def test_what_somebody_has_changed_there_is_shown_and_not_overwritten_unseen(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    save(admin, there.connector_url)
    change_there(there, DisplayDescription="Theirs")

    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {"description": "Ours", "action": "test"})
    answer = admin.send(page, {"action": "ok"})

    assert "It is not the same in SuperOffice as here: Description" in says(answer.text)
    assert stored(there, "connection")[0]["DisplayDescription"] == "Theirs"
    admin.send(page, {"action": "ok"})
    assert stored(there, "connection")[0]["DisplayDescription"] == "Ours"


def test_a_name_keeps_its_other_languages(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    change_there(there, DisplayName='NO:"Acme Norge";US:"Acme Norway"')
    in_app(admin.app, forget_what_was_seen)

    edit(admin, name="Acme Oslo")

    assert stored(there, "connection")[0]["DisplayName"] == 'NO:"Acme Norge";US:"Acme Oslo"'


def forget_what_was_seen() -> None:
    with writing():
        db.session.execute(db.update(Connection).values(superoffice_seen_token=None))
        db.session.commit()


def test_a_connection_from_before_the_link_is_brought_over(admin: Visitor) -> None:
    with serve_superoffice(admin.app) as there:
        save(admin, there.connector_url)
        (own,) = connections(admin)
        link_practice(admin.app, there)

        assert "It can be saved in SuperOffice from here" in admin.get("/connections/1").text
        edit(admin, description="Oslo")
        assert "It can be saved in SuperOffice from here" not in admin.get("/connections/1").text

        sides = read_sides(admin.app, there)
        assert sides.agree
        assert own.guid not in sides.here


def test_one_that_is_there_already_is_taken_over_when_it_is_chosen(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    in_app(admin.app, forget_connection)
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"connector_id": "1", "action": "fields"})
    admin.send(page, RIGHT | {"connector_id": "1", "action": "test"})
    answer = admin.send(page, {"action": "ok"})
    assert "SuperOffice has number 1 already, which looks the same." in says(answer.text)
    assert connections(admin) == []

    answer = admin.send(page, {"adopt": "1"})

    assert answer.request.path.endswith("/done")
    assert read_sides(admin.app, there).agree


def forget_connection() -> None:
    with writing():
        db.session.execute(db.delete(Setup))
        db.session.execute(db.delete(Connection))
        db.session.commit()


def test_what_is_deleted_and_restored_here_is_so_in_superoffice(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)

    gone = admin.post("/connections/1/delete", follow_redirects=True).text
    assert "Acme Norway is deleted, here and in SuperOffice." in gone
    assert stored(there, "connection")[0]["Deleted"]
    page = says(admin.get("/connections/1").text)
    assert "Deleted, here and in SuperOffice Restore it here, and it is restored there too." in page
    assert "Not in SuperOffice" in page

    back = admin.post("/connections/1/restore", follow_redirects=True).text
    assert "Acme Norway is restored, here and in SuperOffice." in back
    assert not stored(there, "connection")[0]["Deleted"]


def test_what_superoffice_did_not_delete_it_deletes_later(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    there.plan("cut_before", "DeleteConnection")

    gone = admin.post("/connections/1/delete", follow_redirects=True).text
    assert "it is deleted there later" in gone
    in_app(admin.app, settle_all)

    assert stored(there, "connection")[0]["Deleted"]


def test_a_connector_that_others_use_there_stays_there(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    (document,) = stored(there, "connection")
    there.twin.store.put("connection", 99, document | {"ErpConnectionId": 99, "DisplayName": "Theirs"})
    admin.post("/connections/1/delete")

    gone = admin.post("/connectors/1/delete", follow_redirects=True).text

    assert "It stays in SuperOffice, where other connections use it." in gone
    assert not stored(there, "connector")[0]["Deleted"]
