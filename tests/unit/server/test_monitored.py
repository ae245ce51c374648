"""What a worker answers to monitoring, and to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from flask import Flask

from wizard.config import Settings
from wizard.server.monitored import serve_monitoring


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _serve(tmp_path_factory.mktemp("worker"))


def _serve(instance: Path) -> str:
    app = Flask("worker")
    app.add_url_rule("/livez", "livez", lambda: "alive")
    app.add_url_rule("/connections/", "connections", lambda: "Stock and prices")
    return serve_monitoring(app, Settings(instance=instance, port=0))


def test_monitoring_is_answered_by_the_app(address: str) -> None:
    answer = requests.get(f"{address}/livez", timeout=60)
    assert (answer.status_code, answer.text) == (200, "alive")


def test_a_page_of_the_app_is_not_there(address: str) -> None:
    answer = requests.get(f"{address}/connections/", timeout=60)
    assert (answer.status_code, answer.text) == (404, "A worker has no pages.\n")
