"""What Procrastinate needs in PostgreSQL is made by a migration, as the installed version has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from procrastinate.schema import migrations_path
from sqlalchemy import text

from tests import postgres
from tests.factories import KEY, close, in_app
from wizard import create_app
from wizard.config import Settings
from wizard.extensions import db

NEWEST = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
"""The newest change of its schema that migration 0025 includes."""

LEFT = """
SELECT count(*) FROM pg_class WHERE relname LIKE 'procrastinate%' AND relkind IN ('r', 'S')
UNION ALL SELECT count(*) FROM pg_proc WHERE proname LIKE 'procrastinate%'
UNION ALL SELECT count(*) FROM pg_type WHERE typname LIKE 'procrastinate%'
"""


@pytest.fixture(scope="module")
def make_database() -> Iterator[Callable[[], str]]:
    with postgres.migrated() as (make, _):
        yield make


@pytest.fixture
def app(make_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(instance=tmp_path, keys=(KEY,), database_url=make_database()))
    yield app
    close(app)


def made(app: Flask) -> list[int]:
    """How many tables and sequences, functions, and types of it there are."""
    return list(in_app(app, lambda: db.session.scalars(text(LEFT)).all()))


def test_a_migration_includes_each_change_of_the_library() -> None:
    assert max(path.name for path in migrations_path.glob("*.sql")) == NEWEST


def test_a_downgrade_drops_all_of_it_and_an_upgrade_makes_it_again(app: Flask) -> None:
    before = made(app)
    config = in_app(app, lambda: app.extensions["migrate"].migrate.get_config())

    in_app(app, lambda: command.downgrade(config, "0024"))
    assert made(app) == [0, 0, 0]

    in_app(app, lambda: command.upgrade(config, "head"))
    assert made(app) == before
    assert all(before)
