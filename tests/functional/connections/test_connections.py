"""What can be done to a connection in the list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories import (
    Visitor,
    form_fields,
    in_app,
    make_connection,
    make_connector,
    make_users,
    row_of,
    says,
    serve_practice,
)
from tests.steps import RIGHT, connections, save
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, ScopeEntry


def test_a_new_connection_is_added_without_the_guide(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/new").location)
    assert "Choose a connector." in admin.send(page, {"name": "Acme Sweden", "action": "ok"}).text

    admin.send(page, {"connector_id": "1", "action": "fields"})
    admin.send(page, RIGHT | {"name": "Acme Sweden", "action": "test"})
    answer = admin.send(page, {"action": "ok"})

    assert answer.request.path.endswith("/done")
    assert "Acme Sweden" in admin.get("/").text
    assert [each.name for each in connections(admin)] == ["Acme Norway", "Acme Sweden"]


def test_test_now_uses_the_saved_values_and_tells_the_list(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    answer = admin.post("/connections/1/test", follow_redirects=True)

    assert "The connection works" in answer.text
    assert "Acme Norway as it is saved" in answer.text
    assert 'action="/connections/1/test"' in answer.text
    assert "Passed" in row_of(admin.get("/").text, "Acme Norway")


def test_a_test_that_fails_is_reported_in_the_list_and_shows_no_secret(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    from wizard.models.database import writing

    with admin.app.app_context(), writing():
        row = db.session.get_one(Connection, 1)
        row.config = row.config | {"ApiPassword": "w1thdr4wn"}
        db.session.commit()

    answer = admin.post("/connections/1/test", follow_redirects=True)

    assert "config.rejected" in answer.text
    assert "w1thdr4wn" not in answer.text
    assert "Failed" in row_of(admin.get("/").text, "Acme Norway")


def move_connector(admin: Visitor, url: str) -> None:
    page = str(admin.post("/connectors/1/edit").location)
    assert admin.send(page, {"url": url, "action": "continue"}).status_code == 200
    assert in_app(admin.app, lambda: db.session.get_one(Connector, 1).url) == url


def test_a_saved_secret_is_not_sent_to_the_new_host_of_a_connector_that_has_moved(
    admin: Visitor, practice_url: str, tmp_path: Path
) -> None:
    save(admin, practice_url)
    with serve_practice(tmp_path) as elsewhere:
        move_connector(admin, elsewhere)

        answer = admin.post("/connections/1/test", follow_redirects=True)

        assert "its connector has moved to another host" in answer.text
        assert "enter its secrets anew" in row_of(admin.get("/").text, "Acme Norway")
        assert in_app(admin.app, lambda: db.session.scalar(sent_secrets())) == 0


def test_a_connection_whose_connector_has_moved_works_again_once_its_secrets_are_given(
    admin: Visitor, practice_url: str, tmp_path: Path
) -> None:
    save(admin, practice_url)
    with serve_practice(tmp_path) as elsewhere:
        move_connector(admin, elsewhere)
        page = str(admin.post("/connections/1/edit").location)
        assert "It is never shown again" not in admin.get(page).text
        assert "Enter API password." in admin.send(page, {"action": "test"}).text

        admin.send(page, {"cf:ApiPassword": "practice", "action": "test"})
        admin.send(page, {"action": "ok"})

        answer = admin.post("/connections/1/test", follow_redirects=True)
        assert "The connection works" in answer.text
        assert "anew" not in row_of(admin.get("/").text, "Acme Norway")


def sent_secrets() -> Any:
    """How many tests of values were begun after the connection was saved."""
    saved = db.select(db.func.max(CheckRun.created_at)).where(CheckRun.kind == "save").scalar_subquery()
    return db.select(db.func.count()).where(CheckRun.kind == "connection", CheckRun.created_at > saved)


def test_a_connection_is_deleted_and_taken_back_whole(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    before = connections(admin)[0].config

    gone = admin.post("/connections/1/delete", follow_redirects=True)

    assert "Acme Norway is deleted." in gone.text
    assert 'action="/connections/1/restore"' in gone.text
    back = admin.post("/connections/1/restore", follow_redirects=True)
    assert "Acme Norway is restored." in back.text
    assert connections(admin)[0].config == before


def test_delete_and_undo_pressed_twice_do_no_harm(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app))

    for deed in ("delete", "delete", "restore", "restore"):
        assert admin.post(f"/connections/1/{deed}", follow_redirects=True).status_code == 200

    assert in_app(admin.app, lambda: db.session.get(Connection, 1).deleted_at) is None


def test_a_connection_cannot_come_back_under_a_name_that_was_taken(admin: Visitor) -> None:
    connector = make_connector(admin.app)
    make_connection(admin.app, connector, "Acme")
    admin.post("/connections/1/delete")
    make_connection(admin.app, connector, "ACME")

    answer = admin.post("/connections/1/restore", follow_redirects=True)

    assert "Acme is not restored: another connection has this name now. Rename that one first." in answer.text


def test_a_connection_comes_back_only_with_all_that_it_needs(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    entries = [ScopeEntry(user_id=1), ScopeEntry(group_id=1)]
    make_connection(admin.app, make_connector(admin.app, "Visma"), "Acme", all_access=False, scope_entries=entries)
    for gone in ("/connections/1", "/connectors/1", "/users/1", "/users/groups/1"):
        admin.post(gone + "/delete")

    all_gone = admin.post("/connections/1/restore", follow_redirects=True)
    admin.post("/connectors/1/restore")
    admin.post("/users/groups/1/restore")
    one_gone = admin.post("/connections/1/restore", follow_redirects=True)
    admin.post("/users/1/restore")
    back = admin.post("/connections/1/restore", follow_redirects=True)

    assert "Acme is not restored: it needs Visma, Sales, Anna, which are deleted." in all_gone.text
    assert "Acme is not restored: it needs Anna, which is deleted. Restore that first." in one_gone.text
    assert "Acme is restored." in back.text


def test_a_copy_has_every_value_but_the_name_and_the_secrets(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    admin.post("/setup/1/discard")

    page = admin.post("/connections/1/copy", follow_redirects=True)

    fields = form_fields(page.text)
    assert (fields["name"], fields["cf:Company"], fields["cf:ApiPassword"]) == ("", "ACME-NO", "")
    assert "Copy of Acme Norway. Give it a name and enter its passwords anew." in page.text
    assert "It is never shown again" not in page.text
    answer = admin.send(page.request.path, {"name": "Acme Sweden", "action": "test"})
    assert "Enter API password." in answer.text


def test_a_copy_becomes_a_connection_of_its_own(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/1/copy").location)

    admin.send(page, {"name": "Acme Sweden", "cf:ApiPassword": "practice", "action": "test"})
    admin.send(page, {"action": "ok"})

    first, second = connections(admin)
    assert (first.name, second.name) == ("Acme Norway", "Acme Sweden")
    assert first.guid != second.guid
    assert first.config == second.config


def test_a_copy_keeps_the_scope(admin: Visitor) -> None:
    make_users(admin.app, "Anna")
    entries = [ScopeEntry(user_id=1)]
    make_connection(admin.app, make_connector(admin.app), "Acme", all_access=False, scope_entries=entries)

    page = admin.post("/connections/1/copy", follow_redirects=True)

    assert "1 user" in page.text
    assert form_fields(page.text)["scope"] == "specific"


def test_an_edit_that_is_open_already_is_opened_again(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    first, second = (admin.post("/connections/1/edit").location for _ in range(2))

    assert first == second
    assert "Edit the ERP connection" in admin.get(str(first)).text


def test_an_edit_that_the_connector_refuses_leaves_the_saved_connection_as_it_was(
    admin: Visitor, practice_url: str
) -> None:
    from wizard.models import CheckRun, Connector
    from wizard.models.database import writing
    from wizard.services.checks.receipts import connection_payload, sign_payload

    save(admin, practice_url)
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {"name": "Acme North", "action": "test"})
    with admin.app.app_context(), writing():  # the connector goes away between the test and OK
        connector = db.session.get_one(Connector, 1)
        connector.real_url = connector.url.replace("ERPConnectorWS", "Gone")
        run = db.session.scalars(db.select(CheckRun).order_by(CheckRun.created_at.desc())).first()
        run.receipt_signature = sign_payload(connection_payload(connector, run.request["values"]))
        db.session.commit()

    answer = admin.send(page, {"action": "ok"})

    assert "The connection could not be saved" in answer.text
    assert form_fields(answer.text)["name"] == "Acme North"
    stored = connections(admin)[0]
    assert (stored.name, stored.state, stored.pending) == ("Acme Norway", "saved", None)


@pytest.mark.parametrize("number", ["7", "0", "99999999999999999999", "x"])
@pytest.mark.parametrize("deed", ["edit", "copy", "test", "delete", "restore"])
def test_an_unknown_connection_is_a_page_that_says_so(admin: Visitor, deed: str, number: str) -> None:
    assert admin.post(f"/connections/{number}/{deed}").status_code == 404


def test_beside_a_connection_stand_the_tests_that_somebody_has_asked_for(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    before = says(admin.get("/connections/1").text)

    admin.post("/connections/1/test")

    assert "Tests by hand None since it was saved." in before
    assert "None since it was saved." not in says(admin.get("/connections/1").text)
