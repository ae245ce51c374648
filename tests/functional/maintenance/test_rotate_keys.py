"""Key rotation while the wizard runs."""

from __future__ import annotations

import http.cookiejar
import os
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select

from tests import pages
from tests.factories import KEY, Visitor, close, in_app, sign_in
from tests.processes import PROGRAM, wizard
from tests.steps import RIGHT
from wizard import create_app
from wizard.cli import maintenance
from wizard.config import Settings
from wizard.errors import InstanceError
from wizard.extensions import db, limiter
from wizard.models import Connection, SuperOfficeLink
from wizard.models.encrypted import context_of
from wizard.security.keyring import KeyRing, read_keys, write_keys
from wizard.server.upgrade import upgrade
from wizard.services.maintenance.rotate_keys import BATCH, encrypted_columns, reencrypt


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(instance=tmp_path / "instance")


def started(settings: Settings) -> Flask:
    """An app with a key file."""
    from tests.factories import InlineQueue

    app = create_app(settings)
    upgrade(app)
    app.testing = True
    app.extensions["job_queue"] = InlineQueue(app)
    limiter.enabled = False
    return app


def tokens(app: Flask) -> dict[str, bytes]:
    """Every encrypted value as it is stored, by its context."""

    def read() -> dict[str, bytes]:
        return {
            context_of(table.name, column.name, row_id): token
            for table, column in encrypted_columns()
            for row_id, token in db.session.execute(select(table.c.id, column))
            if token is not None
        }

    return in_app(app, read)  # type: ignore[no-any-return]


def all_under(app: Flask, key: str) -> bool:
    """Whether a key has encrypted every value, and there is one."""
    found = tokens(app)
    return bool(found) and all(KeyRing([key]).is_newest(token, context) for context, token in found.items())


def test_everything_is_under_the_new_key_and_the_old_one_is_gone(settings: Settings, practice_url: str) -> None:
    app = started(settings)
    lines: list[str] = []
    admin = sign_in(app, "Ingrid Berg")
    pages.fill(app, admin, practice_url)
    old = read_keys(settings.instance / "keys")

    maintenance.rotate_keys(app, settings, lines.append, grace=0)

    (new,) = read_keys(settings.instance / "keys")
    assert new not in old
    assert (settings.instance / "keys").stat().st_mode & 0o077 == 0
    assert all_under(app, new)
    assert in_app(app, lambda: db.session.get_one(Connection, 1)).config["ApiPassword"] == "practice"
    assert in_app(app, lambda: db.session.scalar(select(SuperOfficeLink))).credentials["password"] == "wrong"
    assert "people have to sign in again" in lines[0]
    close(app)


@pytest.mark.no_cover
def test_a_wizard_that_runs_meanwhile_goes_on_with_the_new_key(settings: Settings, practice_url: str) -> None:
    app, other = started(settings), started(settings)
    admin = sign_in(other, "Ingrid Berg")
    paths = pages.fill(other, admin, practice_url)

    maintenance.rotate_keys(app, settings, lambda _: None, grace=0)

    again = sign_in(other, "Ola")
    there = [path for path in paths if path not in ("/nowhere", "/fill/none")]
    assert {again.get(path, follow_redirects=True).status_code for path in there} == {200}
    again.post("/connectors/new")
    (new,) = read_keys(settings.instance / "keys")
    assert all_under(app, new)
    close(app)
    close(other)


def test_a_session_that_is_used_all_the_while_ends_too(settings: Settings, practice_url: str) -> None:
    app, other = started(settings), started(settings)
    admin = sign_in(other, "Ingrid Berg")
    (old,) = read_keys(settings.instance / "keys")
    write_keys(settings.instance / "keys", [Fernet.generate_key().decode(), old])
    assert admin.get("/account").status_code == 200  # and is signed anew

    maintenance.rotate_keys(app, settings, lambda _: None, grace=0)

    assert str(admin.get("/account").location).startswith("/login")
    close(app)
    close(other)


def test_the_first_who_asks_after_a_rotation_has_to_sign_in(settings: Settings) -> None:
    app, other = started(settings), started(settings)
    admin = sign_in(other, "Ingrid Berg")

    write_keys(settings.instance / "keys", [Fernet.generate_key().decode()])

    assert str(admin.get("/account").location).startswith("/login")
    close(app)
    close(other)


def test_what_was_tested_before_needs_no_new_test(settings: Settings, practice_url: str) -> None:
    app = started(settings)
    admin = sign_in(app, "Ingrid Berg")
    pages.fill(app, admin, practice_url)
    page = str(admin.post("/connections/1/copy").location)
    admin.send(page, RIGHT | {"name": "Tested", "action": "test"})

    maintenance.rotate_keys(app, settings, lambda _: None, grace=0)

    ola = sign_in(app, "Ola")
    assert ola.send(page, {"action": "ok"}).request.path.endswith("/done")
    close(app)


def test_a_rotation_that_was_killed_is_finished_by_the_next(settings: Settings, practice_url: str) -> None:
    app = started(settings)
    pages.fill(app, sign_in(app, "Ingrid Berg"), practice_url)
    old = read_keys(settings.instance / "keys")
    new = Fernet.generate_key().decode()
    write_keys(settings.instance / "keys", [new, *old])

    maintenance.rotate_keys(app, settings, lambda _: None, grace=0)

    assert read_keys(settings.instance / "keys") == [new]
    assert all_under(app, new)
    close(app)


