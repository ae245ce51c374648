"""What a form needs is deleted while it is open."""

from __future__ import annotations

import pytest

from tests.factories import (
    Visitor,
    form_fields,
    make_connector,
    make_users,
)
from tests.steps import RIGHT, connections, connectors, open_step_2, open_step_3, save


def test_a_connector_deleted_while_step_3_is_open_has_to_be_chosen_anew_and_nothing_typed_is_lost(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    fields = form_fields(admin.get(page).text) | RIGHT
    admin.post("/connectors/1/delete")

    answer = admin.post(page, fields | {"action": "test"})

    assert answer.status_code == 422
    assert "Choose a connector." in answer.text
    assert form_fields(answer.text)["name"] == "Acme Norway"
    admin.post("/connectors/1/restore")
    assert form_fields(admin.get(page).text)["cf:Company"] == "ACME-NO"


def test_ok_for_a_connector_deleted_meanwhile_saves_nothing(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    fields = form_fields(admin.get(page).text)
    admin.post("/connectors/1/delete")

    answer = admin.post(page, fields | {"action": "ok"})

    assert answer.status_code == 422
    assert connections(admin) == []


def test_a_connector_deleted_while_it_is_edited_is_reported_and_comes_back_when_saved_again(
    admin: Visitor, practice_url: str
) -> None:
    make_connector(admin.app, "Visma", practice_url)
    page = str(admin.post("/connectors/1/edit").location)
    admin.send(page, {"name": "Visma North", "action": "check"})
    admin.post("/connectors/1/delete")

    response = admin.send(page, {"action": "continue"})

    assert response.status_code == 409
    assert "Somebody else has changed this meanwhile" in response.text
    assert "not deleted" in response.text
    assert form_fields(response.text)["name"] == "Visma North"
    assert admin.send(page, {"action": "continue"}).request.path == "/"
    assert [(each.name, each.deleted_at) for each in connectors(admin)] == [("Visma North", None)]


def test_a_guide_whose_connector_was_deleted_can_register_it_again(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "continue"})
    admin.post("/connectors/1/delete")

    assert admin.send(page, {"action": "continue"}).status_code == 409
    again = admin.send(page, {"action": "continue"})

    assert again.request.path.endswith("/connection")
    assert form_fields(again.text)["connector_id"] == "1"


def test_a_connection_deleted_while_it_is_edited_is_reported_and_comes_back_when_saved_again(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {"name": "Acme North", "action": "test"})
    admin.post("/connections/1/delete")

    response = admin.send(page, {"action": "ok"})

    assert response.status_code == 409
    assert "not deleted" in response.text
    assert form_fields(response.text)["name"] == "Acme North"
    assert "Acme North is saved." in admin.send(page, {"action": "ok"}).text
    assert [(each.name, each.deleted_at) for each in connections(admin)] == [("Acme North", None)]


@pytest.mark.parametrize("row", ["connectors", "connections"])
@pytest.mark.parametrize("deed", ["edit", "copy", "test", "check"])
def test_a_stale_list_does_not_open_or_test_what_is_deleted(
    admin: Visitor, practice_url: str, row: str, deed: str
) -> None:
    save(admin, practice_url)
    admin.post("/connections/1/delete")
    admin.post("/connectors/1/delete")

    assert admin.post(f"/{row}/1/{deed}").status_code == 404


def test_what_is_deleted_between_the_form_and_its_saving_is_named(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    page = open_step_3(admin, practice_url)
    admin.post(page.replace("/connection", "/scope"), {"user": "1", "group": "1", "done": "1"})
    admin.send(page, RIGHT | {"action": "test"})
    admin.post("/users/groups/1/delete")
    monkeypatch.setattr("wizard.views.setups.connection.state.without_deleted", lambda scope: scope)

    response = admin.send(page, {"action": "ok"})

    assert response.status_code == 422
    assert "Deleted meanwhile: Sales. Look through the form and save again." in response.text
    monkeypatch.undo()
    assert admin.send(page, {"action": "ok"}).request.path.endswith("/done")


def test_a_member_deleted_while_it_is_chosen_no_longer_counts(admin: Visitor, practice_url: str) -> None:
    make_users(admin.app, "Anna")
    page = open_step_3(admin, practice_url)
    admin.post(page.replace("/connection", "/scope"), {"user": "1", "done": "1"})
    admin.post("/users/1/delete")
    admin.send(page, RIGHT | {"action": "test"})

    answer = admin.send(page, {"action": "ok"})

    assert answer.status_code == 422
    assert "Choose at least one user or group, or Everyone." in answer.text
