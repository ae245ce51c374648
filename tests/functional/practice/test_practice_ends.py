"""How practice ends: it is said to be practice, and what it has made can be removed."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import Visitor, make_connection, make_connector, row_of, says
from wizard.extensions import db
from wizard.models import Connection, ConnectionState
from wizard.models.database import writing

PRACTICE = "http://localhost/practice/Services/ERPConnectorWS.svc"
"""As the app's client reaches it."""


@pytest.fixture
def practised(admin: Visitor) -> Visitor:
    """An administrator who has two connections on the practice connector."""
    connector = make_connector(admin.app, "Practice connector", PRACTICE)
    for name in ("Acme", "Beta"):
        make_connection(admin.app, connector, name)
    return admin


def test_practice_ends_without_an_address_to_enter_in_superoffice(practised: Visitor) -> None:
    page = practised.get("/connections/1").text

    assert "Nothing to enter in SuperOffice" in page
    assert PRACTICE not in page
    assert "Start the real setup" in page
    assert "Test ERP connection, then OK" not in page


def test_the_list_marks_what_is_practice(practised: Visitor) -> None:
    make_connection(practised.app, make_connector(practised.app), "Real")

    page = practised.get("/").text

    assert row_of(page, "Acme").startswith("For practice Acme")
    assert row_of(page, "Real").startswith("Not yet Not entered in SuperOffice yet Real")


@pytest.mark.parametrize("url", [PRACTICE.replace("localhost", "127.0.0.1"), PRACTICE.replace("localhost", "[::1]")])
def test_another_name_of_this_machine_is_practice_too(admin: Visitor, url: str) -> None:
    make_connection(admin.app, make_connector(admin.app, url=url), "Acme")

    assert row_of(admin.get("/").text, "Acme").startswith("For practice")


@pytest.mark.parametrize(
    "url",
    [
        PRACTICE.replace("localhost", "erp.example"),
        PRACTICE.replace("localhost", "localhost:81"),
        PRACTICE.replace("localhost", "localhost:99999"),
        "app://1a2b",
    ],
)
def test_a_connector_elsewhere_is_real(admin: Visitor, url: str) -> None:
    make_connection(admin.app, make_connector(admin.app, url=url), "Acme")

    assert row_of(admin.get("/").text, "Acme").startswith("Not yet")


def test_the_practice_data_is_removed_and_comes_back_whole(practised: Visitor) -> None:
    gone = practised.post("/connectors/1/remove-practice", follow_redirects=True).text
    assert "The practice data is removed." in gone
    assert 'action="/connectors/1/restore-practice"' in gone
    assert "<b>Acme</b>" not in gone

    back = practised.post("/connectors/1/restore-practice", follow_redirects=True).text

    assert "The practice data is back." in back
    for name in ("Practice connector", "Acme", "Beta"):
        assert f"<b>{name}</b>" in back


def test_what_was_deleted_before_stays_deleted_when_the_practice_data_comes_back(practised: Visitor) -> None:
    practised.post("/connections/1/delete")
    practised.post("/connectors/1/remove-practice")

    back = practised.post("/connectors/1/restore-practice", follow_redirects=True).text

    assert "<b>Acme</b>" not in back
    assert "<b>Beta</b>" in back


def test_what_cannot_come_back_is_said(practised: Visitor) -> None:
    practised.post("/connectors/1/remove-practice")
    make_connector(practised.app, "Practice connector")

    assert "Not all is back" in practised.post("/connectors/1/restore-practice", follow_redirects=True).text


def test_nothing_is_removed_while_a_practice_connection_is_being_saved(practised: Visitor) -> None:
    with practised.app.app_context(), writing():
        row = db.session.get_one(Connection, 1)
        row.state, row.pending = ConnectionState.SAVING, row.to_input().to_json()
        db.session.commit()

    answer = practised.post("/connectors/1/remove-practice", follow_redirects=True).text

    assert "Nothing is removed: Acme is being saved." in answer
    assert "<b>Beta</b>" in answer


@pytest.mark.parametrize("deed", ["remove-practice", "restore-practice"])
def test_a_real_connector_is_not_removed_with_its_connections(admin: Visitor, deed: str) -> None:
    make_connection(admin.app, make_connector(admin.app))

    assert admin.post(f"/connectors/1/{deed}").status_code == 404


def test_deleting_practice_does_not_speak_of_superoffice(practised: Visitor) -> None:
    assert "SuperOffice too" not in says(practised.post("/connections/1/delete", follow_redirects=True).text)


def test_without_the_practice_connector_nothing_is_practice(app: Flask, practised: Visitor) -> None:
    app.config["PRACTICE"] = False

    assert row_of(practised.get("/").text, "Acme").startswith("Not yet")
