"""A practice connector as a host of its own, empty or with a saved connection."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.functional.practice.practice_host import GOOD, GUID, ask, host_at
from wizard.practice.connector import server as endpoint


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    over.set()
    monkeypatch.setattr(endpoint, "_never", over)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.sqlite3"


@pytest.fixture
def host(path: Path) -> FlaskClient:
    return host_at(path)


@pytest.fixture
def saved(host: FlaskClient) -> FlaskClient:
    """A host that knows the connection GUID."""
    assert ask(host, "WSSaveConnection", connection_guid=GUID, connection_info=GOOD).is_ok
    return host
