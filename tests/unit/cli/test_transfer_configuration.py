"""What is configured for a connection, in the YAML file."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.configuration import CRM_LISTS, make_linked_schema, make_schema
from wizard.cli.transfer.configuration import ConfigurationEntry, differences, entry_of, refused
from wizard.cli.transfer.document import ConnectionEntry, Document, write
from wizard.cli.transfer.reader import read
from wizard.domain.configuration import Configuration, Direction, FieldSettings, ListItem, TypeSettings
from wizard.domain.fields import UNSENDABLE
from wizard.errors import InvalidFile

TEXT = st.text(max_size=8).filter(lambda text: not UNSENDABLE.search(text)).map(lambda text: text.replace("\r", ""))
KEY = TEXT.filter(bool)
FIELDS = st.builds(
    FieldSettings,
    *(KEY, TEXT, st.sampled_from(Direction), st.booleans(), st.booleans()),
    items=st.dictionaries(KEY, st.integers(0, 2**31 - 1), max_size=3),
    default=st.none() | TEXT,
    ask_user=st.booleans(),
    mandatory=st.booleans(),
)
TYPES = st.builds(
    TypeSettings, KEY, st.booleans(), st.lists(FIELDS, max_size=3, unique_by=lambda each: each.key).map(tuple)
)
CONFIGURATIONS = st.lists(TYPES, max_size=2, unique_by=lambda each: each.actor_type).map(tuple).map(Configuration)
GROUP = FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"1": 1, "3": 3, "4": 0})


def of_customer(*fields: FieldSettings, synced: bool = True) -> Configuration:
    return Configuration((TypeSettings("Customer", synced, fields),))


def read_back(folder: Path, entry: ConfigurationEntry) -> ConfigurationEntry | None:
    connection = ConnectionEntry({"name": "Acme Norway"}, "Visma", configuration=entry)
    path = folder / "wizard.yaml"
    path.write_text(write(Document(connections=(connection,))), "utf-8")
    return read(path).connections[0].configuration


def problems_of(folder: Path, configuration: str) -> str:
    path = folder / "wizard.yaml"
    lines = "\n".join(f"      {line}" for line in configuration.splitlines())
    path.write_text(f"format: 1\nconnections:\n  - name: Acme\n    connector: X\n    configuration:\n{lines}\n")
    with pytest.raises(InvalidFile) as raised:
        read(path)
    return str(raised.value).replace(f"{path}: ", "")


@given(CONFIGURATIONS, st.none() | st.integers(1, 999))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_has_the_whole_configuration(
    app: Flask, tmp_path: Path, configuration: Configuration, priority: int | None
) -> None:
    with app.test_request_context():
        found = read_back(tmp_path, ConfigurationEntry(configuration, priority=priority))

    assert found == ConfigurationEntry(configuration, priority=priority)


def test_items_are_found_by_their_name_in_another_superoffice(app: Flask, tmp_path: Path) -> None:
    entry = entry_of(of_customer(GROUP), make_linked_schema(), None)
    assert entry is not None
    others = {"table=category": (ListItem(1, "Dealer"), ListItem(7, "Private customer"))}
    with app.test_request_context():
        found = read_back(tmp_path, entry)

    assert found == entry
    assert found.for_schema(make_linked_schema(crm_lists={**CRM_LISTS, **others})) == of_customer(
        FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"1": 7, "3": 1, "4": 0})
    )


def test_a_number_that_is_another_item_in_this_superoffice_is_refused_unless_it_is_saved_so(app: Flask) -> None:
    entry = entry_of(of_customer(GROUP), make_linked_schema(), None)
    assert entry is not None
    others = {"table=category": (ListItem(1, "Supplier"), ListItem(3, "Dealer"))}
    schema = make_linked_schema(crm_lists={**CRM_LISTS, **others})
    words = "Customer.GROUP.items.1: number 1 is Supplier in this SuperOffice, which has no item Private customer."
    with app.test_request_context():
        assert list(refused(entry, of_customer(), schema)) == [words]
        assert list(refused(entry, of_customer(GROUP), schema)) == []


def test_what_nobody_has_chosen_is_not_in_the_file() -> None:
    schema = make_schema()
    fields = tuple(FieldSettings(each.key) for each in schema.type("Customer").fields)
    untouched = of_customer(*fields, synced=False)

    assert entry_of(untouched, schema, None) is None
    assert entry_of(of_customer(*reversed(fields), synced=False), schema, None) is not None
    assert entry_of(untouched, schema, 2) is not None


def test_a_default_of_what_has_become_a_password_is_not_in_the_file() -> None:
    entry = entry_of(of_customer(FieldSettings("PIN", default="hunter2")), make_schema(), None)

    assert entry is not None
    assert entry.settings == of_customer(FieldSettings("PIN"))


def test_each_difference_is_named_with_its_place() -> None:
    entry = ConfigurationEntry(of_customer(GROUP, FieldSettings("NAME", default="x", ask_user=True)), priority=2)
    before = of_customer(FieldSettings("NAME"), FieldSettings("GROUP", items={"1": 1, "2": 2}), synced=False)

    assert list(differences(entry, before, make_linked_schema(), None)) == [
        ("Customer.synced", "false", "true"),
        ("Customer.GROUP.superoffice", None, "contact/category"),
        ("Customer.GROUP.direction", "none", "both"),
        ("Customer.GROUP.items.2", "2", ""),
        ("Customer.GROUP.items.3", None, "3"),
        ("Customer.GROUP.items.4", None, "none"),
        ("Customer.NAME.ask_user", "false", "true"),
        ("Customer.NAME.default", None, "x"),
        ("Customer.fields", "NAME, GROUP", "GROUP, NAME"),
        ("priority", None, "2"),
    ]


def test_what_the_rules_refuse_is_named_with_its_place(app: Flask) -> None:
    wrong = of_customer(
        FieldSettings("CUSTNO", "contact/number2", Direction.BOTH),
        FieldSettings("NOWHERE"),
        FieldSettings("TERMS", default="99"),
    )
    with app.test_request_context():
        found = list(refused(ConfigurationEntry(wrong), Configuration(), make_linked_schema()))

    assert found == [
        "Customer.CUSTNO: The ERP does not let this field be changed.",
        "Customer.NOWHERE: the ERP does not have this field.",
        "Customer.TERMS: The list does not have this item.",
    ]


def test_what_is_so_already_is_no_problem_of_the_file(app: Flask) -> None:
    read_only = FieldSettings("CUSTNO", "contact/number2", Direction.TO_ERP)
    saved = of_customer(read_only, FieldSettings("TERMS", default="99"))
    with app.test_request_context():
        assert list(refused(ConfigurationEntry(saved), saved, make_linked_schema())) == []


def test_a_superoffice_field_that_a_row_has_which_the_file_does_not_name_is_refused(app: Flask) -> None:
    saved, named = (of_customer(FieldSettings(key, "contact/name", Direction.BOTH)) for key in ("NAME", "EMAIL"))
    with app.test_request_context():
        found = list(refused(ConfigurationEntry(named), saved, make_linked_schema()))

    assert found == ["Customer.EMAIL: The SuperOffice field is chosen twice: here and for the ERP field Name."]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("type: {}", "configuration: type is not known. Is it types?"),
        ("priority: first", "configuration.priority: Write a number from 1."),
        ("types:\n  Customer:\n    synced: yes", "configuration.types.Customer.synced: write true or false."),
        (
            "types:\n  Customer:\n    fields:\n      - field: A\n        direction: up",
            "fields[1].direction: Write one of these: none, to_superoffice, to_erp, both.",
        ),
        (
            "types:\n  Customer:\n    fields:\n      - field: A\n      - field: A",
            "configuration.types.Customer.fields[2]: A is there twice.",
        ),
        (
            "types:\n  Customer:\n    fields:\n      - superoffice: NAME",
            "fields[1]: It has no name, or one that is longer than 254 characters.",
        ),
        (
            "types:\n  Customer:\n    fields:\n      - field: A\n        items: {x: Dealer}",
            "fields[1].items.x: Write the number of SuperOffice's item, or none.",
        ),
        ("types: [Customer]", "configuration.types: Write it as key: value."),
    ],
)
def test_what_is_not_understood_is_reported_with_its_place(app: Flask, tmp_path: Path, text: str, problem: str) -> None:
    with app.test_request_context():
        said = problems_of(tmp_path, text)

    assert said.startswith("connections Acme: configuration")
    assert said.endswith(problem)
