"""Runs the migrations on the database of the app."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app


def as_plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """A migration keeps the plain column type: the package's own may change after it was written."""
    impl = getattr(item, "impl_instance", None) if kind == "type" else None
    return f"sa.{impl!r}" if impl is not None else False


migrate = current_app.extensions["migrate"]
engine = migrate.db.engine

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        render_as_batch=engine.dialect.name == "sqlite",
        compare_type=True,
        render_item=as_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
