"""What the modules about the command line share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import factories
from tests.functional.cli.web_page import HtmlPage, serving
from wizard.cli import group as cli


@pytest.fixture(scope="module")
def html_url():
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), HtmlPage)) as port:
        yield f"http://127.0.0.1:{port}/ErpConnectorWS.svc"


@pytest.fixture
def check():
    return lambda *arguments: CliRunner().invoke(cli.cli, ["check", *map(str, arguments)])


@pytest.fixture
def config(tmp_path):
    def write(**values):
        path = tmp_path / "config.json"
        path.write_text(json.dumps(values))
        return path

    return write


@pytest.fixture
def other(template_instance: Path, tmp_path: Path) -> Any:
    """Another wizard, with an administrator and nothing else."""
    app = factories.make_app(template_instance, tmp_path / "other")
    yield factories.sign_in(app, "Maria Blom")
    factories.close(app)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[factories.PracticeSuperOffice]:
    with factories.serve_superoffice(folder=tmp_path) as served:
        yield served
