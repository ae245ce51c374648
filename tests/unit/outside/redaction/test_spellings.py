"""Many strings are found in a text at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.outside.redaction.redactor import MASK, Redactor
from wizard.outside.redaction.spellings import MAX_SEARCHED_ONE_BY_ONE, Spellings

MANY = [f"{'secret' * (number % 3)}{number}" for number in range(2 * MAX_SEARCHED_ONE_BY_ONE)]


@given(st.lists(st.sampled_from([*MANY, "x", " "]), max_size=20).map("".join))
def test_many_are_found_where_each_of_them_is_found_alone(text: str) -> None:
    alone = {place for string in MANY for place in Spellings([string]).places_in(text)}
    assert set(Spellings(MANY).places_in(text)) == alone


@pytest.mark.no_cover
@pytest.mark.parametrize("count", [1, 200])
def test_each_text_of_a_list_is_masked_as_it_would_be_alone(count: int) -> None:
    redactor = Redactor([f"secret-number-{number}" for number in range(count)])
    texts = ["first", "secret-number-0", "a + b", "secret%2dnumber%2D0", "first", *map(str, range(10_000))]
    assert redactor.each(texts) == [Redactor(["secret-number-0"])(text) for text in texts]


def test_without_secrets_every_text_of_a_list_stays() -> None:
    assert Redactor().each(["a", "b"]) == ["a", "b"]


def test_the_secrets_of_two_hundred_connections_cost_little_more_than_one() -> None:
    searched: list[int] = []

    class Counted(str):
        def find(self, *arguments: object) -> int:  # type: ignore[override]
            searched.append(1)
            return str.find(self, *arguments)  # type: ignore[arg-type]

    strings = [f"password of connection {number}" for number in range(10_000)]
    assert list(Spellings(strings).places_in(Counted("a page that repeats none of them " * 100))) == []
    assert len(searched) == 0


@pytest.mark.no_cover
def test_a_text_with_escapes_costs_something_however_short_it_is() -> None:
    redactor = Redactor(["secret"])
    assert {redactor("+") for _ in range(50_000)} == {"+", MASK}
