"""How a connector or a connection differs between the two sides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.fields import ConfigField, FieldType, multi_language
from wizard.domain.superoffice import (
    ConnectionValues,
    ConnectorValues,
    Difference,
    Part,
    SuperOfficeScope,
    differences,
    readable_secrets,
)

FIELDS = (
    ConfigField("Company", FieldType.TEXT),
    ConfigField("Port", FieldType.INTEGER),
    ConfigField("Limit", FieldType.DOUBLE),
    ConfigField("Test", FieldType.CHECKBOX),
    ConfigField("Since", FieldType.DATETIME),
    ConfigField("Password", FieldType.PASSWORD),
    ConfigField("Hint", FieldType.LABEL),
)
OURS = ConnectionValues("Acme", "Aarhus", 7, True, SuperOfficeScope(), {"Company": "ACME", "Port": "[I:80]"})

texts = st.text(max_size=12)
ids = st.frozensets(st.integers(1, 9), max_size=3)
scopes = st.builds(SuperOfficeScope, st.booleans(), ids, ids)
configs = st.dictionaries(st.sampled_from([*(field.key for field in FIELDS), "Unknown"]), texts)
connections = st.builds(ConnectionValues, texts, texts, st.integers(1, 3), st.booleans(), scopes, configs)
connectors = st.builds(ConnectorValues, texts, texts)
sides = st.one_of(connections, connectors)


@given(sides)
def test_a_side_does_not_differ_from_itself(side: ConnectionValues | ConnectorValues) -> None:
    assert differences(side, side, FIELDS, readable=["Password"]) == ()


@given(connections, connections)
def test_what_differs_does_so_seen_from_either_side(one: ConnectionValues, other: ConnectionValues) -> None:
    found = differences(one, other, FIELDS)

    assert {each.code for each in found} == {each.code for each in differences(other, one, FIELDS)}
    assert [(each.ours, each.theirs) for each in found] == [
        (each.theirs, each.ours) for code in found for each in differences(other, one, FIELDS) if each.code == code.code
    ]


@given(connections, connections)
def test_a_secret_is_told_of_neither_side(one: ConnectionValues, other: ConnectionValues) -> None:
    found = differences(one, other, FIELDS, readable=["Password"])

    assert all((each.ours, each.theirs) == ("", "") for each in found if each.key in ("Password", "Unknown"))


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"name": "Acme AS"}, Difference(Part.NAME, "Acme", "Acme AS")),
        ({"description": ""}, Difference(Part.DESCRIPTION, "Aarhus", "")),
        ({"connector": 8}, Difference(Part.CONNECTOR, 7, 8)),
        ({"active": False}, Difference(Part.ACTIVE, True, False)),
        (
            {"scope": SuperOfficeScope(False, frozenset({3}))},
            Difference(Part.SCOPE, SuperOfficeScope(), SuperOfficeScope(False, frozenset({3}))),
        ),
        (
            {"config": {"Company": "OTHER", "Port": "[I:80]"}},
            Difference(Part.CONFIG, "ACME", "OTHER", key="Company"),
        ),
        ({"config": {"Company": "ACME"}}, Difference(Part.CONFIG, "[I:80]", "", key="Port")),
        (
            {"config": {**OURS.config, "New": "1"}},
            Difference(Part.CONFIG, "", "", secret=True, key="New", is_known=False),
        ),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_each_value_of_a_connection_is_compared(changed: dict[str, Any], found: Difference) -> None:
    assert differences(OURS, replace(OURS, **changed), FIELDS) == (found,)


def test_name_and_url_of_a_connector_are_compared() -> None:
    found = differences(
        ConnectorValues("Visma", "https://a.example/"), ConnectorValues("Visma Sync", "https://b.example/")
    )

    assert [each.code for each in found] == ["name", "url"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('NO:"Norge";US:"Norway"', 'US:"Norway" ; NO:"Norge";'),
        ("Acme", 'NO:"Acme";US:"Acme"'),
    ],
)
def test_a_name_that_reads_the_same_in_every_language_is_the_same(one: str, other: str) -> None:
    assert differences(replace(OURS, name=one), replace(OURS, name=other), FIELDS) == ()


def test_one_language_more_is_a_difference_and_both_texts_are_told_as_they_stand() -> None:
    ours, theirs = multi_language({"en": "Norway"}), multi_language({"en": "Norway", "nb": "Norge"})

    found = differences(replace(OURS, name=ours), replace(OURS, name=theirs), FIELDS)

    assert found == (Difference(Part.NAME, 'US:"Norway"', 'US:"Norway";NO:"Norge"'),)


@pytest.mark.parametrize(
    ("key", "ours", "theirs"),
    [
        ("Limit", "[F:1.50]", "[F:1.5]"),
        ("Limit", "[F:1.5]", "[D:1.5]"),
        ("Port", "[I:80]", "[I: 80]"),
        ("Port", "[I:80]", "80"),
        ("Test", "[I:0]", ""),
        ("Since", "[DT:11/28/2026 00:00:00.0000000]", "[D:11/28/2026]"),
        ("Hint", "", "Read this"),
        ("Company", "", None),
    ],
)
def test_two_ways_of_writing_one_value_are_the_same(key: str, ours: str, theirs: str | None) -> None:
    there = {} if theirs is None else {key: theirs}

    assert differences(replace(OURS, config={key: ours}), replace(OURS, config=there), FIELDS) == ()


@pytest.mark.parametrize("theirs", ["", "********", "x9f3-encrypted", "other"])
def test_whether_a_secret_differs_is_not_said_where_it_cannot_be_known(theirs: str) -> None:
    ours = replace(OURS, config={"Password": "s3cret"})

    assert differences(ours, replace(OURS, config={"Password": theirs}), FIELDS) == ()


def test_a_secret_that_superoffice_shows_is_compared() -> None:
    ours = replace(OURS, config={"Password": "s3cret"})
    readable = readable_secrets(ours, ours, FIELDS)

    found = differences(ours, replace(OURS, config={"Password": "other"}), FIELDS, readable)

    assert found == (Difference(Part.CONFIG, "", "", secret=True, key="Password"),)


@pytest.mark.parametrize("answered", ["", "********"])
def test_a_secret_that_came_back_otherwise_than_it_was_sent_is_not_readable(answered: str) -> None:
    sent = replace(OURS, config={"Password": "s3cret"})

    assert readable_secrets(sent, replace(OURS, config={"Password": answered}), FIELDS) == frozenset()
