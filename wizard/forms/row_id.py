"""Parses the ids and versions of rows that a request sends: in its address, checkboxes and hidden inputs."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter, Map
from wtforms import HiddenField

MAX_ROW_ID = 2**31 - 1
"""The maximum of PostgreSQL's integer. SQLite's is higher, and beyond that its driver fails."""
MAX_VERSION_DIGITS = 15
"""Of a version of settings, which has 48 bits."""


def row_id(text: str) -> int:
    """Parses an id. Raises ValueError for what cannot be the id of a row."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= MAX_ROW_ID):
        raise ValueError("no row has this id")
    return int(text)


def row_ids(texts: list[str]) -> list[int]:
    """Parses ids and skips what cannot be one."""
    found = []
    for text in texts:
        try:
            found.append(row_id(text))
        except ValueError:
            continue
    return found


def settings_version(text: str) -> int | None:
    """Parses a version of a field's settings; None for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_VERSION_DIGITS else None


class RowId(IntegerConverter):
    """The URL converter `int`, for which a number that is too large is not found."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=MAX_ROW_ID)


class VersionField(HiddenField):  # type: ignore[misc]
    """The version of the row that the form was rendered from; None if that is no number."""

    def process_formdata(self, values: list[str]) -> None:
        self.data = next(iter(row_ids(values)), None)
