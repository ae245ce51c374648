"""What a form of an order sends, and what the page says of a move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from wizard.domain.configuration import Move, Moved
from wizard.messages import one_line

MAX_NAME_LENGTH = 60


@dataclass(frozen=True)
class MoveSent:
    """One row and where it goes. `before` is empty unless it was dropped, and for the end."""

    move: Move
    key: str
    before: str


@dataclass(frozen=True)
class MoveNote:
    """What a move has done, in words, with the values that undo it."""

    text: str
    key: str
    was_before: str


def sent_move() -> MoveSent | None:
    """None for what is no move.

    A button sends `up:KEY`; dragging and Undo send `before:KEY` and the key of the other row. Undo without script sends
    it in the address.
    """
    name, _colon, key = request.values.get("move", "").partition(":")
    return MoveSent(Move(name), key, request.values.get("before", "")) if name in tuple(Move) else None


def note_of(name: str, done: Moved[Any]) -> MoveNote:
    text = _(
        "%(name)s is number %(place)s of %(total)s now.",
        name=one_line(name, MAX_NAME_LENGTH),
        place=done.place,
        total=len(done.order),
    )
    return MoveNote(text, str(done.key), "" if done.was_before is None else str(done.was_before))
