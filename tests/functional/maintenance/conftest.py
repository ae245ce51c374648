"""What the modules about maintenance share."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import pages
from tests.factories import close, databases, make_app, sign_in
from tests.functional.maintenance.disk import Disk


@pytest.fixture
def empty(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    """Another instance with the same keys and an empty database."""
    app = make_app(template_instance, tmp_path / "empty")
    yield app
    close(app)


@pytest.fixture(scope="session")
def _filled_instance(template_instance: Path, practice_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with something on every page, to copy: filling one takes a second."""
    folder = tmp_path_factory.mktemp("filled") / "instance"
    app = make_app(template_instance, folder)
    pages.fill(app, sign_in(app, "Ingrid Berg"), practice_url)
    close(app)
    return folder


@pytest.fixture
def filled(app: Flask, request: pytest.FixtureRequest) -> Flask:
    """The application with something on every page."""
    if databases:  # PostgreSQL's are in no folder
        pages.fill(app, sign_in(app, "Ingrid Berg"), request.getfixturevalue("practice_url"))
    else:
        close(app)
        shutil.copytree(request.getfixturevalue("_filled_instance"), app.instance_path, dirs_exist_ok=True)
    return app


@pytest.fixture
def disk() -> Iterator[Disk]:
    with tempfile.TemporaryDirectory(prefix="disk") as folder:
        try:
            made = Disk(Path(folder))
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("no file system can be mounted here")
        yield made
        made.close()
