"""An app that submits to Procrastinate, and workers in processes of their own, on a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from tests import factories, postgres
from tests.processes import Worker
from wizard import create_app
from wizard.config import LOOPBACK_NETWORKS, Queue, Settings
from wizard.extensions import limiter
from wizard.server.upgrade import upgrade

SILENCE = 2.0


class Workers:
    """Processes that work for the app. Each start takes seconds: one that is alive works for the next test too."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app = app
        self._folder, self._environment = folder, environment_of(app)
        self._started: list[Worker] = []

    def only(self) -> Worker:
        """The only one."""
        first, *others = self._alive() or [self.another()]
        for each in others:
            each.stop()
        return first

    def another(self) -> Worker:
        """One beside those that are there."""
        self._started.append(Worker(self._folder, **self._environment))
        return self._started[-1]

    def stop(self) -> None:
        for each in self._alive():
            each.stop()

    def _alive(self) -> list[Worker]:
        return [each for each in self._started if each.process.poll() is None]


@pytest.fixture(scope="session")
def make_database() -> Iterator[Callable[[], str]]:
    with postgres.migrated() as (make, _):
        yield make


@contextmanager
def submitting(database_url: str, folder: Path) -> Iterator[Flask]:
    """An app that executes nothing itself, and looks after nothing: workers do."""
    settings = Settings(
        instance=folder / "instance",
        keys=(factories.KEY,),
        database_url=database_url,
        database_statement_seconds=60.0,
        superoffice_networks=LOOPBACK_NETWORKS,
        queue=Queue.PROCRASTINATE,
        silence_seconds=SILENCE,
        check_seconds=600.0,  # a busy machine takes its time to start another worker
    )
    app = create_app(settings)
    upgrade(app)
    app.testing = True
    limiter.enabled = False
    yield app
    factories.close(app)


def environment_of(app: Flask) -> dict[str, str]:
    """The settings of the app, for other processes."""
    settings: Settings = app.config["SETTINGS"]
    return {
        "ERP_WIZARD_QUEUE": "procrastinate",
        "ERP_WIZARD_DATABASE_URL": settings.database_url,
        "ERP_WIZARD_KEYS": factories.KEY,
        "ERP_WIZARD_SILENCE_SECONDS": str(SILENCE),
    }


@pytest.fixture
def app(make_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    with submitting(make_database(), tmp_path) as app:
        yield app


@pytest.fixture
def environment(app: Flask) -> dict[str, str]:
    return environment_of(app)


@pytest.fixture(scope="module")
def workers(make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """They work for an app of the whole module, `workers.app`."""
    folder = tmp_path_factory.mktemp("workers")
    with submitting(make_database(), folder) as app:
        workers = Workers(app, folder)
        yield workers
        workers.stop()
