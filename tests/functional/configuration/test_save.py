"""What is configured for a connection is saved row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from tests.factories import make_account
from tests.factories.configuration import CUSTOMER, configured, make_linked_schema, make_schema
from wizard.domain.configuration import (
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    Part,
    Refusal,
    TypeSettings,
)
from wizard.errors import RowsChanged, RowsRefused
from wizard.extensions import db
from wizard.models import Account, AuditEvent, Connection
from wizard.models.database import writing
from wizard.services.configuration import (
    PartState,
    load,
    load_schema,
    merge_schema,
    save_configuration,
    save_default,
    save_items,
    save_order,
    save_priorities,
    save_type,
    state_of,
    summary,
)

NAME = FieldSettings("NAME", "NAME", Direction.BOTH, show_in_search=True)
EMAIL = FieldSettings("EMAIL", "EMAIL", Direction.TO_SUPEROFFICE)


@contextmanager
def opened(app: Flask, connection_id: int) -> Iterator[tuple[Account, Connection]]:
    with app.app_context(), writing():
        account = db.session.scalars(db.select(Account)).one()
        yield account, db.session.get_one(Connection, connection_id)


@pytest.fixture
def connection_id(app: Flask) -> int:
    make_account(app, "ingrid")
    return configured(app)


def customer(*fields: FieldSettings, synced: bool = True) -> TypeSettings:
    return TypeSettings("Customer", synced, fields)


def test_a_connection_begins_with_a_row_for_each_field(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (_, connection):
        found = load(connection)

        assert [each.actor_type for each in found.types] == ["Customer", "Project", "Employee"]
        assert [each.key for each in found.type("Customer").fields] == [each.key for each in CUSTOMER.fields]
        assert found.type("Customer").field("NAME") == FieldSettings("NAME")


def test_a_saved_mapping_is_found_again_and_noted(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        save_type(account, connection, "Customer", customer(NAME, EMAIL), {})
    with opened(app, connection_id) as (_, connection):
        found = load(connection).type("Customer")

        assert (found.is_synced, found.field("NAME"), found.field("EMAIL")) == (True, NAME, EMAIL)
        state = state_of(connection)
        assert state is not None
        assert state.waiting
        event = db.session.scalars(db.select(AuditEvent)).one()
        assert (event.who, event.action, event.subject, event.detail) == (
            *("ingrid", "configuration.mapped", "Acme Norway", "Customer"),
        )


def test_rows_that_only_one_of_two_pages_has_changed_are_merged(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        page = load(connection).type("Customer")
        base = page.versions(Part.MAPPINGS)
        save_type(account, connection, "Customer", customer(NAME, synced=False), base)
    with opened(app, connection_id) as (account, connection):
        unchanged_name = FieldSettings("NAME")
        found = save_type(account, connection, "Customer", customer(unchanged_name, EMAIL, synced=False), base)

        assert found.settings == load(connection).type("Customer")
        assert (found.settings.field("NAME"), found.settings.field("EMAIL")) == (NAME, EMAIL)


def test_a_row_that_two_pages_have_changed_stays_the_others_and_the_rest_is_saved(
    app: Flask, connection_id: int
) -> None:
    with opened(app, connection_id) as (account, connection):
        base = load(connection).type("Customer").versions(Part.MAPPINGS)
        save_type(account, connection, "Customer", customer(NAME), base)
    other = FieldSettings("NAME", "DEPARTMENT", Direction.BOTH)
    with opened(app, connection_id) as (account, connection):
        found = save_type(account, connection, "Customer", customer(other, EMAIL), base)

        assert (found.theirs, found.left) == ({"NAME": NAME}, {"NAME"})
        saved = load(connection).type("Customer")
        assert (saved.field("NAME"), saved.field("EMAIL")) == (NAME, EMAIL)


def test_what_the_rules_refuse_is_named_and_the_rest_is_saved(app: Flask, connection_id: int) -> None:
    to_erp = FieldSettings("CUSTNO", "NUMBER2", Direction.TO_ERP)
    with opened(app, connection_id) as (account, connection):
        found = save_type(account, connection, "Customer", customer(to_erp, EMAIL), {})

        assert [(each.key, each.refusal) for each in found.refused] == [("CUSTNO", Refusal.READ_ONLY_IN_ERP)]
        saved = load(connection).type("Customer")
        assert (saved.field("CUSTNO"), saved.field("EMAIL")) == (FieldSettings("CUSTNO"), EMAIL)


def test_saving_what_is_saved_notes_nothing(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        save_type(account, connection, "Customer", customer(FieldSettings("NAME"), synced=False), {})

        assert db.session.scalars(db.select(AuditEvent)).all() == []


def test_a_page_saves_its_own_part_of_a_row(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        save_items(account, connection, {("Customer", "GROUP"): {"1": 5, "3": 5}}, {})
        save_default(account, connection, "Customer", FieldSettings("TERMS", default="30", ask_user=True), {})
        save_type(account, connection, "Customer", customer(FieldSettings("GROUP", "CATEGORY", Direction.BOTH)), {})

        found = load(connection).type("Customer")

        assert found.field("GROUP") == FieldSettings("GROUP", "CATEGORY", Direction.BOTH, items={"1": 5, "3": 5})
        assert found.field("TERMS") == FieldSettings("TERMS", default="30", ask_user=True)


def test_a_default_that_the_list_does_not_have_is_not_saved(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection), pytest.raises(RowsRefused) as raised:
        save_default(account, connection, "Customer", FieldSettings("TERMS", default="99"), {})

    assert [each.refusal for each in raised.value.problems] == [Refusal.DEFAULT_NOT_OFFERED]


def test_the_order_of_the_fields_is_their_rank(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        base = load(connection).type("Customer").versions(Part.RANK)
        save_order(account, connection, "Customer", ["PHONE", "NAME"], base)

        assert [each.key for each in load(connection).type("Customer").fields][:3] == ["PHONE", "NAME", "CUSTNO"]
        with pytest.raises(RowsChanged):
            save_order(account, connection, "Customer", ["EMAIL"], base)


def test_the_priority_is_the_order_of_the_connections(app: Flask, connection_id: int) -> None:
    other = configured(app, "Acme Sweden")
    with opened(app, connection_id) as (account, connection):
        save_priorities(account, [other, connection_id])

        assert connection.sync_priority == 2
        assert summary(connection).parts[Part.PRIORITY].facts == {"place": 2, "count": 2}


def test_a_field_that_the_connector_has_lost_stays_and_is_named(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        save_type(account, connection, "Customer", customer(NAME, EMAIL), {})
        fewer = ActorType("Customer", tuple(each for each in CUSTOMER.fields if each.key != "EMAIL"))
        merge_schema(connection, make_schema(fewer))
        db.session.commit()

        schema = load_schema(connection)
        assert schema is not None
        assert schema.type("Customer").field("EMAIL").is_missing
        assert load(connection).type("Customer").field("EMAIL") == EMAIL
        found = summary(connection)
        assert [(gap.key, gap.refusal) for gap in found.changes] == [("EMAIL", Refusal.MISSING_IN_ERP)]


def test_what_was_prepared_without_a_link_gets_superoffices_keys(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        save_type(account, connection, "Customer", customer(NAME, EMAIL), {})
        merge_schema(connection, make_linked_schema())
        db.session.commit()

        assert load(connection).type("Customer").field("EMAIL").crm_key == "contact/email"
        assert summary(connection).changes == ()


def test_the_summary_says_what_is_left(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        save_type(account, connection, "Customer", customer(NAME), {})

        found = summary(connection)

        assert not found.is_complete
        assert [(gap.key, gap.refusal) for gap in found.gaps] == [("COUNTRY", Refusal.NO_DIRECTION)]
        mappings = found.parts[Part.MAPPINGS]
        assert (mappings.state, mappings.left) == (PartState.NEEDED, 1)
        assert mappings.facts == {"mapped": 1, "fields": 10, "synced": 1, "types": 3}


def test_an_imported_configuration_replaces_what_it_names(app: Flask, connection_id: int) -> None:
    with opened(app, connection_id) as (account, connection):
        save_type(account, connection, "Customer", customer(NAME), {})
        imported = Configuration((customer(EMAIL), TypeSettings("Odd <b>type</b>", False, (FieldSettings("<i>"),))))
        save_configuration(account, connection, imported, "configuration.imported")

        found = load(connection)

        assert [each.key for each in found.type("Customer").fields][:2] == ["EMAIL", "CUSTNO"]
        assert (found.type("Customer").field("NAME"), found.types[-1].actor_type) == (NAME, "Odd <b>type</b>")
