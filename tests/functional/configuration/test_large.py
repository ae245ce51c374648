"""Connectors that declare much, or oddly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from tests.factories.configuration import configured, make_schema
from wizard.domain.configuration import ActorField, ActorType, Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import ConfigurationState, Connection
from wizard.models.database import writing
from wizard.services.configuration import load, save_configuration, summary
from wizard.services.configuration.there.side import filled_elsewhere

ODD = ("<script>", "Ünïcödé ✓", "a" * 254, "b" * 255, "", "Customer", "customer", "😀" * 127, "😀" * 128)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(*given: Any) -> None:
        sent.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_forty_odd_actor_types_are_kept_as_far_as_superoffice_can_store_them(app: Flask) -> None:
    names = [*ODD, *(f"Type {number}" for number in range(31)), "Customer"]
    types = [ActorType(name, (ActorField(name), ActorField(name))) for name in names]

    connection_id = configured(app, schema=make_schema(*types))

    with app.app_context():
        found = load(db.session.get_one(Connection, connection_id))
        kept = [each.actor_type for each in found.types]
        assert len(kept) == 37
        assert {"b" * 255, "", "😀" * 128}.isdisjoint(kept)
        assert {len(each.fields) for each in found.types} == {1}


def test_five_hundred_fields_and_two_thousand_items_need_as_many_statements_as_one(app: Flask) -> None:
    fields = tuple(ActorField(f"F{number}") for number in range(500))
    items = FieldSettings("F1", "CATEGORY", items={str(number): number for number in range(2000)})
    chosen = Configuration((TypeSettings("Customer", True, (items,)),))
    connection_id = configured(app, schema=make_schema(ActorType("Customer", fields)), configuration=chosen)

    with app.app_context():
        connection = db.session.get_one(Connection, connection_id)
        with statements() as of_load:
            found = load(connection).type("Customer")
        with statements() as of_summary:
            summary(connection)

    assert (len(found.fields), len(found.field("F1").items)) == (500, 2000)
    assert (len(of_load), len(of_summary)) == (2, 4)


def test_two_hundred_changed_rows_are_saved_in_as_many_statements_as_two(app: Flask) -> None:
    sent = []
    for count in (2, 200):
        fields = tuple(ActorField(f"F{number}") for number in range(count))
        connection_id = configured(app, name=f"Of {count}", schema=make_schema(ActorType("Customer", fields)))
        rows = tuple(FieldSettings(each.key, show_in_tab=True) for each in fields)
        with app.app_context(), writing():
            connection = db.session.get_one(Connection, connection_id)
            with statements() as of_save:
                save_configuration(None, connection, Configuration((TypeSettings("Customer", True, rows),)), "saved")
            assert load(connection).type("Customer").fields == rows
        sent.append(len(of_save))

    assert sent == [sent[0]] * 2


def test_what_other_connections_fill_is_found_in_one_statement_however_many_there_are(app: Flask) -> None:
    name = FieldSettings("NAME", "contact/name", Direction.TO_SUPEROFFICE)
    ids = [configured(app, name=f"Acme {number}") for number in range(3)]
    with app.app_context(), writing():
        for state in db.session.scalars(db.select(ConfigurationState)):
            state.theirs = Configuration((TypeSettings("Customer", True, (name,)),))
        db.session.commit()
    with app.app_context():
        connection = db.session.get_one(Connection, ids[0])
        with statements() as sent:
            found = filled_elsewhere(connection)

    assert (found, len(sent)) == ({"Contact/contact/name": "Acme 1"}, 1)
