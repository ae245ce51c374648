"""`erp-wizard db upgrade`: makes the database, and reports one that cannot be used."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests import postgres
from tests.factories import KEY, close, sign_in
from tests.functional.server.commands import Command
from tests.processes import start
from wizard import create_app
from wizard.config import Settings
from wizard.server.upgrade import upgrade


def test_db_upgrade_makes_the_database_and_changes_nothing_the_second_time(command: Command, tmp_path: Path) -> None:
    assert command("db", "upgrade") == (0, "The database is up to date.\n", "")
    database = tmp_path / "instance" / "wizard.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        before = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    assert command("db", "upgrade")[0] == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before


def encrypted(instance: Path) -> None:
    app = create_app(Settings(instance=instance))
    upgrade(app)
    sign_in(app, "Ingrid Berg").post("/setup/new")
    close(app)


def test_a_key_file_that_is_gone_is_reported_and_no_other_is_made(command: Command, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    encrypted(instance)
    (instance / "keys").rename(instance / "elsewhere")

    code, _, errors = command("db", "upgrade")

    assert code == 2
    assert f"encrypted with other keys than those in {instance / 'keys'}. Put back the keys that it had" in errors
    assert not (instance / "keys").exists()
    (instance / "elsewhere").rename(instance / "keys")
    assert command("db", "upgrade")[0] == 0


def test_keys_that_do_not_fit_the_database_are_reported(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypted(tmp_path / "instance")
    monkeypatch.setenv("ERP_WIZARD_KEYS", KEY)

    code, _, errors = command("db", "upgrade")

    assert code == 2
    assert "encrypted with other keys than those in ERP_WIZARD_KEYS" in errors


def test_a_database_whose_keys_are_lost_can_be_replaced(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypted(tmp_path / "instance")
    command("backup", str(tmp_path / "all.zip"))
    encrypted(tmp_path / "other")
    (tmp_path / "other" / "keys").write_bytes((tmp_path / "instance" / "keys").read_bytes())
    monkeypatch.setenv("ERP_WIZARD_INSTANCE", str(tmp_path / "other"))

    assert command("db", "upgrade")[0] == 2
    assert command("restore", str(tmp_path / "all.zip"), "--replace")[0] == 0
    assert command("db", "upgrade")[0] == 0


def test_a_database_of_a_newer_version_is_left_alone(command: Command, tmp_path: Path) -> None:
    command("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "instance" / "wizard.sqlite3")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    code, _, errors = command("db", "upgrade")
    assert (code, errors) == (2, "Error: The database is of a newer version of this program. Install that one again.\n")


def test_a_file_that_is_no_database_is_reported(command: Command, tmp_path: Path) -> None:
    command("db", "upgrade")
    for file in (tmp_path / "instance").glob("wizard.sqlite3*"):
        file.write_bytes(b"this is a letter to my aunt" * 99)
    code, _, errors = command("db", "upgrade")
    assert (code, errors) == (2, "Error: The database cannot be used: file is not a database\n")


def test_a_database_server_that_does_not_answer_is_reported_without_its_password(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ERP_WIZARD_DATABASE_URL", "postgresql://wizard:hunter2@127.0.0.1:1/wizard")
    code, _, errors = command("db", "upgrade")
    assert code == 2
    assert errors.startswith("Error: The database cannot be used: ")
    assert "Connection refused" in errors
    assert "hunter2" not in errors


@pytest.mark.no_cover
def test_hosts_that_start_at_once_on_a_new_server_make_one_schema(tmp_path: Path) -> None:
    with postgres.server() as url:
        settings = {"ERP_WIZARD_DATABASE_URL": url.replace("+psycopg", ""), "ERP_WIZARD_KEYS": KEY}

        def host(number: int) -> subprocess.CompletedProcess[str]:
            return start(tmp_path / f"host {number}", "db", "upgrade", **settings)

        with ThreadPoolExecutor(4) as hosts:
            ended = list(hosts.map(host, range(4)))

    assert [(each.returncode, each.stderr) for each in ended] == [(0, "")] * 4


def test_a_folder_where_the_database_should_be_is_reported(command: Command, tmp_path: Path) -> None:
    (tmp_path / "instance" / "wizard.sqlite3").mkdir(parents=True)
    code, _, errors = command("db", "upgrade")
    assert code == 2
    assert re.fullmatch(r"Error: .*(Is a directory|unable to open database file)\.?\n", errors)


def test_a_folder_that_cannot_be_made_is_reported(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ERP_WIZARD_INSTANCE", str(tmp_path / "file" / "instance"))
    monkeypatch.setenv("ERP_WIZARD_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    code, _, errors = command("db", "upgrade")
    assert code == 2
    assert errors == f"Error: {tmp_path / 'file' / 'instance'} cannot be used: Not a directory.\n"


def test_a_second_start_of_an_empty_wizard_takes_its_keys_for_its_own(command: Command) -> None:
    """SQLite's full-text indexes keep bytes that no key has encrypted."""
    assert command("db", "upgrade")[0] == 0
    assert command("login-link")[0] == 0
