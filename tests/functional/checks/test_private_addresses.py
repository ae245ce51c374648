"""A connector that answers here may be out of SuperOffice's reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import Visitor, close, make_app, sign_in
from tests.steps import connectors, open_step_2
from tests.wire import hosts
from wizard.domain.check import Verdict

REMARK = "127.0.0.1 is a private address: SuperOffice reaches it only from this network."


@pytest.fixture
def cloud(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    """A wizard whose SuperOffice runs elsewhere, as it does without a setting."""
    app = make_app(template_instance, tmp_path / "cloud", superoffice_networks=())
    yield app
    close(app)


def check(admin: Visitor, url: str) -> str:
    page = open_step_2(admin)
    admin.send(page, {"name": "X", "url": url, "action": "check"})
    text = admin.get(page).text
    assert admin.send(page, {"action": "continue"}).request.path.endswith("/connection")
    return text


def test_a_private_address_passes_with_a_remark_and_can_be_used(cloud: Flask) -> None:
    admin = sign_in(cloud, "Ingrid Berg")

    with hosts.server(hosts.connector()) as port:
        text = check(admin, f"http://127.0.0.1:{port}/x.svc")

    assert REMARK in text
    assert "with a remark" in text
    assert connectors(admin)[0].health.verdict == Verdict.WARNING


def test_a_private_address_in_a_network_of_superoffice_has_no_remark(admin: Visitor) -> None:
    with hosts.server(hosts.connector()) as port:
        text = check(admin, f"http://127.0.0.1:{port}/x.svc")

    assert REMARK not in text


def test_the_practice_connector_has_no_remark(cloud: Flask, practice_url: str) -> None:
    admin = sign_in(cloud, "Ingrid Berg")

    text = check(admin, practice_url)

    assert REMARK not in text
    assert connectors(admin)[0].health.verdict == Verdict.PASSED
