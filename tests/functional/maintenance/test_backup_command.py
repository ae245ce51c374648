"""`erp-wizard backup` on bad days."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.factories import KEY, Visitor, close, lose, make_account, make_connection, make_connector
from tests.functional.maintenance.backups import backed_up
from tests.functional.maintenance.disk import Disk
from tests.processes import start
from wizard import create_app
from wizard.cli.group import cli
from wizard.config import Settings
from wizard.server.upgrade import upgrade


@pytest.mark.no_cover
def test_a_wizard_on_a_disk_that_takes_no_changes_is_backed_up_with_its_last_change(disk: Disk, tmp_path: Path) -> None:
    instance = disk.mounted / "instance"
    app = create_app(Settings(instance=instance))
    upgrade(app)
    make_account(app, "Ingrid Berg")  # in SQLite's log only, as nobody has closed the database

    with disk.after_a_power_cut(read_only=True) as found:
        done = start(found / "instance", "backup", str(tmp_path / "all.zip"))

        assert (done.returncode, done.stderr) == (0, "")
        assert f"keep {found}/instance/keys too" in done.stdout
    close(app)
    restored = start(tmp_path / "empty", "restore", str(tmp_path / "all.zip"), ERP_WIZARD_KEYS=_key(instance))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.startswith("1 row is restored")


def _key(instance: Path) -> str:
    return (instance / "keys").read_text().strip()


def test_what_a_killed_backup_left_is_removed_by_the_next(app: Flask, tmp_path: Path) -> None:
    left, other = tmp_path / ".monday.zip.123.part", tmp_path / ".another.part"
    left.write_bytes(b"half")
    other.write_bytes(b"of another program")

    path = backed_up(app, tmp_path / "tuesday.zip")

    assert {each.name for each in tmp_path.iterdir() if each.is_file()} == {path.name, other.name}


def test_a_backup_that_is_being_written_is_left_alone(app: Flask, tmp_path: Path) -> None:
    being_written = tmp_path / ".monday.zip.123.part"
    being_written.write_bytes(b"half")
    with being_written.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)

        backed_up(app, tmp_path / "tuesday.zip")

        assert being_written.exists()


def test_the_exit_code_tells_of_what_the_keys_cannot_read(
    admin: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = admin.app
    monkeypatch.setenv("ERP_WIZARD_INSTANCE", app.instance_path)
    monkeypatch.setenv("ERP_WIZARD_KEYS", KEY)
    monkeypatch.setenv("ERP_WIZARD_DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"])
    admin.post("/setup/new")
    make_connection(app, make_connector(app), config={"Company": "ACME"})
    lose(app, "connection.config")

    result = CliRunner().invoke(cli, ["backup", str(tmp_path / "all.zip")])

    assert result.exit_code == 1
    assert "1 value in it cannot be read with the keys that are here" in result.output
    assert (tmp_path / "all.zip").is_file()
