"""What the modules about maintenance share."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import pages
from tests.factories import close, make_app, sign_in
from tests.functional.maintenance.disk import Disk


@pytest.fixture
def empty(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    """Another instance with the same keys and an empty database."""
    app = make_app(template_instance, tmp_path / "empty")
    yield app
    close(app)


@pytest.fixture
def filled(app: Flask, practice_url: str) -> Flask:
    pages.fill(app, sign_in(app, "Ingrid Berg"), practice_url)
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