def test_keys_of_the_environment_are_left_to_whoever_set_them(tmp_path: Path, practice_url: str) -> None:
    new = Fernet.generate_key().decode()
    lines: list[str] = []
    before = started(Settings(instance=tmp_path / "instance", keys=(KEY,)))
    pages.fill(before, sign_in(before, "Ingrid Berg"), practice_url)
    settings = Settings(instance=tmp_path / "instance", keys=(new, KEY))
    app = started(settings)

    maintenance.rotate_keys(app, settings, lines.append, grace=0)

    assert all_under(app, new)
    assert "can be taken out of ERP_WIZARD_KEYS" in lines[0]
    assert "people have to sign in again" in lines[0]
    assert not (tmp_path / "instance" / "keys").exists()
    close(before)
    close(app)


def test_a_value_that_no_key_reads_stops_it_and_no_key_is_lost(settings: Settings) -> None:
    app = started(settings)
    admin = sign_in(app, "Ingrid Berg")
    admin.post("/setup/new")
    strange = Fernet.generate_key().decode()
    (old,) = read_keys(settings.instance / "keys")
    write_keys(settings.instance / "keys", [strange])

    with pytest.raises(InstanceError, match="which cannot read what is encrypted"):
        maintenance.rotate_keys(app, settings, lambda _: None, grace=0)

    assert read_keys(settings.instance / "keys") == [strange]
    write_keys(settings.instance / "keys", [strange, old])
    maintenance.rotate_keys(app, settings, lambda _: None, grace=0)
    assert len(read_keys(settings.instance / "keys")) == 1
    close(app)


def gone(path: Path) -> None:
    path.unlink()


def open_to_others(path: Path) -> None:
    path.chmod(0o644)


def another(path: Path) -> None:
    write_keys(path, [Fernet.generate_key().decode()])


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (gone, "The key file cannot be used: No such file or directory."),
        (open_to_others, "Others can read the key file. Take that away: chmod 600"),
        (another, "The key file has other keys, which cannot read what is encrypted. Put back those that it had."),
    ],
)
def test_while_the_key_file_cannot_be_used_pages_tell_it_and_nothing_is_lost(
    settings: Settings, spoil: Callable[[Path], None], reason: str
) -> None:
    app = started(settings)
    app.testing = False
    admin = sign_in(app, "Ingrid Berg")
    page = str(admin.post("/setup/new").location)
    token, keys, file = admin.token, read_keys(settings.instance / "keys"), settings.instance / "keys"
    form = {"erp": "Visma.net", "csrf_token": token, "action": "save"}
    before = tokens(app)

    spoil(file)

    for _ in range(2):
        answer = admin.client.post(page, data=form)
        assert answer.status_code == 503
        assert "The encryption keys cannot be used" in answer.text
        assert admin.get("/").status_code == 503
        health = admin.get("/healthz")
        assert (health.status_code, health.json) == (503, {"status": reason})
        assert tokens(app) == before
    file.unlink(missing_ok=True)
    file.touch(0o600)
    write_keys(file, keys)
    assert admin.client.post(page, data=form).status_code in (200, 303, 422)
    assert tokens(app) != before
    assert admin.get("/healthz").json == {"status": "ok"}
    close(app)


@pytest.mark.no_cover
@pytest.mark.skipif(os.getuid() != 0, reason="only root can be another user than the key file's")
def test_the_key_file_stays_the_wizard_s_own_when_root_makes_a_new_key(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    close(started(Settings(instance=instance)))
    os.chown(instance / "keys", 4711, 4712)
    old = read_keys(instance / "keys")

    subprocess.run(
        [*PROGRAM, "rotate-keys"], env={**os.environ, "ERP_WIZARD_INSTANCE": str(instance)}, check=True, timeout=120
    )

    found = (instance / "keys").stat()
    assert (found.st_uid, found.st_gid) == (4711, 4712)
    assert read_keys(instance / "keys") != old


def test_more_rows_than_go_into_a_transaction_are_all_changed(settings: Settings) -> None:
    app = started(settings)
    admin: Visitor = sign_in(app, "Ingrid Berg")
    with app.app_context():
        from wizard.models import Account, Setup
        from wizard.models.database import writing

        with writing():
            account = db.session.scalars(select(Account)).one()
            same = {"kind": "guided", "step": "app", "account": account, "updated_by": account}
            db.session.add_all(Setup(**same) for _ in range(2 * BATCH + 1))
            db.session.commit()
    (old,) = read_keys(settings.instance / "keys")
    write_keys(settings.instance / "keys", [Fernet.generate_key().decode(), old])
    assert admin.get("/").status_code in (200, 303)

    assert in_app(app, reencrypt) == 2 * BATCH + 1
    assert in_app(app, reencrypt) == 0
    close(app)


@pytest.mark.no_cover
def test_the_command_works_beside_a_running_process(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    with wizard(instance) as running:
        command = [*PROGRAM, "rotate-keys"]
        environment = {"ERP_WIZARD_INSTANCE": str(instance), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "under a new key" in done.stdout
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        for _ in range(2):  # the session of the first answer is read with the new key by the second
            assert opener.open(running.link or "").status == 200
