"""The schema of the database: its revision, its tables, and its migration inside a given transaction."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import JSON, Connection, MetaData, Table


def current_revision(connection: Connection) -> str | None:
    """Returns the revision of the database, None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest_revision() -> str | None:
    """Returns the revision that this version migrates to."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known_revisions() -> list[str]:
    """Returns every revision that this version can migrate to."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def downgrade(connection: Connection, revision: str) -> None:
    """Downgrades within the transaction of `connection`."""
    command.downgrade(_config(connection), revision)


def upgrade(connection: Connection) -> None:
    """Upgrades to the newest revision within the transaction of `connection`."""
    command.upgrade(_config(connection), "head")


def reflect_tables(connection: Connection, names: Collection[str]) -> list[Table]:
    """Reads these tables from the database, referenced ones first. Encrypted values are plain bytes in them."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: name in names)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=bool(column.nullable))
    return metadata.sorted_tables


def _config(connection: Connection | None = None) -> Config:
    config: Config = current_app.extensions["migrate"].migrate.get_config()
    config.attributes["connection"] = connection
    return config
