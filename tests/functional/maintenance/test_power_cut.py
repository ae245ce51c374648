"""What was answered survives a power cut.

`Disk` copies a real file system in an image as the disk has it at that moment: what is only in the memory of the
system is not in the copy. It needs root and a loop device. The tests of the order of the steps run everywhere; they
take SQLite's word that with `synchronous = FULL` a commit is on the disk, and know of a file only what was synced.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask

from tests.factories import InlineQueue, Visitor, close, in_app, make_account, make_connection, make_connector, sign_in
from tests.functional.maintenance.backups import backed_up
from tests.functional.maintenance.disk import Disk
from wizard import create_app
from wizard.cli import maintenance
from wizard.config import Settings
from wizard.security.keyring import KEY_FILE, KeyRing, read_keys
from wizard.server.upgrade import upgrade
from wizard.services.maintenance import can_decrypt_all

pytestmark = pytest.mark.no_cover


def started(instance: Path) -> Flask:
    app = create_app(Settings(instance=instance))
    upgrade(app)
    app.testing = True
    app.extensions["job_queue"] = InlineQueue(app)
    return app


@pytest.fixture
def app(disk: Disk) -> Iterator[Flask]:
    app = started(disk.mounted / "instance")
    yield app
    close(app)


@pytest.fixture
def admin(app: Flask) -> Visitor:
    return sign_in(app, "Ingrid Berg")


def names(instance: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(instance / "wizard.sqlite3")) as connection:
        return [name for (name,) in connection.execute(f"SELECT name FROM {table}")]


def test_a_group_and_an_account_are_there_after_a_power_cut(disk: Disk, admin: Visitor) -> None:
    admin.post("/users/groups/new", {"name": "Sales"})
    make_account(admin.app, "Kari")

    with disk.after_a_power_cut() as found:
        assert names(found / "instance", "crm_user_group") == ["Sales"]
        assert names(found / "instance", "account") == ["Ingrid Berg", "Kari"]


def test_a_new_wizard_has_its_key_and_its_database_after_a_power_cut(disk: Disk, app: Flask) -> None:
    with disk.after_a_power_cut() as found:
        assert read_keys(found / "instance" / KEY_FILE) == read_keys(disk.mounted / "instance" / KEY_FILE)
        assert names(found / "instance", "account") == []


def test_after_a_rotation_and_a_power_cut_everything_can_be_decrypted(disk: Disk, app: Flask) -> None:
    make_connection(app, make_connector(app), config={"ApiPassword": "hunter2"})
    before = read_keys(disk.mounted / "instance" / KEY_FILE)
    disk.sync()

    maintenance.rotate_keys(app, app.config["SETTINGS"], lambda _: None, grace=0)
    disk.commit_names()

    with disk.after_a_power_cut() as found:
        assert read_keys(found / "instance" / KEY_FILE) != before
        assert names(found / "instance", "connection") == ["Acme Norway"]
        restarted = started(found / "instance")
        assert in_app(restarted, can_decrypt_all)
        close(restarted)


def test_a_backup_that_was_reported_is_whole_after_a_power_cut(disk: Disk, app: Flask) -> None:
    content = backed_up(app, disk.mounted / "all.zip").read_bytes()

    with disk.after_a_power_cut() as found:
        assert (found / "all.zip").read_bytes() == content


class Recorder:
    """What the disk has of one file: its content when it was synced, once its folder was synced."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, each_time: Callable[[], None]) -> None:
        self.path, self.on_disk = path, path.read_bytes() if path.exists() else b""
        self._synced: dict[int, bytes] = {}
        self._fsync, self._each_time = os.fsync, each_time
        monkeypatch.setattr(os, "fsync", self._sync)

    def _sync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        target = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        if target.is_file():
            self._synced[target.stat().st_ino] = target.read_bytes()
        elif target == self.path.parent:
            with suppress(FileNotFoundError):
                self.on_disk = self._synced.get(self.path.stat().st_ino, self.on_disk)
        self._each_time()


def test_at_no_moment_of_a_rotation_the_disk_lacks_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = started(tmp_path / "instance")
    make_connection(app, make_connector(app), config={"ApiPassword": "hunter2"})
    moments: list[bool] = []

    def check() -> None:
        keys = recorder.on_disk.decode().split()
        moments.append(in_app(app, lambda: _decryptable(keys)))

    recorder = Recorder(tmp_path / "instance" / KEY_FILE, monkeypatch, check)
    monkeypatch.setattr("wizard.services.maintenance.rotate_keys.checkpoint", check)

    maintenance.rotate_keys(app, app.config["SETTINGS"], lambda _: None, grace=0)

    assert len(moments) >= 6
    assert all(moments)
    assert recorder.on_disk.decode().split() == read_keys(tmp_path / "instance" / KEY_FILE)
    close(app)


def _decryptable(keys: list[str]) -> bool:
    from wizard.services.maintenance import can_decrypt_any

    return can_decrypt_any(KeyRing(keys or [Fernet.generate_key().decode()]))
