"""A form is sent while what it holds, or its name, is saved elsewhere."""

from __future__ import annotations

import pytest

from tests.factories import (
    ForgetfulQueue,
    InlineQueue,
    Visitor,
    form_fields,
    in_app,
    make_connection,
    make_connector,
    make_users,
    sign_in,
)
from tests.steps import RIGHT, connections, open_step_2, open_step_3, save
from wizard.extensions import db
from wizard.models import CheckRun, Connection


def test_a_form_sent_while_another_form_of_the_row_is_being_saved_does_not_swap_its_values(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    other = sign_in(admin.app, "Lars Nilsson")
    mine = str(admin.post("/connections/1/edit").location)
    theirs = str(other.post("/connections/1/edit").location)
    admin.send(mine, {"name": "By Ingrid", "action": "test"})
    other.send(theirs, {"name": "By Lars", "action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    other.send(theirs, {"action": "ok"})
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)

    response = admin.send(mine, {"action": "ok"})

    assert response.status_code == 409
    pending = in_app(admin.app, lambda: db.session.get(Connection, 1).pending)
    assert pending["name"] == "By Lars"


def begin_to_save(admin: Visitor, page: str, form: dict[str, str]) -> str:
    """Presses OK, but the connector has not been called yet; returns the run that would call it."""
    admin.send(page, form | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "ok"})
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)
    saves = db.select(CheckRun.id).where(CheckRun.kind == "save").order_by(CheckRun.created_at.desc())
    return str(in_app(admin.app, lambda: db.session.scalar(saves)))


def test_a_connector_is_not_deleted_while_a_connection_is_being_saved_to_it(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    make_connector(admin.app, "Other", practice_url)
    admin.post("/connectors/2/check")
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {"connector_id": "2", "action": "fields"})
    run = begin_to_save(admin, page, RIGHT)

    response = admin.post("/connectors/2/delete", follow_redirects=True)

    assert "Other is not deleted: the connection Acme Norway uses it." in response.text
    InlineQueue(admin.app).submit(run)
    assert [each.connector_id for each in connections(admin)] == [2]
    assert "Practice is deleted." in admin.post("/connectors/1/delete", follow_redirects=True).text


def test_who_is_in_the_scope_of_a_connection_that_is_being_saved_is_not_deleted(
    admin: Visitor, practice_url: str
) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    page = open_step_3(admin, practice_url)
    admin.post(page.replace("/connection", "/scope"), {"user": "1", "group": "1", "done": "1"})
    begin_to_save(admin, page, RIGHT)

    for path, name in (("/users", "Anna"), ("/users/groups", "Sales")):
        response = admin.post(f"{path}/1/delete", follow_redirects=True)
        assert f"{name} is not deleted: the scope of Acme Norway needs it." in response.text


def test_two_connections_that_are_renamed_to_the_same_name_at_once_do_not_both_get_it(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    copy = str(admin.post("/connections/1/copy").location)
    admin.send(copy, RIGHT | {"name": "Acme Sweden", "action": "test"})
    admin.send(copy, {"action": "ok"})
    one, two = (str(admin.post(f"/connections/{number}/edit").location) for number in (1, 2))
    begin_to_save(admin, one, {"name": "Same"})

    response = admin.send(two, {"name": "same", "action": "ok"})

    assert response.status_code == 422
    assert "Another connection has this name" in response.text


def test_a_save_whose_name_was_taken_meanwhile_gives_the_form_back_and_tells_why_at_ok(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/1/edit").location)
    run = begin_to_save(admin, page, {"name": "Same", "cf:Company": "ACME-SE"})
    make_connection(admin.app, 1, "Same", receipt={}, config={}, fields=[])

    InlineQueue(admin.app).submit(run)

    first = connections(admin)[0]
    assert (first.name, first.state, first.pending, first.config["Company"]) == (
        "Acme Norway",
        "saved",
        None,
        "ACME-NO",
    )
    assert form_fields(admin.get(page).text)["cf:Company"] == "ACME-SE"
    assert "Another connection has this name" in admin.send(page, {"action": "ok"}).text
    assert "Other is saved." in admin.send(page, {"name": "Other", "action": "ok"}).text


def test_a_form_whose_connection_is_saved_is_not_opened_again(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"connector_id": "1", "action": "fields"})
    admin.send(page, RIGHT | {"name": "Acme Sweden", "action": "test"})
    admin.send(page, {"action": "ok"})

    answer = admin.post(page.replace("/connection", "/restore"), follow_redirects=True)

    assert answer.request.path.endswith("/done")
    assert "Acme Sweden is saved" in answer.text


def test_a_name_taken_at_the_same_moment_leaves_the_form_of_step_2(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_connector(admin.app, "Practice")
    monkeypatch.setattr("wizard.services.connectors.register.name_is_taken", lambda *_: False)
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})

    answer = admin.send(page, {"action": "continue"})

    assert answer.status_code == 422
    assert "Another connector has this name" in answer.text
    assert form_fields(answer.text)["url"] == practice_url


def test_a_name_taken_at_the_same_moment_leaves_the_form_of_step_3(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(admin, practice_url)
    monkeypatch.setattr("wizard.services.connections.save.name_is_taken", lambda *_: False)
    copy = str(admin.post("/connections/1/copy").location)
    admin.send(copy, RIGHT | {"action": "test"})

    answer = admin.send(copy, {"action": "ok"})

    assert answer.status_code == 422
    assert "Another connection has this name" in answer.text
    assert form_fields(answer.text)["name"] == "Acme Norway"


def test_a_setup_finished_in_another_tab_leads_to_its_end(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    stale = form_fields(admin.get(page).text)
    admin.send(page, {"action": "ok"})

    for path in (page, page.replace("/connection", "/connector"), page.replace("/connection", "/app")):
        assert admin.get(path, follow_redirects=True).request.path.endswith("/done")
    for action in ("ok", "test", "cancel"):
        answer = admin.post(page, stale | {"name": "Late", "action": action}, follow_redirects=True)
        assert answer.request.path.endswith("/done")
    assert admin.post(page + "/draft", stale, htmx=True).headers["HX-Redirect"].endswith("/done")
    assert admin.get(page.replace("/connection", "/scope"), follow_redirects=True).request.path.endswith("/done")
    assert [each.name for each in connections(admin)] == ["Acme Norway"]


def test_discarding_a_setup_that_is_finished_changes_nothing(admin: Visitor, practice_url: str) -> None:
    page = save(admin, practice_url)
    setup = page.removesuffix("/connection")

    answer = admin.post(setup + "/discard", follow_redirects=True)

    assert "The draft is discarded." not in answer.text
    assert admin.post(setup + "/restore", follow_redirects=True).request.path.endswith("/done")


def test_a_form_of_a_connector_saved_in_another_tab_leads_home(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "Visma", practice_url)
    page = str(admin.post("/connectors/1/edit").location)
    admin.send(page, {"action": "check"})
    admin.send(page, {"action": "continue"})

    assert admin.get(page, follow_redirects=True).request.path == "/"


def test_a_run_that_saves_is_not_cancelled(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "ok"})
    run = in_app(admin.app, lambda: db.session.scalar(db.select(CheckRun.id).where(CheckRun.kind == "save")))

    answer = admin.post(f"/checks/{run}/cancel")

    assert answer.status_code == 409
    assert "Not possible now" in answer.text
