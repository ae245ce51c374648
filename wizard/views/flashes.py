"""Messages for the next page."""

from __future__ import annotations

from flask import flash


def flash_undo(text: str, url: str) -> None:
    """A message with a button that takes the deed back by posting to `url`."""
    flash({"text": text, "undo": url}, "ok")  # type: ignore[arg-type]
