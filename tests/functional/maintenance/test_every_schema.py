"""A backup of every schema before this one is restored, into whatever schema is the newest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import inspect, select

from tests.factories import in_app
from tests.functional.maintenance.backups import backed_up
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.encrypted import context_of
from wizard.security import KeyRing
from wizard.services.maintenance import can_decrypt_all, schema
from wizard.services.maintenance.restore import restore_backup

pytestmark = pytest.mark.no_cover

VERSION_1_0 = Path(__file__).parents[2] / "data" / "version-1.0-schema-0004" / "backup.zip"
RENEWED = {"account": {"session_key"}, "setup": {"connection_guid"}}
"""What a restore or a migration sets anew."""


def contents(app: Flask) -> dict[str, list[str]]:
    """The decrypted rows of the tables that a restore keeps, without the values that it renews."""
    keyring: KeyRing = app.extensions["keyring"]

    def plain(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: keyring.decrypt(value, context_of(table, name, row["id"])) if isinstance(value, bytes) else value
            for name, value in row.items()
            if name not in RENEWED.get(table, ())
        }

    with app.app_context(), db.engine.connect() as connection:
        tables = schema.reflect_tables(connection, set(db.metadata.tables) - {"login_link"})
        rows = {table.name: connection.execute(select(table)).mappings().all() for table in tables}
    return {name: sorted(repr(plain(name, dict(row))) for row in found) for name, found in rows.items()}


def all_tables(app: Flask) -> set[str]:
    """But for what no version backs up: the tables of a full-text index, and of Procrastinate."""
    with app.app_context():
        found = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        return {name for name in found if "_search" not in name and not name.startswith("procrastinate_")}


def migrate(app: Flask, to: str) -> None:
    step = command.upgrade if to == "head" else command.downgrade
    in_app(app, lambda: step(app.extensions["migrate"].migrate.get_config(), to))


def backed_up_at(app: Flask, revision: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the version of that schema would have written: it had its own tables."""
    reflect = schema.reflect_tables
    migrate(app, revision)
    tables = all_tables(app)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "reflect_tables", lambda connection, _: reflect(connection, tables))
        backed_up(app, path)
    migrate(app, "head")
    return path


def test_a_backup_of_every_schema_is_restored(
    app: Flask, empty: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_app(app, lambda: restore_backup(VERSION_1_0, unsigned=True))

    for revision in in_app(app, schema.known_revisions):
        path = backed_up_at(app, revision, tmp_path / f"{revision}.zip", monkeypatch)
        in_app(empty, partial(restore_backup, path, replace=True))

        assert contents(empty) == contents(app), revision
        assert in_app(empty, can_decrypt_all)
        connection = in_app(empty, lambda: db.session.get_one(Connection, 1))
        assert connection.config["ApiPassword"] == "practice"
