"""Messages that the next page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, get_flashed_messages, session
from flask_babel import gettext as _

from wizard.messages import one_line

TONES = ("ok", "warn", "bad", "note")
MAX_NAMES = 5
MAX_NAME_LENGTH = 60


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


def flash_once(text: str, category: str = "note") -> None:
    """Flashes a message unless the same one already waits."""
    if (category, text) not in session.get("_flashes", ()):
        flash(text, category)


def some_of(names: Sequence[str]) -> str:
    """The first names and how many more there are: a message has to fit into the session cookie."""
    first = ", ".join(one_line(name, MAX_NAME_LENGTH) for name in names[:MAX_NAMES])
    others = len(names) - MAX_NAMES
    return _("%(names)s and %(count)s more", names=first, count=others) if others > 0 else first
