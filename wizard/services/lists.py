"""Pages of a list, and how many rows it has, current and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.sql.base import ExecutableOption

from wizard.extensions import db
from wizard.models.search_index import rows_containing, without_index

PAGE_SIZE = 12
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list; `first` counts from 1, and is 0 for an empty list."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def has_next(self) -> bool:
        return self.number * self.size < self.total


def is_deleted(model: Any, deleted: bool) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = model.deleted_at.is_not(None) if deleted else model.deleted_at.is_(None)
    return condition


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether a column has a text somewhere, in just this case; what LIKE takes for wildcards counts as itself."""
    condition: ColumnElement[bool] = column.contains(text, autoescape=True)
    return condition


def select_rows(model: Any, text: str, *, deleted: bool, or_if: ColumnElement[bool] | None = None) -> Select[Any]:
    """Current or deleted rows; if there is a text, those whose search key contains it or for which `or_if` holds."""
    state = is_deleted(model, deleted)
    if not text:
        return select(model).where(state)
    ids = rows_containing(model, text)
    found = contains(model.search_key, text) if ids is None else model.id.in_(ids)
    found = found if or_if is None else or_(found, or_if)
    return select(model).where(state if ids is None else without_index(state), found)


def page_of(
    found: Select[Row],
    number: int,
    size: int = PAGE_SIZE,
    total: int | None = None,
    options: Sequence[ExecutableOption] = (),
) -> Page[Row]:
    """A page of a query; one after the last is the last. `options`: how what belongs to a row is loaded."""
    number = max(1, number)
    if total is None:
        rows = _rows(found, number, size, options)
        if len(rows) < size and (rows or number == 1):  # the end is in sight: nothing has to be counted
            return Page(rows, number, (number - 1) * size + len(rows), size)
        total = _count(found)
        if rows:
            return Page(rows, number, total, size)
    number = max(1, min(number, -(-total // size)))
    return Page(_rows(found, number, size, options), number, total, size)


def _rows(found: Select[Row], number: int, size: int, options: Sequence[ExecutableOption]) -> Sequence[Row]:
    """Their ids first, which an index has in the right order; so nothing is searched twice."""
    entity = _entity_of(found)
    ids = db.session.scalars(found.with_only_columns(entity.id).limit(size).offset((number - 1) * size)).all()
    rows = db.session.scalars(select(entity).where(entity.id.in_(ids)).options(*options)).all() if ids else ()
    return sorted(rows, key=lambda row: ids.index(row.id))


def _count(found: Select[Row]) -> int:
    counted = found.with_only_columns(func.count(_entity_of(found).id), maintain_column_froms=True)
    return db.session.scalar(counted.order_by(None)) or 0


def _entity_of(found: Select[Row]) -> Any:
    return found.column_descriptions[0]["entity"]


def count_rows(model: Any) -> tuple[int, int]:
    """Current rows and deleted ones of a table."""
    counted = select(func.count()).select_from(model)  # SQLite counts whole tables without reading their rows
    deleted = counted.where(is_deleted(model, True))
    every, gone = db.session.execute(select(counted.scalar_subquery(), deleted.scalar_subquery())).one()
    return every - gone, gone
