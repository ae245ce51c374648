"""Moves one row of an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Key = TypeVar("Key")


class Move(StrEnum):
    """Where a row goes. `BEFORE` is where it was dropped: before another row, or at the end."""

    UP = "up"
    DOWN = "down"
    FIRST = "first"
    LAST = "last"
    BEFORE = "before"


@dataclass(frozen=True)
class Moved(Generic[Key]):
    """The order after a move. To move the row before `was_before` again is to undo it, whatever was done since."""

    order: tuple[Key, ...]
    key: Key
    was_before: Key | None

    @property
    def place(self) -> int:
        """Counted from 1."""
        return self.order.index(self.key) + 1


def move_in(keys: Sequence[Key], key: Key, move: Move, before: Key | None = None) -> Moved[Key] | None:
    """None for a row that is not there, and for one that stays where it is."""
    after = moved(keys, key, move, before)
    return None if after == tuple(keys) else Moved(after, key, _follower(keys, key))


def moved(keys: Sequence[Key], key: Key, move: Move, before: Key | None = None) -> tuple[Key, ...]:
    """The order after a move. What is not there, or cannot go further, stays where it is.

    A move says where one row goes and not what the whole order is, so that two moves at once can both be made.
    """
    if key not in keys or key == before:
        return tuple(keys)
    others = [each for each in keys if each != key]
    place = _place(others, keys.index(key), move, before)
    return (*others[:place], key, *others[place:])


def _follower(keys: Sequence[Key], key: Key) -> Key | None:
    """What comes after it, None at the end."""
    place = keys.index(key) + 1
    return keys[place] if place < len(keys) else None


def _place(others: Sequence[Key], now: int, move: Move, before: Key | None) -> int:
    match move:
        case Move.UP:
            return max(now - 1, 0)
        case Move.DOWN:
            return now + 1
        case Move.FIRST:
            return 0
        case Move.BEFORE if before is not None:
            return others.index(before) if before in others else now
        case _:
            return len(others)
