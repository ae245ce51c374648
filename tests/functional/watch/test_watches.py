"""What is watched, how often, and what of it is found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests import factories
from wizard.domain.check import Stage
from wizard.domain.next_steps import NextStep
from wizard.domain.watch import Condition, Interval
from wizard.extensions import db
from wizard.models import (
    Account,
    AuditEvent,
    ConfigurationState,
    Connection,
    Connector,
    DoneStep,
    Outage,
    Watch,
    WatchDay,
)
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.watch import ended_outages, ensure_watches, set_interval, strip, watch_of, watches_of


@pytest.fixture
def ids(app: Flask, admin: factories.Visitor) -> Iterator[tuple[int, int]]:
    """A connector and its connection, in an app context that may write."""
    connector_id = factories.make_connector(app)
    connection_id = factories.make_connection(app, connector_id)
    with app.app_context(), writing():
        yield connector_id, connection_id


def account() -> Account:
    return db.session.scalars(select(Account)).one()


def test_an_interval_is_chosen_and_noted(ids: tuple[int, int]) -> None:
    connection = db.session.get_one(Connection, ids[1])
    assert watch_of(connection) is None

    watch = set_interval(account(), connection, Interval.QUARTER)

    assert watch_of(connection) == watch
    assert watch.due_at is not None
    assert watch.due_at <= now()
    [noted] = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "connection.watched"))
    assert (noted.subject, noted.detail) == ("Acme Norway", "quarter")
    set_interval(account(), connection, Interval.QUARTER)
    assert len(db.session.scalars(select(AuditEvent).where(AuditEvent.action == "connection.watched")).all()) == 1


def test_what_is_switched_off_is_not_down_any_more(ids: tuple[int, int]) -> None:
    connector = db.session.get_one(Connector, ids[0])
    watch = set_interval(account(), connector, Interval.MINUTE)
    outage = Outage(watch_id=watch.id, stage=Stage.CONNECT, reason="connect.refused", since=now())
    db.session.add(outage)
    db.session.flush()
    watch.outage_id, watch.failures, watch.stage, watch.reason = outage.id, 3, outage.stage, outage.reason

    set_interval(account(), connector, Interval.OFF)

    db.session.refresh(watch)
    assert [watch.due_at, watch.outage_id, watch.failures, watch.reason] == [None, None, 0, None]
    assert outage.until is not None


@pytest.mark.parametrize("is_ticked", [True, False])
def test_active_connections_and_their_connectors_are_tested_every_hour(ids: tuple[int, int], is_ticked: bool) -> None:
    ensure_watches()
    assert db.session.scalars(select(Watch)).all() == []
    active = DoneStep(step=NextStep.ACTIVATE, who="x") if is_ticked else ConfigurationState(is_active=True)
    active.connection_id = ids[1]
    db.session.add(active)
    db.session.commit()

    ensure_watches()
    ensure_watches()

    watches = db.session.scalars(select(Watch)).all()
    assert {(each.connector_id, each.connection_id) for each in watches} == {(ids[0], None), (None, ids[1])}
    assert all(each.interval is Interval.HOUR and each.due_at is not None for each in watches)


def test_what_somebody_has_switched_off_stays_off(ids: tuple[int, int]) -> None:
    db.session.add(DoneStep(connection_id=ids[1], step=NextStep.ACTIVATE, who="x"))
    for model, row_id in ((Connector, ids[0]), (Connection, ids[1])):
        row = db.session.get_one(model, row_id)
        set_interval(account(), row, Interval.HOUR)
        set_interval(account(), row, Interval.OFF)

    ensure_watches()

    assert {each.interval for each in db.session.scalars(select(Watch))} == {Interval.OFF}


def test_the_strips_of_many_are_read_in_one_statement(ids: tuple[int, int]) -> None:
    watches = [
        set_interval(account(), db.session.get_one(Connector, ids[0]), Interval.HOUR),
        set_interval(account(), db.session.get_one(Connection, ids[1]), Interval.HOUR),
    ]
    today = now().date()
    db.session.add(WatchDay(watch_id=watches[0].id, day=today, tests=3, failed=2, down_seconds=3000))
    db.session.add(WatchDay(watch_id=watches[1].id, day=today - timedelta(days=1), tests=3))
    db.session.add(WatchDay(watch_id=watches[1].id, day=today - timedelta(days=30), tests=3))
    db.session.commit()
    watch_ids = [each.id for each in watches]
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        strips = strip(watch_ids)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert len([each for each in statements if each.startswith("SELECT")]) == 1
    assert [len(strips[each]) for each in watch_ids] == [30, 30]
    assert [day.condition for day in strips[watch_ids[0]][-2:]] == [Condition.NOT_TESTED, Condition.LONG]
    assert [day.condition for day in strips[watch_ids[1]] if day.tests] == [Condition.WORKED]


def test_watches_and_outages_are_found_by_what_is_watched(ids: tuple[int, int]) -> None:
    connector = db.session.get_one(Connector, ids[0])
    watch = set_interval(account(), connector, Interval.HOUR)
    for reason in ("connect.refused", "connect.timeout"):
        db.session.add(Outage(watch_id=watch.id, stage=Stage.CONNECT, reason=reason, since=now(), until=now()))
        db.session.flush()

    assert watches_of([connector]) == {connector.id: watch}
    assert watches_of([]) == {}
    assert [each.reason for each in ended_outages(watch, 1).rows] == ["connect.timeout", "connect.refused"]
