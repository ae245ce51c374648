"""What Monitoring has found, in the lists and on the pages of connections and connectors."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import event

from tests.factories import Visitor, make_connection, make_connector, row_of
from tests.factories.watches import make_outage, make_watch
from tests.steps import save
from wizard.domain.watch import Interval
from wizard.extensions import db


def statements(app: Flask, visitor: Visitor) -> int:
    """How many the Sync page takes."""
    noted: list[str] = []

    def note(*arguments: Any) -> None:
        noted.append(arguments[2])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        visitor.get("/")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(noted)


def test_the_list_shows_30_days_and_what_is_down(admin: Visitor) -> None:
    connector = make_connector(admin.app)
    works, down = (make_connection(admin.app, connector, name) for name in ("Acme Norway", "Stock and prices"))
    make_watch(admin.app, connection_id=works, down={3: 2100, 20: 300})
    make_outage(admin.app, make_watch(admin.app, connection_id=down, down={0: 25_000}))

    page = admin.get("/").text

    assert "1 connection is down." in page
    assert "Works" in row_of(page, "Acme Norway")
    assert "Failures on 2 days, 40 min in all" in row_of(page, "Acme Norway")
    assert "Down since " in row_of(page, "Stock and prices")
    assert f'href="/connections/{down}/monitoring"' in page


def test_a_list_takes_no_more_statements_for_more_rows(admin: Visitor) -> None:
    connector = make_connector(admin.app)
    counts = []
    for number in range(6):
        watch = make_watch(admin.app, connection_id=make_connection(admin.app, connector, f"Company {number}"))
        make_outage(admin.app, watch)
        counts.append(statements(admin.app, admin))

    assert counts[1] == counts[-1]


def test_the_pages_of_a_connection_and_of_its_connector_lead_there(admin: Visitor) -> None:
    connector = make_connector(admin.app)
    connection = make_connection(admin.app, connector)
    assert "Not tested automatically yet" in admin.get(f"/connections/{connection}").text
    make_watch(admin.app, connection_id=connection, down={3: 2100})
    make_outage(admin.app, make_watch(admin.app, connector_id=connector, down={0: 25_000}))

    for page, words in (
        (f"/connections/{connection}", "Failures on 1 day, 35 min in all"),
        (f"/connectors/{connector}", "Down since "),
    ):
        text = admin.get(page).text
        assert words in text
        assert f'href="{page}/monitoring"' in text
        assert "days-small" in text


def test_a_newer_test_by_hand_is_shown_instead_of_what_the_watch_has_found(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    make_watch(admin.app, connection_id=1)
    assert "Works" in row_of(admin.get("/").text, "Acme Norway")

    admin.post("/connections/1/test")

    assert "Passed" in row_of(admin.get("/").text, "Acme Norway")


def test_what_is_not_watched_any_more_keeps_its_days_and_says_nothing_of_now(admin: Visitor) -> None:
    connection = make_connection(admin.app, make_connector(admin.app))
    make_watch(admin.app, connection_id=connection, down={3: 2100}, interval=Interval.OFF)

    row = row_of(admin.get("/").text, "Acme Norway")

    assert "Failures on 1 day, 35 min in all" in row
    assert "Works" not in row
