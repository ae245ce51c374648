"""Which fields SuperOffice names in its own words."""

from __future__ import annotations

import pytest

from wizard.domain.configuration import ActorField, ActorType, Configuration, Schema, TypeSettings, fields_named

FIELDS = (
    ActorField("NAME", 'US:"Name";NO:"Navn"'),
    ActorField("Town", "Town"),
    ActorField("CUR", 'US:"Currency";NO:"Valuta"'),
    ActorField("CURCODE", "Currency code"),
    ActorField("ID", "ID"),
)
SCHEMA = Schema((ActorType("Customer", FIELDS), ActorType("Person", FIELDS[:2]), ActorType("Project", FIELDS)))
SYNCED = Configuration((TypeSettings("Customer", True), TypeSettings("Person", True), TypeSettings("Project")))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Field 'Currency' is mandatory and must be synchronized.", [("Customer", "CUR")]),
        ("Feltet Valuta mangler.", [("Customer", "CUR")]),
        ("The mandatory field Town of Person has no direction.", [("Person", "Town")]),
        ("Town is missing.", [("Customer", "Town"), ("Person", "Town")]),
        ("Currency code is missing.", [("Customer", "CURCODE")]),
        ("Townhouse is missing.", []),
        ("The ID is wrong.", []),
        ("", []),
    ],
)
def test_fields_are_recognised_by_key_or_label_as_whole_words(words: str, found: list[tuple[str, str]]) -> None:
    assert fields_named(words, SYNCED, SCHEMA) == found
