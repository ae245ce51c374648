"""Runs the migrations, on the connection in the attributes of the configuration or else on one of the app's engine."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from wizard.models.search_index import is_declared


def as_plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Renders the plain column type: the package's own types may change after the migration was written."""
    impl = getattr(item, "impl_instance", None) if kind == "type" else None
    return f"sa.{impl!r}" if impl is not None else False


def run_migrations(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=current_app.extensions["migrate"].db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=as_plain_type,
        include_name=is_declared,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run_migrations(given)
else:
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        run_migrations(connection)
        connection.commit()
