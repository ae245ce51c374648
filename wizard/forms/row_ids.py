"""Ids and versions of rows as they come from outside: in addresses, boxes and hidden inputs."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter, Map
from wtforms import HiddenField

MAX_ROW_ID = 2**31 - 1
"""What PostgreSQL's integer holds. SQLite's holds more, and beyond that its driver fails."""


def row_id(text: str) -> int:
    """The number. Raises ValueError for what cannot be the number of a row."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= MAX_ROW_ID):
        raise ValueError("no row has this number")
    return int(text)


def row_ids(texts: list[str]) -> list[int]:
    """The numbers among the texts."""
    found = []
    for text in texts:
        try:
            found.append(row_id(text))
        except ValueError:
            continue
    return found


class RowId(IntegerConverter):
    """The `int` of an address; one that is too large is a page that does not exist."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=MAX_ROW_ID)


class VersionField(HiddenField):  # type: ignore[misc]
    """The version of the row that the form was rendered from; None for what is no number."""

    def process_formdata(self, values: list[str]) -> None:
        self.data = next(iter(row_ids(values)), None)
