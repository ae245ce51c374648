"""SQLite's full-text index of the search keys: a search that finds little need not read every row.

Triggers of the database maintain it. PostgreSQL has none: it reads ten thousand rows fast enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, column, select, table
from sqlalchemy.sql import operators

from wizard.extensions import db

_INDEXES = {
    name: table(f"{name}_search", column("rowid"), column("search_key")) for name in ("connector", "connection")
}
_SHORTEST_PART = 3
"""The index holds every three characters in a row."""

MAX_INDEXED_MATCHES = 200
"""What more rows contain is found faster by reading the rows in the list's order until a page is full."""


def rows_containing(model: Any, part: str) -> Sequence[int] | None:
    """The ids of all rows of a model whose search key contains a text, or None if the rows have to be read."""
    if db.engine.dialect.name != "sqlite" or len(part) < _SHORTEST_PART:
        return None
    index = _INDEXES[model.__tablename__]
    phrase = '"' + part.replace('"', '""') + '"'
    found = select(index.c.rowid).where(index.c.search_key.op("MATCH")(phrase)).limit(MAX_INDEXED_MATCHES + 1)
    ids = db.session.scalars(found).all()
    return ids if len(ids) <= MAX_INDEXED_MATCHES else None


def without_index(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition, for which SQLite uses no index, so that it begins with the few rows of another condition."""
    return UnaryExpression(condition, operator=operators.custom_op("+"), type_=condition.type)


def is_declared(name: str | None, kind: str, _: object) -> bool:
    """Whether the models declare a table; a migration alone makes the full-text index and what Procrastinate keeps."""
    others = (*(each.name for each in _INDEXES.values()), "procrastinate_")
    return not (kind == "table" and name and name.startswith(others))
