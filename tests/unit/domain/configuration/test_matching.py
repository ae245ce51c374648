"""Which items of two lists and which fields of two tables are the same."""

from __future__ import annotations

import pytest

from wizard.domain.configuration import ListItem, Match, MatchedBy, documented_key, match_items
from wizard.domain.mapping import Entity


def items(*names: str) -> tuple[ListItem, ...]:
    return tuple(ListItem(number, name) for number, name in enumerate(names, 1))


def test_equal_names_go_first_whatever_their_case_and_accents() -> None:
    found = match_items({"N": "NORGE", "K": "København", "D": "Dealers"}, items("Norge", "Kobenhavn", "Dealer"))

    assert found == {
        "N": Match(1, MatchedBy.SAME_NAME),
        "K": Match(2, MatchedBy.SAME_NAME),
        "D": Match(3, MatchedBy.SIMILAR_NAME),
    }


def test_an_item_is_used_once_by_the_most_similar_name() -> None:
    found = match_items({"1": "Private customers AS", "2": "Private customers"}, items("Private customer"))

    assert found == {"2": Match(1, MatchedBy.SIMILAR_NAME)}


def test_a_name_that_several_items_have_says_nothing() -> None:
    assert match_items({"1": "Other", "2": "Other"}, items("Other"))["1"].by == MatchedBy.SIMILAR_NAME
    assert match_items({"1": "Oth"}, items("Oth", "oth.")) == {}


def test_abbreviations_and_names_without_letters_are_not_similar() -> None:
    assert match_items({"1": "NO", "2": "--", "3": ""}, items("NOK", "??", "")) == {}


def test_two_thousand_items_are_matched_by_equal_names() -> None:
    ours = {str(number): f"Customer group {number}" for number in range(2000)}

    found = match_items(ours, items(*(f"Customer Group {number}" for number in range(1999, -1, -1))))

    assert len(found) == 2000
    assert found["0"] == Match(2000, MatchedBy.SAME_NAME)


def test_names_that_would_take_minutes_to_compare_are_not_similar() -> None:
    ours = {str(number): f"{'x' * 200}{number:04}" for number in range(200)}

    assert match_items(ours, items(*(f"{'x' * 200} {number:04}" for number in range(200)))) == {}


@pytest.mark.parametrize(
    ("key", "name", "entity", "documented"),
    [
        ("contact/name", "", Entity.COMPANY, "NAME"),
        ("NAME", "", Entity.COMPANY, "NAME"),
        ("contact/17", "VAT No.", Entity.COMPANY, "VATNO"),
        ("person/fields:17", "First name", Entity.PERSON, "FIRSTNAME"),
        ("person/17", "Date of birth", Entity.PERSON, "BIRTHDATE"),
        ("contact/udef/name", "Name", Entity.COMPANY, ""),
        ("SuperOffice:12", "Name", Entity.COMPANY, ""),
        ("contact/x", "", Entity.COMPANY, ""),
        ("contact/x", "<b>Colour</b>", Entity.COMPANY, ""),
    ],
)
def test_a_field_is_recognised_by_its_key_or_its_name(key: str, name: str, entity: Entity, documented: str) -> None:
    assert documented_key(key, name, entity) == documented
