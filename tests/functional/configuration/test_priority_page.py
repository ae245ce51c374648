"""The page Sync priority: one order for all connections."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.factories import Visitor, make_connection, make_connector, sign_in
from tests.factories.configuration import configured
from wizard.extensions import db
from wizard.models import Connection, SuperOfficeState
from wizard.models.database import writing


def names(text: str) -> list[str]:
    return re.findall(r"<b[^>]*>([^<]+)</b>", text.partition("<tbody>")[2])


def test_connections_are_moved_on_the_page_of_any_of_them(app: Flask, admin: Visitor) -> None:
    connector_id = make_connector(app, "Sync")
    norway, sweden, denmark = (make_connection(app, connector_id, each) for each in ("Norway", "Sweden", "Denmark"))
    page = f"/connections/{sweden}/priority"
    text = admin.get(page).text
    assert names(text) == ["Denmark", "Norway", "Sweden"]
    assert "3 connections" in text
    assert "(this connection)" in text.partition("Sweden</b>")[2]

    moved = admin.post(page, {"move": f"up:{sweden}"}, htmx=True).text
    assert names(moved) == ["Denmark", "Sweden", "Norway"]
    assert "Sweden is number 2 of 3 now." in moved
    dropped = admin.post(f"/connections/{norway}/priority", {"move": f"before:{norway}", "before": denmark}, htmx=True)
    assert names(dropped.text) == ["Norway", "Denmark", "Sweden"]
    gone = admin.post(page, {"move": "up:999"}, follow_redirects=True)
    assert names(gone.text) == ["Norway", "Denmark", "Sweden"]


def test_a_reader_sees_the_order_and_moves_nothing(app: Flask, admin: Visitor) -> None:
    connection_id = make_connection(app, make_connector(app, "Sync"))
    reader = sign_in(app, "Rita", role="reader")
    page = f"/connections/{connection_id}/priority"
    assert names(reader.get(page).text) == ["Acme Norway"]
    assert "Move up" not in reader.get(page).text
    assert reader.post(page, {"move": f"up:{connection_id}"}).status_code == 403


@pytest.mark.parametrize(("page", "says_so"), [("rank", True), ("priority", False), ("import", False)])
def test_only_a_page_whose_changes_need_it_says_that_an_active_connection_is_switched_off(
    app: Flask, admin: Visitor, page: str, says_so: bool
) -> None:
    connection_id = configured(app)
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        connection.superoffice_state, connection.superoffice_seen = SuperOfficeState.SAVED, {"Active": True}
        db.session.commit()

    text = admin.get(f"/connections/{connection_id}/{page}").text

    assert ("to save a change, it is switched off in SuperOffice" in text) == says_so
