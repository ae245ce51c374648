"""What several rooms of tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from tests import factories, postgres
from tests.processes import SUPEROFFICE_ON_LOOPBACK
from wizard.models.database import set_write_intent

# A busy machine is no reason to fail; a failure found once is printed with how to repeat it.
settings.register_profile("here", deadline=None, print_blob=True)
settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="run on a real PostgreSQL server instead of SQLite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL runs what the fixtures give a database to; the rest would be as it is without the option."""
    if config.getoption("--postgresql"):
        same = [item for item in items if "template_instance" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if item not in set(same)]


def pytest_collection_finish() -> None:
    """Takes thousands of tests out of the sight of the garbage collector, and lets it look more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _databases(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.config.getoption("--postgresql"):
        yield
        return
    with postgres.migrated() as (make_database, renew_database):
        factories.databases.append(make_database)
        factories.renew.append(renew_database)
        yield
        factories.databases.clear()
        factories.renew.clear()


@pytest.fixture(autouse=True)
def _no_write_intent() -> None:
    """A test client's request runs in the thread of its test and leaves its intent there, for the next test too."""
    set_write_intent(False)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("ERP_WIZARD_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv(*SUPEROFFICE_ON_LOOPBACK)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # the command line speaks English


@pytest.fixture(autouse=True)
def _no_lines_counted_in_processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that take long and are about something else than single lines count none, their processes neither."""
    if request.node.get_closest_marker("no_cover"):
        monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture(scope="session")
def template_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with an empty, migrated database, to copy."""
    return factories.make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def _lent_app(template_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> factories.LentApp:
    return factories.LentApp(template_instance, tmp_path_factory.mktemp("lent"))


@pytest.fixture
def app(_lent_app: factories.LentApp) -> Iterator[Flask]:
    """The application on an empty database; checks run at once, in the request that starts them."""
    with _lent_app.lend() as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def admin(app: Flask) -> factories.Visitor:
    """An administrator, signed in."""
    return factories.sign_in(app, "Ingrid Berg")


@pytest.fixture(scope="session")
def practice_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The practice connector on a real socket, as another company's server."""
    with factories.serve_practice(tmp_path_factory.mktemp("practice")) as url:
        yield url
