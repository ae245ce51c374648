"""`erp-wizard health`: what a container or a monitor on the same machine asks."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import serve_app
from tests.functional.server.commands import Command
from tests.processes import start, wizard


def port_of(address: str) -> str:
    return address.rpartition(":")[2]


@pytest.mark.no_cover
def test_it_says_that_a_running_wizard_can_work_and_what_keeps_it_from_that(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    with wizard(instance) as running:
        settings = {"ERP_WIZARD_HOST": "0.0.0.0", "ERP_WIZARD_PORT": port_of(running.address)}

        well = start(instance, "health", **settings)
        (instance / "keys").chmod(0o644)
        ill = start(instance, "health", **settings)
        live = start(instance, "health", "--live", **settings)

    assert (well.returncode, well.stdout) == (0, "ok\n")
    assert ill.returncode == 1
    assert "key" in ill.stdout
    assert str(instance) not in ill.stdout
    assert (live.returncode, live.stdout) == (0, "ok\n")


def test_it_says_that_nothing_answers(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = str(listener.getsockname()[1])
    monkeypatch.setenv("ERP_WIZARD_PORT", port)

    code, output, _errors = command("health")

    assert code == 1
    assert output.startswith(f"No wizard answers at 127.0.0.1:{port}: ")


def test_it_does_not_wait_for_long(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.cli.health.SECONDS", 0.1)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        monkeypatch.setenv("ERP_WIZARD_PORT", str(silent.getsockname()[1]))
        assert command("health")[0] == 1


def test_it_does_not_take_another_server_for_the_wizard(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Flask("other")
    other.add_url_rule("/healthz", "healthz", lambda: "ok")
    with serve_app(other) as url:
        monkeypatch.setenv("ERP_WIZARD_PORT", port_of(url))
        assert command("health")[:2] == (1, "What answers there is not the wizard.\n")
