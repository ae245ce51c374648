"""An app that submits to Procrastinate, and workers in processes of their own, on a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask

from tests import factories, postgres
from tests.processes import Worker, worker
from wizard import create_app
from wizard.config import LOOPBACK_NETWORKS, Queue, Settings
from wizard.extensions import limiter
from wizard.server.upgrade import upgrade

SILENCE = 2.0
Begin = Callable[..., Worker]


@pytest.fixture(scope="session")
def make_database() -> Iterator[Callable[[], str]]:
    with postgres.migrated() as (make, _):
        yield make


@pytest.fixture
def app(make_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """It executes nothing itself, and looks after nothing: workers do."""
    settings = Settings(
        instance=tmp_path / "instance",
        keys=(factories.KEY,),
        database_url=make_database(),
        database_statement_seconds=60.0,
        superoffice_networks=LOOPBACK_NETWORKS,
        queue=Queue.PROCRASTINATE,
        silence_seconds=SILENCE,
    )
    app = create_app(settings)
    upgrade(app)
    app.testing = True
    limiter.enabled = False
    yield app
    factories.close(app)


@pytest.fixture
def environment(app: Flask) -> dict[str, str]:
    """The settings of the app, for other processes."""
    settings: Settings = app.config["SETTINGS"]
    return {
        "ERP_WIZARD_QUEUE": "procrastinate",
        "ERP_WIZARD_DATABASE_URL": settings.database_url,
        "ERP_WIZARD_KEYS": factories.KEY,
        "ERP_WIZARD_SILENCE_SECONDS": str(SILENCE),
    }


@pytest.fixture
def begin(environment: dict[str, str], tmp_path: Path) -> Iterator[Begin]:
    """Starts workers; they end with the test."""
    with ExitStack() as running:
        yield lambda *options, **more: running.enter_context(
            worker(tmp_path / "worker", *options, **environment | more)
        )
