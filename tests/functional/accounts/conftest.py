"""What the modules about accounts share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import Visitor, close, make_app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app, app.test_client())


@pytest.fixture
def throttled(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(template_instance, tmp_path / "throttled", throttled=True)
    yield app
    close(app)
