"""Backup and restore, into the same or another kind of database."""

from __future__ import annotations

import errno
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests import factories, postgres
from tests.factories import KEY, InlineQueue, close, in_app, lose, make_account, make_welcome_path, sign_in
from tests.functional.maintenance.backups import backed_up, refused, rows
from wizard import create_app
from wizard.cli import maintenance
from wizard.config import Settings
from wizard.errors import InstanceError
from wizard.extensions import db, limiter
from wizard.models import Account, Connection
from wizard.models.database import writing
from wizard.server.upgrade import upgrade
from wizard.services.connections import resume_orphaned_saves
from wizard.services.maintenance import archive
from wizard.services.maintenance.restore import restore_backup


def test_a_restored_wizard_has_every_row_and_works_on(
    filled: Flask, empty: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "BATCH", 2)
    lines: list[str] = []
    maintenance.backup(filled, Settings(instance=tmp_path, keys=(KEY,)), tmp_path / "all.zip", lines.append)

    maintenance.restore(empty, tmp_path / "all.zip", lines.append, replace=False)

    assert rows(empty) == rows(filled)
    assert in_app(empty, lambda: db.session.get_one(Connection, 1)).config["ApiPassword"] == "practice"
    ola = sign_in(empty, "Ola")
    assert "Acme Norway" in ola.get("/").text
    assert ola.post("/connections/1/test", follow_redirects=True).text.count("The connection works")
    assert "keep ERP_WIZARD_KEYS too" in lines[0]


def test_a_restore_ends_every_session_and_every_one_time_link(filled: Flask, empty: Flask, tmp_path: Path) -> None:
    kari = sign_in(filled, "Kari")
    session, link = kari.client.get_cookie("session"), make_welcome_path(filled, "Kari")
    assert session is not None
    assert kari.get(link).status_code == 200
    path = backed_up(filled, tmp_path / "all.zip")

    in_app(empty, lambda: restore_backup(path))

    stolen = empty.test_client()
    stolen.set_cookie("session", session.value)
    assert str(stolen.get("/account").location).startswith("/login")
    assert stolen.get(link).status_code == 404


def test_a_backup_is_ours_alone_and_holds_no_secret_in_the_clear(filled: Flask, tmp_path: Path) -> None:
    path = backed_up(filled, tmp_path / "all.zip")

    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert b"ACME-NO" not in archive.read(name)


def test_a_file_that_is_there_is_not_overwritten(filled: Flask, tmp_path: Path) -> None:
    path = backed_up(filled, tmp_path / "all.zip")
    with pytest.raises(InstanceError, match="is there already"):
        backed_up(filled, path)
    with pytest.raises(InstanceError, match="cannot be written"):
        backed_up(filled, tmp_path / "nowhere" / "all.zip")


def test_a_full_disk_leaves_no_half_a_backup(filled: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(archive, "_encode", full)
        with pytest.raises(InstanceError, match=r"all\.zip cannot be written: No space left on device"):
            backed_up(filled, tmp_path / "all.zip")

    assert not [path for path in tmp_path.iterdir() if path.is_file()]
    backed_up(filled, tmp_path / "all.zip")


def test_a_database_that_is_not_empty_is_replaced_only_when_asked_to(
    filled: Flask, empty: Flask, tmp_path: Path
) -> None:
    path = backed_up(filled, tmp_path / "all.zip")
    make_account(empty, "Somebody else")

    assert "not empty" in refused(empty, path)
    assert in_app(empty, lambda: db.session.scalar(select(Account.name))) == "Somebody else"

    in_app(empty, lambda: restore_backup(path, replace=True))
    assert in_app(empty, lambda: db.session.scalar(select(Account.name))) == "Ingrid Berg"


def test_without_its_keys_a_backup_is_refused_before_anything_is_lost(
    filled: Flask, template_instance: Path, tmp_path: Path
) -> None:
    path = backed_up(filled, tmp_path / "all.zip")
    stranger = create_app(Settings(instance=tmp_path / "stranger"))
    upgrade(stranger)
    make_account(stranger, "Somebody else")

    assert "not signed with the keys that are here" in refused(stranger, path, replace=True)
    undecryptable = refused(stranger, path, replace=True, unsigned=True)
    assert "cannot be read with the keys that are here: " in undecryptable
    assert "connection 1 (config), " in undecryptable

    assert in_app(stranger, lambda: db.session.scalar(select(Account.name))) == "Somebody else"
    close(stranger)


def test_a_backup_of_what_cannot_be_read_tells_so(filled: Flask, tmp_path: Path) -> None:
    settings, lines = Settings(instance=tmp_path, keys=(KEY,)), list[str]()
    assert maintenance.backup(filled, settings, tmp_path / "whole.zip", lines.append)
    lose(filled, "setup.draft", "connection.config")

    assert not maintenance.backup(filled, settings, tmp_path / "all.zip", lines.append)

    assert "values in it cannot be read with the keys that are here: connection 1 (config)" in lines[-1]


def test_a_backup_that_cannot_be_read_wholly_is_restored_without_what_is_lost_when_asked_to(
    filled: Flask, empty: Flask, tmp_path: Path
) -> None:
    lose(filled, "setup.draft", "connection.config", "check_run.request")
    path = backed_up(filled, tmp_path / "all.zip")
    lines: list[str] = []
    assert "--without-unreadable" in refused(empty, path)
    assert sum(rows(empty).values()) == 0

    maintenance.restore(empty, path, lines.append, without_unreadable=True)

    assert "    Left out: connection 1 (config)" in lines
    assert rows(empty) == rows(filled) | {"check_run": 0}
    ola = sign_in(empty, "Ola")
    assert ola.get("/healthz").json == {"status": "ok"}
    assert ola.post("/connections/1/edit", follow_redirects=True).status_code == 200


def test_a_connection_that_was_being_saved_and_is_lost_is_taken_back(
    filled: Flask, empty: Flask, tmp_path: Path
) -> None:
    with filled.app_context(), writing():
        db.session.execute(text("UPDATE connection SET state = 'saving', pending = config"))
        db.session.commit()
    lose(filled, "connection.pending")
    path = backed_up(filled, tmp_path / "all.zip")
    assert in_app(filled, resume_orphaned_saves) == 0
    assert "Being saved" in sign_in(filled, "Kari").get("/").text

    in_app(empty, lambda: restore_backup(path, without_unreadable=True))
    with empty.app_context(), writing():
        resume_orphaned_saves()

    assert "Being saved" not in sign_in(empty, "Ola").get("/").text


def test_sqlite_goes_to_postgresql_and_back(filled: Flask, empty: Flask, tmp_path: Path) -> None:
    path, back = backed_up(filled, tmp_path / "all.zip"), tmp_path / "back.zip"
    with postgres.server() as url:
        moved = create_app(Settings(instance=tmp_path / "moved", keys=(KEY,), database_url=url))
        upgrade(moved)
        moved.extensions["job_queue"] = InlineQueue(moved)
        limiter.enabled = False
        in_app(moved, lambda: restore_backup(path))
        assert rows(moved) == rows(filled)
        ola = factories.sign_in(moved, "Ola")
        ola.post("/users/groups/new", {"name": "After the move"})
        assert "After the move" in ola.get("/users/").text
        backed_up(moved, back)
        close(moved)

    in_app(empty, lambda: restore_backup(back))

    assert rows(empty)["crm_user_group"] == rows(filled)["crm_user_group"] + 1
    assert "Acme Norway" in sign_in(empty, "Kari").get("/").text
