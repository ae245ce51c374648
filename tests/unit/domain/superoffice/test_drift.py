"""Which side has changed since both were the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.fields import ConfigField, FieldType
from wizard.domain.superoffice import (
    ConnectionValues,
    ConnectorValues,
    DriftState,
    SuperOfficeScope,
    differences,
    find_drift,
    with_values,
)

FIELDS = (ConfigField("Company", FieldType.TEXT), ConfigField("Port", FieldType.INTEGER))
AGREED = ConnectionValues("Acme", "Aarhus", 7, True, SuperOfficeScope(), {"Company": "ACME", "Port": "[I:80]"})

texts = st.sampled_from(["", "a", "b", 'NO:"a";US:"b"'])
ids = st.frozensets(st.integers(1, 3), max_size=2)
scopes = st.builds(SuperOfficeScope, st.booleans(), ids, ids)
configs = st.dictionaries(st.sampled_from(["Company", "Port", "Unknown"]), texts)
connections = st.builds(ConnectionValues, texts, texts, st.integers(1, 2), st.booleans(), scopes, configs)


@pytest.mark.parametrize(
    ("ours", "theirs", "state"),
    [
        ("Acme", "Acme", DriftState.SAME),
        ("Acme", "Acme AS", DriftState.CHANGED_THERE),
        ("Acme AS", "Acme", DriftState.CHANGED_HERE),
        ("Acme AS", "Acme ASA", DriftState.CHANGED_BOTH),
        ("Acme AS", "Acme AS", DriftState.SAME),
    ],
)
def test_what_both_agreed_on_last_tells_which_side_has_changed(ours: str, theirs: str, state: DriftState) -> None:
    assert find_drift(replace(AGREED, name=ours), replace(AGREED, name=theirs), AGREED, FIELDS).state is state


def test_each_difference_has_its_own_side() -> None:
    ours, theirs = replace(AGREED, name="Acme AS"), replace(AGREED, config={**AGREED.config, "Port": "[I:81]"})

    found = find_drift(ours, theirs, AGREED, FIELDS)

    assert found.sides == {"name": DriftState.CHANGED_HERE, "config.Port": DriftState.CHANGED_THERE}
    assert found.state is DriftState.CHANGED_BOTH


def test_without_anything_agreed_on_the_sides_are_not_told() -> None:
    assert find_drift(AGREED, replace(AGREED, name="Other"), None, FIELDS).state is DriftState.DIFFERS


def test_what_superoffice_has_no_longer_is_gone() -> None:
    assert find_drift(AGREED, None, AGREED, FIELDS).state is DriftState.GONE


@given(connections, connections, connections)
def test_once_ours_are_written_there_is_no_drift(
    ours: ConnectionValues, theirs: ConnectionValues, agreed: ConnectionValues
) -> None:
    assert find_drift(ours, ours, agreed, FIELDS).state is DriftState.SAME


@given(connections, connections)
def test_taking_every_difference_makes_both_the_same(ours: ConnectionValues, theirs: ConnectionValues) -> None:
    codes = [each.code for each in differences(ours, theirs, FIELDS)]

    assert differences(with_values(ours, theirs, codes), theirs, FIELDS) == ()


@given(connections, connections, st.data())
def test_what_is_not_taken_stays(ours: ConnectionValues, theirs: ConnectionValues, data: st.DataObject) -> None:
    found = [each.code for each in differences(ours, theirs, FIELDS)]
    taken = data.draw(st.sets(st.sampled_from(found))) if found else set[str]()

    mixed = with_values(ours, theirs, taken)

    assert {each.code for each in differences(mixed, theirs, FIELDS)} == set(found) - taken


def test_a_connector_takes_the_name_and_keeps_its_address() -> None:
    ours, theirs = ConnectorValues("Visma", "https://a.example/"), ConnectorValues("Visma Sync", "https://b.example/")

    assert with_values(ours, theirs, ["name", "config.url"]) == ConnectorValues("Visma Sync", "https://a.example/")


@given(connections)
def test_values_survive_their_column(values: ConnectionValues) -> None:
    assert ConnectionValues.from_json(json.loads(json.dumps(values.to_json()))) == values
