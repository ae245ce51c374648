"""Messages for the next page."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, session
from flask_babel import gettext as _

from wizard.messages.facts import one_line

MAX_NAMES = 5
MAX_NAME_LENGTH = 60


def flash_undo(text: str, url: str) -> None:
    """A message with a button that takes the deed back by posting to `url`."""
    flash({"text": text, "undo": url}, "ok")  # type: ignore[arg-type]


def flash_once(text: str, category: str = "note") -> None:
    """A message that does not wait to be shown already."""
    if (category, text) not in session.get("_flashes", ()):
        flash(text, category)


def some_of(names: Sequence[str]) -> str:
    """Names for a message, which has to fit into the session's cookie; more are counted."""
    shown = ", ".join(one_line(name, MAX_NAME_LENGTH) for name in names[:MAX_NAMES])
    others = len(names) - MAX_NAMES
    return _("%(names)s and %(count)s more", names=shown, count=others) if others > 0 else shown
