"""Rows that can only be saved together, and where the refused one is looked for."""

from __future__ import annotations

from wizard.domain.configuration import FieldSettings, Part, RowDifference, Side
from wizard.services.configuration.there.writing.groups import Group, groups_of, split


def row(key: str, before: str, after: str) -> RowDifference:
    settings = FieldSettings(key, crm_key=after), FieldSettings(key, crm_key=before)
    return RowDifference("Customer", key, Part.MAPPINGS, Side.OURS, *settings)


def test_fields_that_pass_on_a_superoffice_field_are_one_group() -> None:
    rows = [row("A", "one", "two"), row("B", "two", "three"), row("C", "four", "four"), row("D", "three", "one")]
    assert [each.keys for each in groups_of(rows)] == [("C",), ("A", "B", "D")]


def test_what_superoffices_words_name_is_tried_alone() -> None:
    groups = [Group(("A",)), Group(("B",), frozenset({"contact/b"})), Group(("AB",))]
    rest, named = split(groups, "contact/b is no field of Contact.")
    assert (list(rest), list(named)) == ([groups[0], groups[2]], [groups[1]])


def test_without_help_of_the_words_it_is_halved() -> None:
    groups = [Group(("A",)), Group(("B",)), Group(("C",))]
    for words in ("No.", "A, B and C are wrong."):
        first, second = split(groups, words)
        assert (len(first), len(second)) == (1, 2)
