"""Encrypted evidence: what connectors have answered, in check runs, connectors and connections

What old checks were answered is not kept, as it may repeat what was not blacked out then: their stages keep verdicts,
reasons and what the wizard itself has found. Fields are kept, for they say which values are secret.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BATCH = 200
_COLUMNS = (
    ("check_run", "stages"),
    ("check_run", "fields"),
    ("connector", "fields"),
    ("connector", "health"),
    ("connection", "fields"),
    ("connection", "catalog"),
    ("connection", "receipt"),
    ("connection", "health"),
)
_WITHOUT_ANSWERS = ("stages", "receipt", "health")
_REQUIRED = {("check_run", "stages"), ("connection", "fields")}
_OWN_FACTS = frozenset(
    [
        *("host", "port", "address", "addresses", "from", "scheme", "literal", "version", "since", "until"),
        *("status", "limit", "limit_seconds", "length", "count", "needed", "missing", "fields"),
        *("kind", "refused", "operation"),
    ]
)
"""Facts of a stage that no server has written."""


def upgrade() -> None:
    for table in ("connector", "connection"):
        op.add_column(table, sa.Column("health_run_id", sa.String(32)))
        for row_id, health in _values(table, "health", sa.JSON()):
            if health:
                _set(table, "health_run_id", row_id, health["run_id"], sa.String(32))
    for table, column in _COLUMNS:
        clean = _without_answers if column in _WITHOUT_ANSWERS else None
        _convert(table, column, sa.JSON(), sa.LargeBinary(), lambda value, place: _encrypt(value, place), clean)


def downgrade() -> None:
    for table, column in _COLUMNS:
        _convert(table, column, sa.LargeBinary(), sa.JSON(none_as_null=True), _decrypt)
    for table in ("connector", "connection"):
        op.drop_column(table, "health_run_id")


def _convert(
    table: str,
    column: str,
    old: Any,
    new: Any,
    change: Callable[[Any, str], Any],
    clean: Callable[[Any], Any] | None = None,
) -> None:
    """Fills a new column from the old one, and puts it in the place of that."""
    is_required = isinstance(new, sa.JSON) and (table, column) in _REQUIRED
    default = {"nullable": False, "server_default": "[]"} if is_required else {}
    op.add_column(table, sa.Column("converted", new, **default))  # type: ignore[arg-type]
    for row_id, value in _values(table, column, old):
        cleaned = clean(value) if clean else value
        _set(table, "converted", row_id, change(cleaned, f"{table}.{column} {row_id}"), new)
    op.drop_column(table, column)
    op.execute(f"ALTER TABLE {table} RENAME COLUMN converted TO {column}")


def _values(table: str, column: str, kind: Any) -> Iterator[tuple[Any, Any]]:
    """Yields the id and the value of every row that has one, some rows at a time."""
    rows = sa.table(table, sa.column("id"), sa.column(column, kind))
    filled = sa.select(rows.c.id, rows.c[column]).where(rows.c[column].is_not(None)).order_by(rows.c.id)
    last = None
    while True:
        batch = filled if last is None else filled.where(rows.c.id > last)
        found = op.get_bind().execute(batch.limit(BATCH)).all()
        yield from ((row[0], row[1]) for row in found)
        if len(found) < BATCH:
            return
        last = found[-1][0]


def _set(table: str, column: str, row_id: Any, value: Any, kind: Any) -> None:
    rows = sa.table(table, sa.column("id"), sa.column(column, kind))
    op.execute(sa.update(rows).where(rows.c.id == row_id).values({column: value}))


def _encrypt(value: Any, place: str) -> bytes | None:
    if value is None:
        return None
    token: bytes = current_app.extensions["keyring"].encrypt(json.dumps(value).encode(), place)
    return token


def _decrypt(token: bytes, place: str) -> Any:
    return json.loads(current_app.extensions["keyring"].decrypt(token, place))


def _without_answers(value: Any) -> Any:
    """Stages, a health or a receipt without what a server has written."""
    if isinstance(value, list):
        return [_stage_without_answers(each) for each in value]
    if value is None or "evidence" in value:
        return value and _stage_without_answers(value)
    return {name: _without_answers(each) if name in ("stage", "stages") else each for name, each in value.items()}


def _stage_without_answers(stage: dict[str, Any]) -> dict[str, Any]:
    facts = {name: fact for name, fact in stage["facts"].items() if name in _OWN_FACTS}
    return stage | {"facts": facts, "evidence": []}
