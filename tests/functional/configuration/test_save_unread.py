"""What is saved before any field was read, and the order of connections that a save does not name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from tests.factories import in_app, make_account, make_connection, make_connector
from wizard.domain.configuration import Configuration, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import Account, Connection
from wizard.models.database import writing
from wizard.services.configuration import load, save_configuration, save_default, save_items, save_priorities


@pytest.fixture
def connector_id(app: Flask) -> int:
    make_account(app, "ingrid")
    return make_connector(app, "Sync")


@contextmanager
def imported(app: Flask, connector_id: int) -> Iterator[tuple[Account, Connection]]:
    """A connection whose fields are known from an import alone."""
    connection_id = make_connection(app, connector_id)
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        fields = (FieldSettings("GROUP"), FieldSettings("LIMIT"))
        found = Configuration((TypeSettings("Customer", True, fields),))
        save_configuration(None, connection, found, "configuration.imported")
        yield db.session.scalars(db.select(Account)).one(), connection


def test_items_of_a_list_that_was_not_read_are_saved(app: Flask, connector_id: int) -> None:
    with imported(app, connector_id) as (account, connection):
        save_items(account, connection, {("Customer", "GROUP"): {"1": 1}}, {})

        assert load(connection).type("Customer").field("GROUP").items == {"1": 1}


def test_a_default_of_a_field_that_was_not_read_is_saved_as_it_is(app: Flask, connector_id: int) -> None:
    with imported(app, connector_id) as (account, connection):
        save_default(account, connection, "Customer", FieldSettings("LIMIT", default="much"), {})

        assert load(connection).type("Customer").field("LIMIT").default == "much"


def test_connections_that_an_order_does_not_name_stay_behind_it(app: Flask, connector_id: int) -> None:
    norway, sweden, denmark = (make_connection(app, connector_id, each) for each in ("Norway", "Sweden", "Denmark"))
    with app.app_context(), writing():
        save_priorities(None, [norway, sweden])
        save_priorities(None, [denmark])

    def places() -> dict[int, int | None]:
        return {each.id: each.sync_priority for each in db.session.scalars(db.select(Connection))}

    assert in_app(app, places) == {denmark: 1, norway: 2, sweden: 3}
