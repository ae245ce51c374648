"""The fields and lists of both sides are read, kept, and what SuperOffice has already is taken over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from tests.factories import PracticeSuperOffice, in_app
from tests.functional.superoffice.configuration.configuring import TO_SUPEROFFICE
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides
from tests.superoffice_judge import api_path, objections
from wizard.domain.configuration import Configuration, FieldSettings, Schema, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.practice import erp
from wizard.practice.superoffice import Fault
from wizard.services.configuration import example, load, read_schema, save_configuration, state_of


@pytest.fixture
def both(app: Flask, host: PracticeSuperOffice) -> BothSides:
    """Nothing of its configuration was read."""
    both = make_both_sides(app, host)
    both.change_here(guid=both.there()["ConnectionId"])
    return both


def read(both: BothSides) -> Schema | None:
    with both.app.app_context(), writing():
        return read_schema(db.session.get_one(Connection, both.connection_id))


def failure_of(both: BothSides) -> str | None:
    def run() -> str | None:
        state = state_of(db.session.get_one(Connection, both.connection_id))
        assert state is not None
        return state.failure.reason if state.failure else None

    return in_app(both.app, run)


def test_both_sides_are_read(both: BothSides) -> None:
    begun = len(both.host.traffic)
    schema = read(both)

    assert schema is not None
    assert schema.from_superoffice
    assert [each.name for each in schema.types] == ["Customer", "Supplier", "Person", "Project"]
    customer = schema.type("Customer")
    assert (customer.field("Name").is_mandatory, customer.field("Name").is_searchable) == (True, True)
    assert schema.crm_field(customer, "contact/vatno").documented == "VATNO"
    assert len(schema.list_of(customer, "contact/category")) == 7
    assert schema.lists["Country"]["NO"] == "Norge"
    assert schema.field_ids["Customer"].keys() == {each.key for each in customer.fields}
    own = [each for each in both.host.traffic[begun:] if api_path(each)]
    assert [each for exchange in own for each in objections(exchange)] == []


def test_what_superoffice_has_mapped_by_itself_is_taken_over_and_nothing_waits(both: BothSides) -> None:
    read(both)
    configuration = both.read(load)
    assert configuration.type("Customer").field("Name").crm_key == "contact/name"
    assert both.read(lambda row: (state := state_of(row)) and state.waiting) is False


def test_what_was_prepared_without_a_link_stays_and_gets_superoffices_keys(both: BothSides) -> None:
    prepared = TypeSettings("Customer", True, (FieldSettings("Town", "CATEGORY", TO_SUPEROFFICE),))
    with both.app.app_context(), writing():
        connection = db.session.get_one(Connection, both.connection_id)
        save_configuration(None, connection, Configuration((prepared,)), "configuration.imported")
    read(both)
    town = both.read(load).type("Customer").field("Town")
    assert (town.crm_key, town.direction) == ("contact/category", TO_SUPEROFFICE)


def test_without_a_link_superoffices_fields_are_the_documented_ones(both: BothSides) -> None:
    both.unlink()
    schema = read(both)
    assert schema is not None
    assert (schema.from_superoffice, schema.crm_fields["Contact"][0].key) == (False, "NAME")


def test_a_connector_that_does_not_answer_is_named_and_what_was_read_stays(both: BothSides) -> None:
    before = read(both)
    both.change_connector_here(url=f"{both.host.origin}/nowhere")
    assert read(both) == before
    assert failure_of(both) == "http.not_found"


def test_a_superoffice_that_does_not_answer_is_named_and_the_connectors_side_is_new(both: BothSides) -> None:
    both.host.plan(Fault.CUT_AFTER, "GetActorTypeMapping", None)
    schema = read(both)
    assert schema is not None
    assert (schema.from_superoffice, len(schema.types)) == (False, 4)
    assert failure_of(both) is not None


@pytest.mark.parametrize(
    "behaviour", [{"crm_fields": "empty"}, {"crm_fields": "filler"}, {"unsupported_type": "exception"}]
)
def test_what_is_mapped_already_is_offered_whatever_superoffice_lists(
    both: BothSides, behaviour: dict[str, Any]
) -> None:
    for name, value in behaviour.items():
        setattr(both.host.behaviour, name, value)
    schema = read(both)
    assert schema is not None
    assert "contact/name" in {each.key for each in schema.crm_fields["Contact"]}


def test_an_example_is_a_real_record_without_its_passwords(both: BothSides) -> None:
    read(both)
    with both.app.app_context():
        connection = db.session.get_one(Connection, both.connection_id)
        record, failure = example(connection, "Person", 1)
    assert failure is None
    assert record is not None
    assert "LastName" in record.values
    assert "PortalPassword" not in record.values


def test_an_erp_without_any_record_is_an_answer(both: BothSides, monkeypatch: pytest.MonkeyPatch) -> None:
    read(both)
    monkeypatch.setattr("wizard.practice.erp.records._all", lambda: iter(()))
    with both.app.app_context():
        connection = db.session.get_one(Connection, both.connection_id)
        assert example(connection, "Customer", 0) == (None, None)


def test_the_fields_are_in_superoffices_order(both: BothSides) -> None:
    schema = read(both)
    assert schema is not None
    found = both.read(load)
    for name in ("Customer", "Supplier", "Person", "Project"):
        assert [each.key for each in found.type(name).fields] == list(schema.field_ids[name])


def test_a_field_or_an_item_that_is_called_by_blanks_has_no_name(
    both: BothSides, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = replace(erp.FIELDS["Customer"][0], display_name="\u00a0 ")
    monkeypatch.setitem(erp.FIELDS, "Customer", (blank, *erp.FIELDS["Customer"][1:]))
    monkeypatch.setitem(erp.LISTS, "Country", {"NO": " ", "SE": "Sverige"})

    schema = read(both)

    assert schema is not None
    assert schema.type("Customer").fields[0].name == ""
    assert schema.lists["Country"] == {"NO": "", "SE": "Sverige"}
