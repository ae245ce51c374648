"""What the commands have in common, and the link to sign in."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import postgres
from tests.factories import KEY, PASSWORD
from tests.functional.server.commands import Command
from tests.over_http import Browser
from tests.processes import start, wizard
from wizard.models import database


@pytest.mark.parametrize("arguments", [("run",), ("db", "upgrade"), ("login-link",)])
def test_every_wrong_setting_is_reported_at_once(
    command: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ERP_WIZARD_PORT", "http")
    monkeypatch.setenv("ERP_WIZARD_HOTS", "127.0.0.1")
    code, output, errors = command(*arguments)
    assert (code, output) == (2, "")
    assert "ERP_WIZARD_PORT has to be" in errors
    assert "Is it ERP_WIZARD_HOST?" in errors


CARE = (
    ("login-link",),
    ("backup", "all.zip"),
    ("export",),
    ("rotate-keys",),
    ("import", os.devnull),
    ("import", os.devnull, "--dry-run"),
)


@pytest.mark.parametrize("arguments", CARE, ids=" ".join)
def test_where_there_is_no_wizard_a_command_makes_none_and_says_where_it_has_looked(
    command: Command, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, output, errors = command(*arguments)

    assert (code, output) == (2, "")
    assert errors.startswith(f"Error: There is no wizard in {tmp_path / 'instance'}. Set ERP_WIZARD_INSTANCE")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("login-link",), ("restore", "--replace", "all.zip")], ids=" ".join)
def test_a_database_that_another_process_has_locked_is_reported_in_a_sentence(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    command("db", "upgrade")
    command("backup", "all.zip")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.001)
    with closing(sqlite3.connect(tmp_path / "instance" / "wizard.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")

        result = command(*arguments)

    assert result == (2, "", "Error: The database cannot be used: database is locked\n")


def test_a_command_takes_an_empty_database_of_a_server_for_none(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.server() as url:
        monkeypatch.setenv("ERP_WIZARD_DATABASE_URL", url.replace("+psycopg", ""))
        assert "There is no wizard" in command("login-link")[2]
        monkeypatch.setenv("ERP_WIZARD_KEYS", KEY)
        assert "There is no wizard" in command("login-link")[2]
        assert command("db", "upgrade")[0] == 0
        assert command("login-link")[0] == 0


def test_login_link_is_for_the_first_administrator_and_then_for_whom_it_names(command: Command) -> None:
    command("db", "upgrade")
    code, output, _ = command("login-link")
    assert code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/welcome/[\w-]{43}\n", output)

    code, _, errors = command("login-link", "nobody")
    assert (code, errors) == (2, "Error: There is no account nobody.\n")


@pytest.mark.no_cover
def test_login_link_asks_for_a_name_once_there_is_an_account(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    with wizard(instance) as running:
        browser = Browser(running.address)
        browser.enter(running.link or "")
        port = running.address.rpartition(":")[2]

        without = start(instance, "login-link")
        named = start(instance, "login-link", "INGRID", ERP_WIZARD_PORT=port)

        assert (without.returncode, without.stdout) == (1, "")
        assert "erp-wizard login-link USERNAME" in without.stderr
        ingrid = Browser(running.address)
        path = named.stdout.strip().removeprefix(running.address)
        assert ingrid.send(path, {"password": PASSWORD, "again": PASSWORD}).status_code == 200
        assert "Ingrid" in ingrid.get("/account").text
        assert browser.get("/account").url.startswith(running.address + "/login")


def test_commands_speak_the_language_of_the_terminal(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    file = str(tmp_path / "all.zip")
    assert command("db", "upgrade")[1] == "De database is bijgewerkt.\n"
    assert command("login-link", "nobody")[2] == "Error: Er is geen account nobody.\n"
    assert f"rijen staan in {file}." in command("backup", file)[1]
    assert command("backup", file)[2] == f"Error: {file} bestaat al. Kies een andere naam.\n"
    assert f"rijen zijn hersteld uit {file}." in command("restore", file)[1]


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        (("--help",), ("run", "check", "db", "login-link", "three guided steps")),
        (("run", "--help"), ("print its address", "ERP_WIZARD_")),
        (("db", "--help"), ("upgrade",)),
        (("login-link", "-h"), ("USERNAME", "first administrator")),
    ],
)
def test_help_helps(command: Command, arguments: tuple[str, ...], texts: tuple[str, ...]) -> None:
    code, output, _ = command(*arguments)
    assert code == 0
    assert all(text in output for text in texts)


def test_an_unknown_command_is_reported(command: Command) -> None:
    code, _, errors = command("rnu")
    assert code == 2
    assert "rnu" in errors
