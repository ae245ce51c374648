"""Moving one row of an order."""

from __future__ import annotations

import pytest

from wizard.domain.configuration.order import Move, move_in, moved

KEYS = ("number", "credit", "terms", "blocked")


@pytest.mark.parametrize(
    ("key", "move", "expected"),
    [
        ("terms", Move.UP, ("number", "terms", "credit", "blocked")),
        ("number", Move.UP, KEYS),
        ("credit", Move.DOWN, ("number", "terms", "credit", "blocked")),
        ("blocked", Move.DOWN, KEYS),
        ("terms", Move.FIRST, ("terms", "number", "credit", "blocked")),
        ("number", Move.LAST, ("credit", "terms", "blocked", "number")),
        ("gone", Move.FIRST, KEYS),
    ],
)
def test_a_row_goes_where_the_move_says(key: str, move: Move, expected: tuple[str, ...]) -> None:
    assert moved(KEYS, key, move) == expected


@pytest.mark.parametrize(
    ("key", "before", "expected"),
    [
        ("blocked", "credit", ("number", "blocked", "credit", "terms")),
        ("number", "blocked", ("credit", "terms", "number", "blocked")),
        ("number", None, ("credit", "terms", "blocked", "number")),
        ("terms", "terms", KEYS),
        ("terms", "gone", KEYS),
    ],
)
def test_a_row_is_dropped_before_another_or_at_the_end(key: str, before: str, expected: tuple[str, ...]) -> None:
    assert moved(KEYS, key, Move.BEFORE, before) == expected


@pytest.mark.parametrize("move", [Move.UP, Move.DOWN, Move.FIRST, Move.LAST])
@pytest.mark.parametrize("key", KEYS)
def test_a_move_is_undone_by_what_came_after_the_row(key: str, move: Move) -> None:
    done = move_in(KEYS, key, move)
    assert done is None or moved(done.order, key, Move.BEFORE, done.was_before) == KEYS


def test_a_move_says_where_the_row_is_now() -> None:
    done = move_in(KEYS, "terms", Move.FIRST)
    assert done is not None
    assert (done.place, done.order[0]) == (1, "terms")


@pytest.mark.parametrize(("key", "move"), [("number", Move.UP), ("blocked", Move.LAST), ("gone", Move.UP)])
def test_what_does_not_move_is_no_move(key: str, move: Move) -> None:
    assert move_in(KEYS, key, move) is None
