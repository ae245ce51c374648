"""What the files of the container and of systemd name is there. No Docker is needed: nothing is built."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from wizard.cli import cli
from wizard.config import PREFIX, Queue, Settings

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "docs" / "systemd").glob("*.service"))
COMPOSE = (ROOT / "compose.yaml").read_text()
DOCKERFILE = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())

each_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)


def instructions(name: str, text: str = DOCKERFILE) -> list[str]:
    """The arguments of every instruction of this name."""
    return re.findall(rf"^{name} +(.*)$", text, re.MULTILINE)


def image_settings() -> dict[str, str]:
    (environment,) = instructions("ENV")
    return dict(each.split("=", 1) for each in shlex.split(environment) if each.startswith(PREFIX))


def parse(arguments: list[str]) -> click.Context:
    """What the command line makes of these arguments. Nothing is executed."""
    assert arguments[0] in cli.commands
    return cli.commands[arguments[0]].make_context(arguments[0], arguments[1:])


def test_what_the_image_is_built_of_exists_and_nothing_else_is_sent_to_the_builder() -> None:
    sources = [name for each in instructions("COPY") if "--from" not in each for name in each.split()[:-1]]
    ignored, *kept = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]

    assert all((ROOT / name).exists() for name in sources)
    assert ignored == "*"
    assert {line.removeprefix("!") for line in kept if line.startswith("!")} == set(sources)
    assert [line for line in kept if not line.startswith("!")] == ["**/__pycache__", "**/*.mo"]


def test_the_image_runs_as_nobody_who_owns_anything_in_it_but_its_folder() -> None:
    _build, image = DOCKERFILE.split("\nFROM ")[-2:]
    user, group = instructions("USER", image)[0].split(":")
    assert int(user) > 1000
    assert f"--uid {user} --gid {group}" in image
    assert instructions("VOLUME", image) == [image_settings()["ERP_WIZARD_INSTANCE"]]
    assert "--chown" not in image


def test_the_commands_of_the_image_are_those_of_the_program() -> None:
    (program,), (command,) = instructions("ENTRYPOINT"), instructions("CMD")
    (health,) = re.findall(r"CMD (.*)", instructions("HEALTHCHECK")[0])
    assert json.loads(program) == ["erp-wizard"]
    parse(json.loads(command))
    assert json.loads(health)[0] == "erp-wizard"
    parse(json.loads(health)[1:])


def test_the_settings_of_the_image_are_taken() -> None:
    settings = Settings.from_environment(image_settings() | {"ERP_WIZARD_PUBLIC_URL": "https://erp-setup.example"})
    assert [f"{settings.port}"] == instructions("EXPOSE")
    assert not settings.listens_on_loopback
    assert not settings.loopback


def services() -> dict[str, dict[str, Any]]:
    """The services of the compose file that run the image, with variables as their `.env` may have them."""
    text = COMPOSE.replace("${ERP_WIZARD_PUBLIC_URL", "https://erp-setup.example${").replace(
        "${DATABASE_PASSWORD", "secret${"
    )
    found = yaml.safe_load(re.sub(r"\$\{[^}]*\}", "", text))["services"]
    return {name: service for name, service in found.items() if service["image"] == "erp-sync-wizard"}


def test_the_services_start_commands_of_the_program_with_settings_that_it_takes() -> None:
    for service in services().values():
        parse(service["command"])
        settings = Settings.from_environment(image_settings() | service["environment"])
        assert settings.queue is Queue.PROCRASTINATE
        assert settings.database_url == "postgresql+psycopg://wizard:secret@database/wizard"
        assert service["volumes"] == [f"instance:{settings.instance}"]
    assert set(services()) == {"web", "worker"}
    assert services()["web"]["ports"] == [f"127.0.0.1:8000:{settings.port}"]


def test_the_services_may_do_nothing_that_they_need_not() -> None:
    for service in services().values():
        assert (service["read_only"], service["tmpfs"], service["cap_drop"]) == (True, ["/tmp"], ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_compose_file_names_what_it_has() -> None:
    compose = yaml.safe_load(COMPOSE)
    for service in compose["services"].values():
        assert set(service.get("depends_on", ())) <= set(compose["services"])
        assert set(service["networks"]) <= set(compose["networks"])
        assert {volume.split(":")[0] for volume in service["volumes"]} <= set(compose["volumes"])
    (network,) = compose["networks"]["outside"]["ipam"]["config"]
    assert services()["web"]["environment"]["ERP_WIZARD_TRUSTED_PROXIES"] == network["gateway"]
    assert ip_address(network["gateway"]) in ip_network(network["subnet"])


def test_settings_of_the_env_file_reach_the_services() -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", COMPOSE))
    assert named <= {PREFIX + each.name.upper() for each in fields(Settings)}
    assert [service["env_file"] for service in services().values()] == [".env", ".env"]


def test_the_database_is_ready_only_when_it_takes_connections_of_the_wizard() -> None:
    """While PostgreSQL's image makes the database, its server answers at the socket alone."""
    _command, *arguments = yaml.safe_load(COMPOSE)["services"]["database"]["healthcheck"]["test"]
    assert arguments[:2] == ["pg_isready", "--host=127.0.0.1"]


def test_the_logs_of_no_service_fill_the_disk() -> None:
    assert {service["logging"]["driver"] for service in yaml.safe_load(COMPOSE)["services"].values()} == {"local"}


def lines_of(unit: Path, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", unit.read_text(), re.MULTILINE)


@each_unit
def test_the_command_and_the_settings_of_a_unit_are_those_of_the_program(unit: Path) -> None:
    (start,) = lines_of(unit, "ExecStart")
    program, *arguments = start.split()
    assert program == "/opt/erp-wizard/bin/erp-wizard"
    parse(arguments)
    environment = dict(each.split("=", 1) for each in lines_of(unit, "Environment"))
    assert str(Settings.from_environment(environment).instance) == f"/var/lib/{lines_of(unit, 'StateDirectory')[0]}"


@each_unit
def test_systemd_takes_a_unit_and_finds_it_closed(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed here")
    installed = tmp_path / unit.name
    installed.write_text(unit.read_text().replace("/opt/erp-wizard/bin/erp-wizard", "/bin/true"))

    verified = analyze("verify", "--man=no", str(installed))
    judged = analyze("security", "--offline=true", "--threshold=11", str(installed))

    assert (verified.returncode, verified.stderr) == (0, "")
    assert (judged.returncode, "exposure level" in judged.stdout) == (0, True), judged.stdout


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *arguments], capture_output=True, text=True, check=False, timeout=60
    )
