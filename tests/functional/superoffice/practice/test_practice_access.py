"""Who may use the practice SuperOffice: its own machine, and an administrator who signs in to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests import factories
from tests.factories import PracticeSuperOffice, Visitor
from tests.functional.superoffice.calls import api_of
from wizard.config import Practice
from wizard.domain.accounts import Role
from wizard.practice.superoffice import server

STATE = "/practice/superoffice/api/state/Cust00001"
AUTHORIZE = "/practice/superoffice/login/common/oauth/authorize"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


def test_another_machine_gets_no_answer_of_the_practice_superoffice(app: Flask) -> None:
    client = app.test_client()

    assert client.get(STATE).json["State"] == "Running"
    answer = client.get(STATE, environ_base=ELSEWHERE)
    assert (answer.status_code, "ERP_WIZARD_PRACTICE=open" in answer.text) == (403, True)


def test_the_practice_superoffice_is_switched_off_with_the_practice_connector(
    template_instance: Path, tmp_path: Path
) -> None:
    app = factories.make_app(template_instance, tmp_path / "without", practice=Practice.NO)
    try:
        assert factories.sign_in(app, "Ingrid Berg").get(STATE).status_code == 404
    finally:
        factories.close(app)


def test_whoever_is_elsewhere_cannot_make_it_call_other_hosts(host: PracticeSuperOffice) -> None:
    confined = server.confined(host.twin).connectors

    assert host.twin.connectors.answers(host.connector_url)
    assert confined.answers("app://practice")
    assert confined.answers(f"{host.connector_url}?ConnectorName=Nordic")
    assert not confined.answers(host.connector_url.replace("127.0.0.1", "localhost"))


def test_only_an_administrator_of_the_wizard_can_consent(app: Flask) -> None:
    reader = factories.sign_in(app, "Rita Reader", role=Role.READER)

    assert reader.get(AUTHORIZE).status_code == 403
    assert Visitor(app, app.test_client()).get(AUTHORIZE).location.startswith("/login")


def test_when_too_many_answers_are_made_another_call_is_told_to_come_again(
    host: PracticeSuperOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE_SECONDS", 0)
    taken = [server._answering.acquire(blocking=False) for _ in range(server.MAX_ANSWERING)]
    try:
        assert all(taken)
        with pytest.raises(AssertionError, match="503"):
            api_of(host).get("User/currentPrincipal")
    finally:
        for _ in taken:
            server._answering.release()
