"""Fields and connections are moved in the order as it is by then, whatever the page showed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.factories import make_account, make_connection, make_connector
from tests.factories.configuration import CUSTOMER, configured
from wizard.domain.configuration import Move
from wizard.extensions import db
from wizard.models import Account, AuditEvent, Connection
from wizard.models.database import writing
from wizard.services.configuration import in_priority, load, move_connection, move_field

KEYS = [each.key for each in CUSTOMER.fields]


@contextmanager
def acting(app: Flask, account_id: int) -> Iterator[Account]:
    with app.app_context(), writing():
        yield db.session.get_one(Account, account_id)


@pytest.fixture
def account_id(app: Flask) -> int:
    return make_account(app, "Ingrid Berg")


def test_two_who_move_another_field_at_once_both_get_their_move(app: Flask, account_id: int) -> None:
    connection_id = configured(app)
    for key, move in (("TERMS", Move.FIRST), ("NAME", Move.LAST)):  # both from the page as it was at first
        with acting(app, account_id) as account:
            move_field(account, db.session.get_one(Connection, connection_id), "Customer", key, move)
    with app.app_context():
        found = [each.key for each in load(db.session.get_one(Connection, connection_id)).type("Customer").fields]
        audited = set(db.session.scalars(select(AuditEvent.action)))
    assert found == ["TERMS", *(key for key in KEYS if key not in ("TERMS", "NAME")), "NAME"]
    assert "configuration.ranked" in audited


def test_a_field_that_is_gone_moves_nothing_and_is_not_noted(app: Flask, account_id: int) -> None:
    connection_id = configured(app)
    with acting(app, account_id) as account:
        done = move_field(account, db.session.get_one(Connection, connection_id), "Customer", "GONE", Move.FIRST)
        noted = set(db.session.scalars(select(AuditEvent.action)))
    assert done is None
    assert "configuration.ranked" not in noted


def test_connections_without_a_priority_get_one_by_the_first_move(app: Flask, account_id: int) -> None:
    connector_id = make_connector(app, "Sync")
    norway, sweden, denmark = (make_connection(app, connector_id, name) for name in ("Norway", "Sweden", "Denmark"))
    for moved, move, before in ((norway, Move.FIRST, None), (denmark, Move.BEFORE, sweden), (sweden, Move.UP, None)):
        with acting(app, account_id) as account:
            move_connection(account, moved, move, before)
    with app.app_context():
        assert [(each.id, each.sync_priority) for each in in_priority()] == [(norway, 1), (sweden, 2), (denmark, 3)]


def test_a_move_is_saved_though_another_process_has_moved_the_same_connection_since(
    app: Flask, account_id: int
) -> None:
    connector_id = make_connector(app, "Sync")
    norway, sweden = (make_connection(app, connector_id, name) for name in ("Norway", "Sweden"))
    with acting(app, account_id) as account:
        move_connection(account, sweden, Move.FIRST)
        known = db.session.get_one(Connection, sweden)
        db.session.commit()
        with db.engine.begin() as another:
            for place, moved in enumerate((norway, sweden), 1):
                another.execute(update(Connection).where(Connection.id == moved).values(sync_priority=place))

        assert known.sync_priority == 1
        move_connection(account, sweden, Move.FIRST)
    with app.app_context():
        assert [(each.id, each.sync_priority) for each in in_priority()] == [(sweden, 1), (norway, 2)]
