"""Messages that the next page shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, get_flashed_messages, session
from flask_babel import gettext as _

from wizard.messages import one_line

TONES = ("ok", "warn", "bad", "note")
MAX_NAMES = 5
MAX_NAME_LENGTH = 60
MIN_LENGTH = 40
"""Of a message that is not made shorter: there would have to be dozens of them."""


@dataclass(frozen=True)
class Flash:
    """A message as base.html renders it; its Undo button, if any, posts to `undo_url`."""

    text: str
    tone: str
    undo_url: str | None = None


def flashed_messages() -> list[Flash]:
    """The messages that wait for this page."""
    waiting: Any = get_flashed_messages(with_categories=True)
    return [_flash(category, message) for category, message in waiting]


def _flash(category: str, message: str | dict[str, str]) -> Flash:
    if isinstance(message, dict):
        return Flash(message["text"], category, message["undo"])
    return Flash(message, category if category in TONES else "note")


def flash_undo(text: str, url: str) -> None:
    """Flashes a message with an Undo button, which posts to `url`."""
    flash({"text": text, "undo": url}, "ok")  # type: ignore[arg-type]


def shorten_flashes(is_too_large: Callable[[], bool]) -> None:
    """Makes the messages shorter until the session cookie can be kept: a browser drops one of more than 4 KB, and all
    messages with it. Undo buttons go first, then half of the longest message."""
    while (waiting := session.get("_flashes")) and is_too_large():
        longest = max(range(len(waiting)), key=lambda number: len(str(waiting[number][1])))
        category, message = waiting[longest]
        if isinstance(message, dict):
            shorter = message["text"]
        elif len(message) > MIN_LENGTH:
            shorter = one_line(message, len(message) // 2)
        else:
            return
        session["_flashes"] = [*waiting[:longest], (category, shorter), *waiting[longest + 1 :]]


def flash_once(text: str, category: str = "note") -> None:
    """Flashes a message unless the same one already waits."""
    if (category, text) not in session.get("_flashes", ()):
        flash(text, category)


def some_of(names: Sequence[str]) -> str:
    """The first names and how many more there are: a message has to fit into the session cookie."""
    first = ", ".join(one_line(name, MAX_NAME_LENGTH) for name in names[:MAX_NAMES])
    others = len(names) - MAX_NAMES
    return _("%(names)s and %(count)s more", names=first, count=others) if others > 0 else first
