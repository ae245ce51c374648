"""The migrations create the tables that the models declare, and keep the rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask, current_app
from sqlalchemy import inspect, select, text

from tests import postgres
from tests.factories import KEY, close, in_app
from wizard import create_app
from wizard.config import Settings
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, ScopeEntry, User, UserGroup
from wizard.models.database import writing
from wizard.models.encrypted import context_of
from wizard.models.search_index import is_declared
from wizard.server.upgrade import upgrade
from wizard.services.maintenance import schema
from wizard.services.maintenance.restore import restore_backup

pytestmark = pytest.mark.no_cover

BACKUP = Path(__file__).parents[2] / "data" / "version-1.0-schema-0004" / "backup.zip"


def migrate(app: Flask, verb: Any, revision: str) -> None:
    with app.app_context():
        verb(app.extensions["migrate"].migrate.get_config(), revision)


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_make_what_the_models_declare(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_declared})
        assert compare_metadata(context, db.metadata) == []


def test_constraints_and_indexes_are_there_too(app: Flask) -> None:
    with app.app_context():
        inspector = inspect(db.engine)
        for table in db.metadata.sorted_tables:
            declared = {index.name for index in table.indexes}
            assert {index["name"] for index in inspector.get_indexes(table.name)} >= declared
            assert len(inspector.get_foreign_keys(table.name)) == len(table.foreign_keys)
        assert [check["name"] for check in inspector.get_check_constraints("scope_entry")] == [
            "ck_scope_entry_user_or_group"
        ]


@pytest.mark.parametrize("name", ["connector", "connection", "crm_user_group", "crm_user"])
def test_names_are_unique_among_undeleted_rows(app: Flask, name: str) -> None:
    with app.app_context(), db.engine.connect() as connection:
        sql = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name LIKE 'uq_%_current_%' AND tbl_name = ?", (name,)
        ).scalar_one()
    assert sql.endswith("WHERE deleted_at IS NULL")


def test_a_downgrade_to_the_base_drops_every_table(tmp_path: Path) -> None:
    app = create_app(Settings(instance=tmp_path, keys=(KEY,)))
    migrate(app, command.upgrade, "head")
    assert "connection" in tables(app)

    migrate(app, command.downgrade, "base")

    assert tables(app) == set()
    migrate(app, command.upgrade, "head")
    close(app)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A database at the newest schema with rows of version 1.0."""
    with ExitStack() as stack:
        server = {"database_url": stack.enter_context(postgres.server())} if request.param == "PostgreSQL" else {}
        app = create_app(Settings(instance=tmp_path / "instance", keys=(KEY,), **server))
        stack.callback(close, app)
        upgrade(app)
        in_app(app, lambda: restore_backup(BACKUP, unsigned=True))
        yield app


def snapshot(app: Flask) -> dict[str, list[str]]:
    """Every row, with what is encrypted decrypted, without the GUIDs that no older schema has."""
    with app.app_context(), db.engine.connect() as connection:
        tables = schema.reflect_tables(connection, db.metadata.tables)
        rows = {table.name: connection.execute(select(table)).mappings() for table in tables}
        return {name: sorted(repr(decrypted(name, row)) for row in found) for name, found in rows.items()}


def decrypted(table: str, row: Any) -> dict[str, Any]:
    keyring = current_app.extensions["keyring"]
    return {
        name: keyring.decrypt(value, context_of(table, name, row["id"])) if isinstance(value, bytes) else value
        for name, value in row.items()
        if name != "connection_guid"
    }


def count(app: Flask, table: str) -> int:
    with app.app_context(), db.engine.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0


def test_rows_survive_every_revision_down_and_up(filled: Flask) -> None:
    with filled.app_context(), db.engine.begin() as connection:  # a connection before its first save has no origin
        connection.execute(text("UPDATE connection SET origin = '1 http://127.0.0.1:32891'"))
        revisions = schema.known_revisions()
    before = snapshot(filled)

    for revision in revisions[1:]:
        migrate(filled, command.downgrade, revision)
        assert count(filled, "check_run") == 7
    for table, rows in {"person": 3, "user_group": 2, "group_member": 4, "scope_member": 2}.items():
        assert count(filled, table) == rows
    for revision in revisions[-2::-1]:
        migrate(filled, command.upgrade, revision)
        assert count(filled, "check_run") == 7

    assert snapshot(filled) == before


def test_what_old_checks_were_answered_is_not_kept(filled: Flask) -> None:
    with filled.app_context():
        stages = [result for run in db.session.scalars(select(CheckRun)) for result in run.stages]
        assert {result.outcome for result in stages} >= {"passed", "failed"}
        assert not any(result.evidence or "answer" in result.facts for result in stages)
        connection = db.session.get_one(Connection, 1)
        assert connection.health is not None
        assert connection.health_run_id == connection.health.run_id
        assert connection.secret_keys() == {"ApiPassword"}


def test_ids_continue_after_the_rows_that_a_migration_has_moved(filled: Flask) -> None:
    migrate(filled, command.downgrade, "0005")
    with filled.app_context(), db.engine.begin() as connection:
        connection.execute(text("INSERT INTO person (name, name_key, login, login_key) VALUES ('A', 'a', 'a', 'a')"))
        connection.execute(text("INSERT INTO user_group (name, name_key) VALUES ('A', 'a')"))

    migrate(filled, command.upgrade, "head")

    with filled.app_context(), writing():
        user, group = User(name="B", username="b"), UserGroup(name="B")
        db.session.add_all([user, group, ScopeEntry(connection_id=1, user=user)])
        db.session.commit()
        assert (user.id, group.id) == (5, 4)


def test_a_database_of_the_first_schema_keeps_its_rows_and_fills_new_columns(tmp_path: Path) -> None:
    app = create_app(Settings(instance=tmp_path, keys=(KEY,)))
    migrate(app, command.upgrade, "0001")
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO connector (id, name, name_key, url, endpoint, ca_pem, created_at, updated_at, updated_by,"
            " version) VALUES (7, 'A', 'a', 'app://1a2b', 'https://ERP.example:8443/x.svc', '',"
            " '2026-01-01', '2026-01-01', '', 1)"
        )
        connection.exec_driver_sql(
            "INSERT INTO connection (id, guid, connector_id, name, name_key, description, state, active, all_access,"
            " config, fields, created_at, updated_at, updated_by, version) VALUES"
            " (3, 'g', 7, 'N', 'n', 'Für  Süd', 'saved', 0, 1, x'', '[]', '2026-01-01', '2026-01-01', '', 1)"
        )
        connection.exec_driver_sql("INSERT INTO user_group (id, name, name_key) VALUES (1, 'Sales', 'sales')")
        connection.exec_driver_sql("INSERT INTO scope_member (connection_id, group_id) VALUES (3, 1)")

    migrate(app, command.upgrade, "head")

    with app.app_context():
        query = db.select(Connection.origin, Connection.search_key, Connector.search_key).join(Connection.connector)
        expected = ("7 https://erp.example:8443", "n\nfür süd", "a\napp://1a2b\nhttps://erp.example:8443/x.svc")
        assert db.session.execute(query).one() == expected
        assert db.session.scalar(db.select(db.func.count()).select_from(ScopeEntry)) == 1
    close(app)
